"""A crash of the kiosk leaves no answers on the disk."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CRASH = """
import resource
from kiosk.app.residue import leave_no_dump
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
leave_no_dump()
print(*resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such dumps of its own accord")
def test_no_picture_of_the_memory_is_written_by_a_crash_and_that_cannot_be_undone() -> None:
    """S160: it would hold what patients said, and the key that opens what others said."""
    told = subprocess.run([sys.executable, "-c", CRASH], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["0", "0"]
