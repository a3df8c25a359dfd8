"""Builds the kiosk: settings and survey first, then the window, then, once the first question is painted, all the rest.

Start-up in order: Qt, the survey, the rules, the window, the shell, the first paint; then the voice, the outbox and the
courier, so that nobody waits for the network to be asked a question. Shut-down in reverse, before Qt's objects go.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLoggingCategory, QObject, Qt, QTimer, Signal, qInstallMessageHandler
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.app.about import about
from kiosk.app.desk import Desk, Surroundings
from kiosk.app.device import Device
from kiosk.app.forms import accepted, is_wanted, survey_to_ask
from kiosk.app.late import LateVoice
from kiosk.app.residue import leave_no_dump
from kiosk.events import BrokeDown
from kiosk.languages import matching
from kiosk.phrases import catalogue_languages
from kiosk.said_and_did import told_on
from kiosk.screens import Route, Screen
from kiosk.settings import Settings
from kiosk.site import Site
from kiosk.states import ChoosingPin, OutOfOrder, Preferences, Rules, Welcome
from kiosk.supervisor import ALIVE, ALIVE_SECONDS
from kiosk.survey import Survey, Wording
from sync.errors import SyncError
from ui.fonts import font_for_language_or_none
from ui.keypad import Keypad
from ui.shell import CANNOT_SAVE, Shell
from ui.window import Window

if TYPE_CHECKING:
    from sync.outbox import Outbox
    from sync.pace import Pace
    from ui.outputs import Output
    from ui.speaker import Speaker

log = logging.getLogger(__name__)

TURN_SECONDS = 30
"""So long one text of what was changed stands on a first screen that nobody touches."""
UNSEEN_MS = 2000
"""A window that nobody painted by then never will be; answers are carried all the same."""
NO_SURVEY = Survey(url="", version="", title=Wording(""), language="en-GB", languages=("en-GB",), items=())


@dataclass(frozen=True)
class Options:
    """How the kiosk was asked to start."""

    data: Path
    windowed: bool = False
    size: tuple[int, int] | None = None
    survey: Path | None = None
    supervised: bool = False
    report_paint: bool = False
    pace: Pace | None = None
    """The courier's times, where they are not the usual ones."""


class _Post(QObject):
    """Brings what other threads say to the GUI thread."""

    health_changed = Signal(object)
    survey_arrived = Signal(bytes)
    outbox_damaged = Signal(object)
    staff_told = Signal(object)
    settings_arrived = Signal(bytes)


