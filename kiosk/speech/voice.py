"""The parent's handle on speech: asks a child process to render, and replaces a child that hangs or dies.

One thread owns everything that happens: it waits on a mailbox until somebody says something, the child answers, or time
is up. `say` and `hush` only change what is wanted and wake it, so they never block the screen. One sentence is with the
child at a time; what is wanted by the time the answer comes decides whether anybody hears it (S6).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, SimpleQueue

from kiosk.speech.child import Child, worker_command
from kiosk.speech.lines import Description, Failed, FromChild, Ready, Render, Rendered
from kiosk.speech.repertoire import TRIAL_TEXT, Repertoire, after_death, after_trial, with_voices
from kiosk.speech.sound import Sound, Word, is_silent, made_even, wav_file

DEADLINE_SECONDS = 3.0
STARTS_PER_DEADLINE = 5
"""A cold start reads the program and the engine's data from disk: it may take so many deadlines."""
TRIES = 2
UNHEALTHY = 3
"""So many failures without one success between them: no language is offered until something works again."""
LONGEST_PAUSE_SECONDS = 60.0
CLOSING_SECONDS = 4.0

DEFAULT_WORDS_PER_MINUTE = 150

log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Wish:
    """One `say`. `tries` counts how often a child was asked for it."""

    text: str = field(repr=False)
    language: str
    words_per_minute: int
    then: Callable[[Sound], None] = field(repr=False)
    tries: int = 0


@dataclass(frozen=True, eq=False)
class _Task:
    """What the child is busy with: a wish, or the trial of a language."""

    job: int
    voice: Description
    language: str
    wish: _Wish | None


