"""What a feedback session is, and the program's entry.

The pure core: surveys, answers, the flow of a session, the screens it shows and the sentences it speaks.
No Qt, no network and no database here; only :mod:`kiosk.app` and :mod:`kiosk.cli` know the other rooms,
and nobody imports those two.
"""

from pathlib import Path

__version__ = "0.1.0"

ASSETS = Path(__file__).resolve().parent.parent / "assets"
"""Surveys, catalogues, icons, sounds and keyboards: beside the packages in a checkout, a wheel and a frozen build."""
