"""``kiosk run`` and ``kiosk demo``: the commands that open the kiosk."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click

from kiosk.cli.sentences import in_sentences


class Size(click.ParamType[tuple[int, int]]):
    """A window's size in pixels, such as 1280x800."""

    name = "WxH"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", str(value))
        if not found:
            self.fail(f"{value} is not a size. Write width and height in pixels, such as 1280x800.", param, ctx)
        return int(found[1]), int(found[2])


def has_screen() -> bool:
    """Whether a window can be shown to a person here."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in {"offscreen", "minimal", "vnc"}
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--windowed", is_flag=True, help="In a window, without a supervisor: for looking at it.")
@click.option("--size", type=Size(), help="Size of the window in pixels.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of this device's answers and settings.")
@click.option("--survey", type=click.Path(dir_okay=False, path_type=Path), help="A FHIR Questionnaire file to ask.")
@click.option("--supervised", is_flag=True, hidden=True)
@click.option("--report-paint", is_flag=True, hidden=True)
@in_sentences
def run(  # noqa: PLR0913 - one argument for each option
    *,
    windowed: bool,
    size: tuple[int, int] | None,
    data: Path | None,
    survey: Path | None,
    supervised: bool,
    report_paint: bool,
) -> None:
    """Open the kiosk, full screen. It is started again if it crashes; staff close it behind the held corner."""
    from kiosk.app.gui import Options, run_kiosk
    from kiosk.settings import data_dir

    sys.exit(run_kiosk(Options(data or data_dir(), windowed, size, survey, supervised, report_paint)))


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder for the demonstration's hub and kiosk.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the hub; any free one if not given.")
@click.option("--pictures", type=click.Path(file_okay=False, path_type=Path), default=Path("demo-pictures"), show_default=True)
@in_sentences
def demo(data: Path | None, port: int, pictures: Path) -> None:
    """Show the whole way: a hub, a kiosk paired with it, and answers that become figures.

    With a screen the kiosk opens in a window. Without one a scripted patient answers in two languages, every screen is
    saved as a picture, and the hub's figures are compared with what was answered.
    """
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.app.demo import Stage, run_demo

    sys.exit(run_demo(Stage(data, port, pictures, has_screen())))
