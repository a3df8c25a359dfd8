"""The program's entry: ``kiosk`` and ``python -m kiosk``.

Two ways lead past the command line, so that nobody waits for what they do not need: the speech worker, which a frozen
program starts by calling itself, and the parent process of ``kiosk run``, which only starts the kiosk and watches it.
"""

from __future__ import annotations

import sys

OWN_PROCESS = {"--windowed", "--supervised", "--help", "-h"}
"""With any of these ``kiosk run`` has no parent process."""


def main() -> None:
    """Run what was asked for, and exit."""
    if sys.argv[1:2] == ["--speech-worker"]:
        from kiosk.speech.worker import main as speak

        speak()
    elif sys.argv[1:2] == ["run"] and not OWN_PROCESS & set(sys.argv):
        from kiosk.supervisor import supervise

        sys.exit(supervise(sys.argv[2:]))
    else:
        from kiosk.cli import commands

        commands(prog_name="kiosk")


if __name__ == "__main__":
    main()