class Kiosk:
    """One kiosk, built and joined up. `start` shows it, `close` ends it."""

    def __init__(self, options: Options, loudspeaker: Output | None = None) -> None:
        self._options = options
        self.device = Device(options.data, options.pace)
        self.survey = survey_to_ask(self.device, options.survey)
        self.window = Window(self.device.settings.screen_width_mm, self.device.settings.viewing_distance_mm)
        _steady(self.window, self.device.settings)
        self.keypad = Keypad(self.window, lambda: self.device.keys.in_force, self.device.settings.identical_key_seconds)
        self.reader = LateVoice(loudspeaker)
        self._post = _Post()
        surroundings = Surroundings(self._asked, self._voice_for, font_for_language_or_none)
        self.desk = Desk(self.device, surroundings, self.leave, self._post.staff_told.emit)
        self._day = date.today()  # noqa: DTZ011 - the day of the place
        self.shell = Shell(self._rules(), self._site(), self.window, self.reader, self.desk)
        self._complete = False
        self._offered = self._languages()
        self._turning = QTimer(self.window, interval=TURN_SECONDS * 1000)
        self._join()
        self._turning.start()

    def start(self) -> None:
        """Show the first screen; everything that can wait starts after it is painted."""
        first_start = not self.device.pin.is_set
        self.shell.start(ChoosingPin() if first_start else None if self.survey else OutOfOrder("no-survey"))
        if self._options.windowed:
            self.window.show_windowed(self._options.size or (1280, 800))
        else:
            self.window.show_full_screen(self._options.size)
        QTimer.singleShot(UNSEEN_MS, self.window, self._start_the_rest)

    def close(self) -> None:
        """Stop carrying and speaking, then close the window."""
        for mode in QClipboard.Mode:  # what our text box left there must go before Python does, or the exit crashes
            QGuiApplication.clipboard().clear(mode)
        self._turning.stop()
        self.reader.close()
        self.shell.close()
        self.desk.close()
        with suppress(SyncError):  # it is on the disk already, and is queued at the next start
            self.device.leave_seat()
        self.device.close()
        self.window.allow_close = True
        self.window.close()

    def leave(self) -> None:
        """A deliberate exit: status 0, which the supervisor takes as the end."""
        self.window.allow_close = True
        QApplication.quit()

    # --- joining ------------------------------------------------------------------------------------------------

    def _join(self) -> None:
        self.window.happened.connect(self.shell.receive)
        self.window.touched.connect(self.shell.touched)
        self.window.key_pressed.connect(self.shell.key_pressed)
        self.window.explored.connect(self.shell.explored)
        self.window.focused.connect(self.shell.focused)
        self.window.painted.connect(self._start_the_rest, Qt.ConnectionType.QueuedConnection)
        self._post.health_changed.connect(lambda _: self.shell.figures_changed())
        self._post.survey_arrived.connect(self._take_survey)
        self._post.outbox_damaged.connect(self._mend_outbox)
        self._post.staff_told.connect(self.shell.receive)
        self._post.settings_arrived.connect(self._take_settings)
        self.shell.shown.connect(lambda _: self._settle())
        self._turning.timeout.connect(self._turn)
        self.window.touched.connect(self._turning.start)
        if self._options.report_paint:
            self.shell.shown.connect(_report)

    def _join_voice(self, speaker: Speaker) -> None:
        speaker.started.connect(lambda key: self.window.highlight(key, 0, 0))
        speaker.word_reached.connect(self.window.highlight)
        speaker.finished.connect(self.shell.voice_finished)
        speaker.languages_changed.connect(self._describe_again)
        speaker.headphones_changed.connect(self._take_headphones)
        if speaker.private:
            self._describe_again()

    def _describe_again(self) -> None:
        """What holds here is something else now: voices, headphones, settings, or the day."""
        self._offered = self._languages()
        self.shell.use(self._rules(), self._site())

    def _take_headphones(self, plugged_in: bool) -> None:
        """They decide what may be said aloud from now on, and begin or end this person's listening (S134)."""
        self._describe_again()
        self.shell.headphones_changed(plugged_in=plugged_in)

    def _start_the_rest(self) -> None:
        if self._complete:
            return
        self._complete = True
        self.window.painted.disconnect(self._start_the_rest)
        if self._options.report_paint:
            _say("painted")
        self.reader.build(self._post, self._join_voice)
        post = self._post

        def told() -> dict[str, Any]:
            known = about(self.device.data, self._offered, self._asked().canonical, self._voice_for)
            return {**known, **self.device.teller.report()}

        brings = (
            post.health_changed.emit,
            post.survey_arrived.emit,
            told,
            post.outbox_damaged.emit,
            post.settings_arrived.emit,
        )
        try:
            self.device.start_courier(*brings)
        except SyncError as error:
            log.error("Answers cannot be kept: %s", error)  # noqa: TRY400 - a sentence, not a crash
            self.shell.receive(BrokeDown(CANNOT_SAVE))

    def _mend_outbox(self, outbox: Outbox) -> None:
        """The courier has met damage: the file is set aside at once, and what can be read of it goes on its way."""
        try:
            self.device.mend(outbox)
        except SyncError as error:
            log.error("Answers cannot be kept: %s", error)  # noqa: TRY400 - a sentence, not a crash

    def _take_survey(self, raw: bytes) -> None:
        """A survey from the centre: checked, kept, and asked from the next person on."""
        survey = accepted(self.device, raw, "The survey from the centre")
        if survey is None:
            return
        self.device.pulled.keep(raw)
        if not (self._options.survey or self.device.settings.survey) and is_wanted(self.device, survey.url):
            self.survey = survey
            self.shell.use(self._rules(), self._site())

    def _take_settings(self, raw: bytes) -> None:
        """The centre tells this device what to do and to show; the centre hears what became of it."""
        if self.device.teller.hears(raw):
            self._settle()
        else:
            self.device.report_soon()

    def _settle(self) -> None:
        """Between two people: what the centre told takes effect."""
        if isinstance(self.shell.state, Welcome) and self.device.teller.take_effect():
            self.survey = survey_to_ask(self.device, self._options.survey)
            self._describe_again()
            self.device.report_soon()

    def _turn(self) -> None:
        """Nobody has touched anything for a while: another text has its turn; on a new day there may be others."""
        today = date.today()  # noqa: DTZ011 - the day of the place
        if today == self._day:
            return self.shell.turn_over()
        self._day = today
        return self._describe_again()

    def _asked(self) -> Survey:
        return self.shell.survey

    def _voice_for(self, language: str) -> str | None:
        return self.reader.voice.voice_for(language)

    # --- what holds here ----------------------------------------------------------------------------------------

    def _rules(self) -> Rules:
        chosen = self.device.settings
        offered = self._languages()
        language = matching(chosen.default_language, offered) or next(iter(offered), "en-GB")
        defaults = Preferences(
            language,
            chosen.text_percent,
            chosen.theme,
            private=chosen.private_sound or self.reader.private,
            words_per_minute=chosen.words_per_minute,
        )
        return Rules(self.survey or NO_SURVEY, defaults, chosen.idle_seconds, chosen.warning_seconds, chosen.thanks_seconds)

    def _languages(self) -> tuple[str, ...]:
        """Languages the survey has, the site wants, a catalogue speaks and a font can write."""
        survey = self.survey or NO_SURVEY
        wanted = self.device.settings.languages or survey.languages
        known = dict.fromkeys(matching(tag, survey.languages) for tag in wanted)
        return tuple(tag for tag in known if tag and _can_be_shown(tag))

    def _site(self) -> Site:
        chosen = self.device.settings
        spoken = self.reader.voice.languages() if chosen.reading_aloud else frozenset()
        urgent = chosen.urgent_help
        names = (urgent.emergency, urgent.advice, chosen.site_name)
        texts = told_on(self.device.teller.in_force.said_and_did, self._day)
        return Site(self._languages(), spoken, routes(chosen), *names, warning_sound=chosen.warning_sound, said_and_did=texts)


