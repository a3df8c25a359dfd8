"""The composition root: the one place that knows every room, builds the parts and hands them to one another.

``device`` opens what is on disk, ``desk`` does what the shell asks, ``gui`` builds the kiosk, ``demo`` shows the whole way
from a touch to a figure. Only the command line imports it.
"""