class Voice:
    """Text and language in, sound and word times out, by way of a child process. `close` it before the program ends."""

    def __init__(self, command: Sequence[str] | None = None, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        """`command` starts the worker (ours, when not given); it has `deadline_seconds` to answer for one sentence."""
        self._command = tuple(command or worker_command())
        self._deadline_seconds = deadline_seconds
        self._changed: Callable[[], None] | None = None
        self._thread: threading.Thread | None = None
        self._mailbox: SimpleQueue[tuple[Child, FromChild | None] | None] = SimpleQueue()
        self._closing = threading.Event()
        self._lock = threading.RLock()
        self._wish: _Wish | None = None  # guarded by the lock; all below belongs to the thread
        self._repertoire = Repertoire()
        self._jobs = count(1)
        self._child: Child | None = None
        self._ready = False
        self._task: _Task | None = None
        self._due = 0.0
        self._failures = 0

    # --- for everybody, from any thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread and its child; returns at once. Languages appear as their voices are tried."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="speech", daemon=True)
            self._thread.start()

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed`, from our thread, whenever `languages` has settled anew."""
        self._changed = changed

    def languages(self) -> frozenset[str]:
        """Primary language tags (BCP 47) that can be heard now: a voice made for it, and a trial that was not silent."""
        return self._repertoire.languages if self._failures < UNHEALTHY else frozenset()

    def voice_for(self, language: str) -> str | None:
        """The engine's id of the voice that would speak `language` (a BCP 47 tag), or None: then offer no speech."""
        voice = self._repertoire.usable_voice_for(language)
        return voice.id if voice and self._failures < UNHEALTHY else None

    def say(
        self, text: str, language: str, words_per_minute: int = DEFAULT_WORDS_PER_MINUTE, *, then: Callable[[Sound], None]
    ) -> None:
        """Render `text` and call `then` from our thread, unless something newer or `hush` came before.

        A sentence that cannot be rendered arrives as a `Sound` that is `lost`, so that nobody waits for ever.
        """
        with self._lock:
            self._wish = _Wish(text, language, words_per_minute, then)
        self._mailbox.put(None)

    def hush(self) -> None:
        """Forget what was asked for. When this returns, its `then` will not be called."""
        with self._lock:
            self._wish = None

    def close(self) -> None:
        """End the child and the thread; takes at most a few seconds."""
        self.hush()
        self._closing.set()
        self._mailbox.put(None)
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(CLOSING_SECONDS)

    @property
    def child_pid(self) -> int | None:
        """The process that renders, for the staff screen and for tests."""
        child = self._child
        return child.pid if child else None

    # --- our thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._begin()
        while not self._closing.is_set():
            with suppress(Empty):
                letter = self._mailbox.get(timeout=self._patience())
                if letter and letter[0] is self._child:
                    self._hear(letter[1])
            self._watch_the_clock()
            self._go_on()
        if self._child:
            self._child.end()
        self._child = None

    def _patience(self) -> float | None:
        """How long nothing needs to happen: until the child is late, or a new one is due."""
        waiting = self._child is None or not self._ready or self._task is not None
        return max(0.0, self._due - time.monotonic()) if waiting else None

    def _begin(self) -> None:
        self._ready = False
        self._due = time.monotonic() + STARTS_PER_DEADLINE * self._deadline_seconds
        try:
            self._child = Child(self._command, lambda child, message: self._mailbox.put((child, message)))
        except OSError as error:
            log.warning("The speech worker could not be started: %s.", error.strerror)
            self._give_up()

    def _hear(self, message: FromChild | None) -> None:
        match message:
            case Ready(voices):
                self._ready = True
                self._repertoire = with_voices(self._repertoire, voices)
                self._tell()
            case Rendered(job) if self._task and job == self._task.job:
                self._end_task(self._task, message)
            case Failed(job) if self._task and job == self._task.job:
                self._end_task(self._task, None)
            case None:
                log.warning("The speech worker ended by itself; it is started again.")
                self._give_up()

    def _end_task(self, task: _Task, rendered: Rendered | None) -> None:
        self._task = None
        recovered = rendered is not None and self._failures >= UNHEALTHY
        if rendered is not None:
            self._failures = 0
        if task.wish:
            self._deliver(task.wish, rendered)
        else:
            heard = rendered is not None and not is_silent(rendered.pcm)
            self._repertoire = after_trial(self._repertoire, task.language, task.voice, heard=heard)
        if recovered or not task.wish:
            self._tell()

    def _watch_the_clock(self) -> None:
        if time.monotonic() < self._due:
            return
        if self._child is None:
            self._begin()
        elif not self._ready or self._task:
            log.warning("The speech worker did not answer in time; it is started again.")
            self._give_up()

    def _give_up(self) -> None:
        """This child is of no more use: end it, and set when the next one starts (the first at once, later ones wait)."""
        if self._child:
            self._child.end()
        self._child, self._ready = None, False
        self._failures += 1
        task, self._task = self._task, None
        if task and task.wish and task.wish.tries >= TRIES:
            self._deliver(task.wish, None)
        elif task and not task.wish:
            self._repertoire = after_death(self._repertoire, task.language, task.voice, in_a_row=self._failures)
        if self._failures == UNHEALTHY:
            self._tell()
        self._due = time.monotonic() + _pause_seconds(self._failures)

    def _go_on(self) -> None:
        """Give an idle child its next task: what is wanted, else a language that nobody has tried."""
        with self._lock:
            wish = self._wish
        if self._child is None:
            if wish and self._failures >= UNHEALTHY:
                self._deliver(wish, None)
        elif self._ready and not self._task:
            if wish:
                self._render(wish)
            elif language := self._next_trial():
                self._give(TRIAL_TEXT, language, DEFAULT_WORDS_PER_MINUTE, None)

    def _next_trial(self) -> str | None:
        """A language nobody has heard yet; after many failures also one that used to be heard, to see whether it is again."""
        known = self._repertoire
        doubted = sorted(known.languages) if self._failures >= UNHEALTHY else ()
        return next(iter((*known.untried, *doubted)), None)

    def _render(self, wish: _Wish) -> None:
        wish.tries += 1
        if not self._give(wish.text, wish.language, wish.words_per_minute, wish):
            self._deliver(wish, None)

    def _give(self, text: str, language: str, words_per_minute: int, wish: _Wish | None) -> bool:
        voice = self._repertoire.voice_for(language)
        if voice is None or self._child is None:
            return False
        self._task = _Task(next(self._jobs), voice, language, wish)
        self._due = time.monotonic() + self._deadline_seconds
        self._child.send(Render(self._task.job, _sendable(text), voice.engine, voice.id, words_per_minute))
        return True

    def _deliver(self, wish: _Wish, rendered: Rendered | None) -> None:
        """Hand over what was made, if it is still wanted. Under the lock: after `hush` returns, nothing arrives."""
        sound = _sound(wish, rendered)
        with self._lock:
            if self._wish is not wish:
                return
            self._wish = None
            try:
                wish.then(sound)
            except Exception:
                log.exception("The receiver of a rendered sentence failed.")

    def _tell(self) -> None:
        if self._changed and (not self._repertoire.untried or self._failures >= UNHEALTHY):
            self._changed()


def _sound(wish: _Wish, rendered: Rendered | None) -> Sound:
    if rendered is None:
        return Sound(wish.text, wish.language)
    words = tuple(Word(*word) for word in rendered.words)
    return Sound(wish.text, wish.language, wav_file(made_even(rendered.pcm), rendered.rate_hz), rendered.rate_hz, words)


def _sendable(text: str) -> str:
    """`text`, as long as before, without half surrogate pairs (no UTF-8 has them) and NULs (they end it for an engine)."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _pause_seconds(failures: int) -> float:
    """None before the second child, then half a second, doubling."""
    return 0.0 if failures < 2 else float(min(LONGEST_PAUSE_SECONDS, 0.25 * 2.0 ** min(failures - 1, 16)))
