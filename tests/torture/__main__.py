"""`python -m tests.torture --rounds N --seed S`: exit status 0 when nothing was lost, doubled, altered or invented."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from tests.torture.ledger import Audit
from tests.torture.process import Stuck
from tests.torture.rounds import Torture

TELL_EVERY = 25


@click.command()
@click.option("--rounds", default=500, show_default=True, help="How many rounds.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same patients, faults and kills.")
def main(rounds: int, seed: int) -> None:
    """Torture a kiosk and a hub, then count."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key store of whoever runs this is theirs
    with tempfile.TemporaryDirectory(prefix="kiosk-torture-") as folder:
        torture = Torture(Path(folder), seed)
        try:
            with torture.running():
                audit = _played(torture, rounds)
        except Stuck as stuck:
            _say(f"Seed {seed}: {stuck}\n{_last_lines(torture.log)}")
            sys.exit(1)
        _say(f"Kept though a kill came before the thanks: {audit.stopped}")
        if not audit.is_clean:
            _say("\n".join((f"Seed {seed}:", *audit.fates(), _last_lines(torture.log))))
    kept = f"{audit.acknowledged} acknowledged, {len(audit.lost)} lost, {len(audit.doubled)} doubled"
    _say(f"{rounds} rounds (seed {seed}): {kept}")
    sys.exit(0 if audit.is_clean else 1)


def _played(torture: Torture, rounds: int) -> Audit:
    for number in range(1, rounds + 1):
        torture.play(number)
        if number % TELL_EVERY == 0:
            _say(f"{number} rounds: {len(torture.ledger.acknowledged)} acknowledged so far")
    _say(f"Killed: kiosk {torture.kiosk.kills} times, hub {torture.hub.kills} times. Requests met:")
    _say(", ".join(f"{fault.value} {number}" for fault, number in torture.proxy.met.items()))
    return torture.settle()


def _last_lines(log: Path) -> str:
    """What the processes complained of last."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-30:]) if log.exists() else ""


def _say(line: str) -> None:
    print(line, flush=True)


main()
