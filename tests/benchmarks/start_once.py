"""Starts a packed kiosk without a screen, waits for its first painted question, and ends it: the proof that a build runs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time


def main(program: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        command = [program, "run", "--windowed", "--report-paint", "--data", data]
        start = time.perf_counter()
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as kiosk:
            assert kiosk.stdout is not None
            painted = any(line.strip() == "painted" for line in kiosk.stdout)
            seconds = time.perf_counter() - start
            kiosk.terminate()
            rest = kiosk.stdout.read()
        if not painted or kiosk.returncode != 0:
            sys.exit(f"{program} did not start and end well (status {kiosk.returncode}). {rest}")
        print(f"Started: first screen painted after {seconds:.2f} s. Ended well.")


main(sys.argv[1])