def routes(chosen: Settings) -> tuple[Route, ...]:
    """The site's other ways to be heard; a web address gets a QR code."""
    return tuple(
        Route(f"route:{number}", way.name, way.address, way.kind, way.address if way.kind == "web" else "")
        for number, way in enumerate(chosen.routes)
    )


def _steady(window: Window, chosen: Settings) -> None:
    """The filters for hands that tremble, as this site has them."""
    window.guard.repeat_seconds, window.guard.lockout_seconds = chosen.repeat_seconds, chosen.lockout_seconds
    window.guard.first_touch_counts = chosen.touch_accepts == "first-touch"


def _can_be_shown(tag: str) -> bool:
    return tag.partition("-")[0] in catalogue_languages() and font_for_language_or_none(tag) is not None


# --- the program ---------------------------------------------------------------------------------------------------


def run_kiosk(options: Options) -> int:
    """Run the kiosk until staff close it; the process's exit status. Raises SettingsFault, OutboxError before it starts."""
    leave_no_dump()
    application = set_up_qt()
    kiosk = Kiosk(options)
    # Python runs signal handlers only between its own steps: the timer gives it one.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: kiosk.leave())
    pulse = QTimer()
    pulse.timeout.connect(lambda: _say(ALIVE) if options.supervised else None)
    pulse.start(ALIVE_SECONDS * 1000 if options.supervised else 500)
    kiosk.start()
    status = application.exec()
    pulse.stop()
    kiosk.close()
    return status


def set_up_qt() -> QApplication:
    """Qt's one application object, with its chatter in the log instead of on the terminal."""
    # Sizes come from millimetres (S74): a second scaling, from what the screen claims to be, would only blur them.
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
    # Which sound libraries a computer lacks is no news to anybody; the kiosk tells itself whether it can speak.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    qInstallMessageHandler(lambda _kind, _context, message: log.info("Qt: %s", message))
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - nobody else makes one here
    return application


def _report(screen: Screen) -> None:
    _say(f"question {screen.place.link_id}" if screen.place else f"screen {screen.kind.value}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - to the supervisor, or to a benchmark
