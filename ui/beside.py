"""What stands beside the shell: the desk that keeps and sends, and the window that draws. As the shell sees them."""

from __future__ import annotations

from typing import Protocol

from kiosk.events import KeysChanged, KeysNotSaved, PinAccepted, PinRefused
from kiosk.keys import KeyMap
from kiosk.screens import Screen
from kiosk.states import Figures
from kiosk.steps import Finished


class NotSaved(Exception):
    """The finished session could not be saved; the message says why and what staff can do."""


class Desk(Protocol):
    """What the shell hands on, and to whom is not its business. Every method returns at once."""

    def open_session(self) -> None:
        """A person has begun: from now on the response has its id and its time."""

    def answered(self, so_far: Finished | None) -> None:
        """Keep what this person has answered so far, in case of a crash; None: they have taken it all back."""

    def save(self, finished: Finished) -> None:
        """Keep the session's outcome for good. Raises NotSaved."""

    def check_pin(self, pin: str) -> PinAccepted | PinRefused: ...

    def keep_pin(self, pin: str) -> None: ...

    def keep_keys(self, key_map: KeyMap | None) -> KeysChanged | KeysNotSaved:
        """Use these keys of a keypad from now on; None: the ready-made ones."""

    def send_now(self) -> None: ...

    def save_to_stick(self) -> None:
        """Told by :class:`~kiosk.staff_events.StickAnswered` what became of it."""

    def join(self) -> None:
        """Told by CodeArrived, then by JoinEnded."""

    def stop_joining(self) -> None: ...

    def figures(self) -> Figures: ...

    def leave(self) -> None: ...


class View(Protocol):
    """The window, as the shell sees it."""

    def render(self, screen: Screen) -> None: ...

    def highlight(self, key: str, start: int, length: int) -> None: ...

    def focus_on(self, key: str) -> None: ...

    def show_caption(self, text: str) -> None: ...
