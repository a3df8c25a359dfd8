"""Start, memory and touch: the kiosk and a browser on the same screen with the same questions, one after the other."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.memory import forget_files, pss_megabytes
from tests.benchmarks.rivals import Rival, browser, running, this_kiosk
from tests.benchmarks.screen import Finger, Screen, virtual_screen
from tests.benchmarks.table import Row

TOUCHES = 6
RivalMaker = Callable[[Path], Rival]


@dataclass(slots=True)
class Seen:
    """What was measured of one rival, one figure a round (touches: several)."""

    cold_ms: list[float] = field(default_factory=list)
    warm_ms: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    touch_ms: list[float] = field(default_factory=list)


def measure(rounds: int) -> list[Row]:
    """Alternates the two, `rounds` times each."""
    makers: tuple[RivalMaker, RivalMaker] = (this_kiosk, browser)
    seen = {maker: Seen() for maker in makers}
    can_forget = forget_files()
    with virtual_screen() as screen:
        for _ in range(rounds):
            for maker in makers:
                with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
                    one_round(maker(Path(folder)), screen, seen[maker])
    ours, theirs = seen[this_kiosk], seen[browser]
    first = "first start, files not in memory" if can_forget else "first start, new data"
    against = "Chromium --kiosk"
    return [
        Row(f"{first}, to question on screen", "ms", ours.cold_ms, theirs.cold_ms, against),
        Row("start again, to question on screen", "ms", ours.warm_ms, theirs.warm_ms, against),
        Row("memory after 6 answers (PSS, all processes)", "MB", ours.memory_mb, theirs.memory_mb, against),
        Row("touch to next question on screen", "ms", ours.touch_ms, theirs.touch_ms, against),
    ]


def one_round(rival: Rival, screen: Screen, seen: Seen) -> None:
    """A cold start, some answers, the memory then held; and a warm start."""
    forget_files()
    start = time.perf_counter()
    with running(rival, screen.display) as process:
        seen.cold_ms.append((screen.wait_for_words(rival.question) - start) * 1000)
        screen.settle(rival.question)
        finger = Finger(screen.display)
        seen.touch_ms += [touch(rival, screen, finger) for _ in range(TOUCHES)]
        seen.memory_mb.append(pss_megabytes(process.pid))
    blank(rival, screen)
    start = time.perf_counter()
    with running(rival, screen.display):
        seen.warm_ms.append((screen.wait_for_words(rival.question) - start) * 1000)
        screen.settle(rival.question)
    blank(rival, screen)


def touch(rival: Rival, screen: Screen, finger: Finger) -> float:
    """Milliseconds from letting go of an answer to the next question."""
    before = screen.settle(rival.question)
    moment = finger.touch(*rival.answer)
    return (screen.wait_for_change(rival.question, before) - moment) * 1000


def blank(rival: Rival, screen: Screen) -> None:
    """Wait until the ended program's window is gone, so that the next one's first letters are its own."""
    while len(set(memoryview(screen.band(rival.question)).cast("I"))) > 1:
        time.sleep(0.02)
