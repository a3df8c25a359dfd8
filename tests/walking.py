"""A person walking through the pure flow: touches by words, no window."""

from dataclasses import dataclass, field

from kiosk.events import Changed, Event
from kiosk.flow import step
from kiosk.present import present
from kiosk.screens import Button, ChoiceAsk, Screen, Tile
from kiosk.site import Site
from kiosk.states import Rules, State, Welcome
from kiosk.steps import Errand, Finished

EVERYTHING = Site(languages=("en-GB", "ur"), spoken=frozenset({"en", "ur"}))


@dataclass
class Walker:
    """Stands before a kiosk without a window."""

    rules: Rules
    site: Site = EVERYTHING
    state: State = field(default_factory=Welcome)
    finished: list[Finished] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)

    @property
    def screen(self) -> Screen:
        return present(self.rules, self.site, self.state)

    def happens(self, event: Event) -> "Walker":
        after = step(self.rules, self.state, event)
        self.state = after.state
        self.finished += [after.finished] if after.finished else []
        self.errands += [after.errand] if after.errand else []
        return self

    def touches(self, label: str) -> "Walker":
        """The button or answer that says `label`."""
        return self.happens(self.control(label).event)

    def control(self, label: str) -> Button | Tile:
        found = [control for control in self.controls if control.label == label]
        assert found, f"{label!r} is not on the screen: {[control.label for control in self.controls]}"
        return found[0]

    def sees(self, label: str) -> bool:
        return label in [control.label for control in self.controls]

    @property
    def controls(self) -> tuple[Button | Tile, ...]:
        """All there is to touch."""
        ask = self.screen.ask
        tiles = ask.tiles if isinstance(ask, ChoiceAsk) else ()
        return (*tiles, *self.screen.buttons())

    def types(self, *typed: str) -> "Walker":
        ask = self.screen.ask
        assert ask is not None
        return self.happens(Changed(ask.place, getattr(ask, "chosen", ()), typed))
