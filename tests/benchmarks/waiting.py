"""What a save and a batch cost with few, many and very many responses waiting: the queue's length must not be felt."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from sync.outbox import Outbox
from sync.wire import MAX_BATCH_BYTES
from tests.benchmarks.saving import FOLDER
from tests.benchmarks.sending import SURVEY, responses
from tests.benchmarks.table import number, percentile, plain_table
from tests.stampede.backlog import Made, fill

SIZES = (10, 10_000, 1_000_000)
SAVES_A_ROUND, BATCHES_A_ROUND, BATCH = 40, 20, 10
HEADS = (
    "waiting",
    "one save: median, p99",
    "ten fetched, settled, all counted: median, p99",
    "counts for the screen",
    "file",
)


@dataclass(slots=True)
class Queue:
    """An outbox file with so many waiting, and what was measured in it."""

    waiting: int
    outbox: Outbox
    saves_ms: list[float] = field(default_factory=list)
    batches_ms: list[float] = field(default_factory=list)
    counts_ms: list[float] = field(default_factory=list)

    @property
    def cells(self) -> tuple[str, ...]:
        size = f"{self.outbox.path.stat().st_size / 1e6:,.1f} MB"
        return f"{self.waiting:,}", _told(self.saves_ms), _told(self.batches_ms), _told(self.counts_ms), size


def measure(rounds: int) -> str:
    """The three queues in turns, so that a machine that grows slow is slow for all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        queues = [Queue(size, _filled(Path(folder) / f"{size}.db", size)) for size in SIZES]
        for _ in range(rounds):
            for queue in queues:
                _one_round(queue)
        table = plain_table(HEADS, [queue.cells for queue in queues])
        for queue in queues:
            queue.outbox.close()
    return table


def _one_round(queue: Queue) -> None:
    """Saves and batches; the queue is afterwards as long as before."""
    outbox = queue.outbox
    for response in responses(SAVES_A_ROUND):
        queue.saves_ms.append(_ms(partial(outbox.put, response.response_id, SURVEY.canonical, response.document)))
    queue.counts_ms.append(_ms(outbox.counts))
    for _ in range(BATCHES_A_ROUND):
        queue.batches_ms.append(_ms(lambda: _carry(outbox, BATCH)))
        for response in responses(BATCH):
            outbox.put(response.response_id, SURVEY.canonical, response.document)
    outbox.mark_sent(one.response_id for one in outbox.due(time.time(), SAVES_A_ROUND, 10**9))
    outbox.purge_sent(time.time())


def _carry(outbox: Outbox, entries: int) -> None:
    """What the courier asks of the outbox for one batch, the network left out."""
    due = outbox.due(time.time(), entries, MAX_BATCH_BYTES)
    outbox.mark_sent(one.response_id for one in due)
    outbox.counts()
    outbox.next_due_at()


def _filled(path: Path, size: int) -> Outbox:
    (like,) = responses(1)

    def made() -> Made:
        identity = str(uuid4())
        return identity, SURVEY.canonical, like.document.replace(like.response_id.encode(), identity.encode())

    fill(path, size, made)
    return Outbox(path)


def _ms(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def _told(figures: list[float]) -> str:
    return f"{number(percentile(figures, 0.5))} ms, {number(percentile(figures, 0.99))} ms"
