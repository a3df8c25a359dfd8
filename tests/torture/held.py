"""Ties a process to the one that started it: when the driver is gone, however it went, so is the child.

``python -m tests.torture.held ARGUMENTS`` is ``kiosk ARGUMENTS``, held.
"""

from __future__ import annotations

import os
import queue
import sys
import threading


def lines_of_the_driver() -> queue.SimpleQueue[str]:
    """What the driver says, line by line. When its end of the pipe closes, this process ends at once."""
    said: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            said.put(line.strip())
        os._exit(3)

    threading.Thread(target=listen, name="driver", daemon=True).start()
    return said


if __name__ == "__main__":
    lines_of_the_driver()
    from kiosk.__main__ import main

    main()
