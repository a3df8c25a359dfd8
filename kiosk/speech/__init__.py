"""The voice: a sentence and its language in, sound and word times out. It renders and never plays.

`voice` is the parent's handle; `worker` is the child process in which pyttsx3 works, because an engine may hang or crash
and must take nothing with it; `lines` is what the two say to each other. Playing is :mod:`ui.player`'s. No Qt here, and
pyttsx3 only in the child (`driver`, `engines`, `worker`).
"""

from kiosk.speech.sound import Sound, Word
from kiosk.speech.voice import Voice

__all__ = ["Sound", "Voice", "Word"]
