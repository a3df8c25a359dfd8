"""Easy Read (S96): two extensions of our own on an item or an answerOption, ``easy-read`` and ``picture``."""

from kiosk.fhir.extensions import EASY_READ, PICTURE, value_of
from kiosk.fhir.node import Node
from kiosk.fhir.wording import read_wording
from kiosk.pictures import picture_names
from kiosk.survey import Wording


def read_easy(node: Node, ordinary: Wording) -> Wording:
    """The same in easy words (valueString and its translations); empty where the ordinary words are easy.

    In a language that the easy words are not translated into, the `ordinary` words stand in: better than another language.
    """
    extension = node.extension(EASY_READ)
    if extension is None or not isinstance(value_of(extension, "String"), str):
        return Wording("")
    easy = read_wording(extension, "valueString")
    return Wording(easy.text, tuple({**dict(ordinary.translations), **dict(easy.translations)}.items()))


def read_picture(node: Node) -> str:
    """The name of one of our pictures (valueCode); a name we have no picture for is noted and left out."""
    extension = node.extension(PICTURE)
    name = value_of(extension, "Code") if extension else None
    if extension is None or not isinstance(name, str):
        return ""
    if name in picture_names():
        return name
    words = f"has a picture called {name[:40]!r}, which this kiosk does not have; its pictures are files in assets/pictures."
    extension.fault("not-found", words, "valueCode", severity="warning")
    return ""
