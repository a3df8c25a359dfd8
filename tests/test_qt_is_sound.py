"""The Qt binding that was installed can run for months: PySide6 6.12.0 on Python 3.11 could not."""

import gc
import sys

from PySide6.QtCore import QObject

CALLS = 2000


def test_calling_qt_costs_no_reference_to_none() -> None:
    """A binding that loses one with every call that returns nothing aborts the whole kiosk after some ten thousand."""
    thing = QObject()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("kiosk")
    assert abs(sys.getrefcount(None) - before) < CALLS // 4
