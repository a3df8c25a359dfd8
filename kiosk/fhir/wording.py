"""Words and their translations (the R4 translation extension beside a primitive: ``_text`` for ``text``)."""

from kiosk.fhir.extensions import ANSWER_MEDIA, ITEM_MEDIA, TRANSLATION, value_of
from kiosk.fhir.node import Node
from kiosk.fhir.primitives import is_language
from kiosk.survey import Attachment, Media, Wording

TRANSLATION_REVIEW = "urn:feedback-kiosk:translation-review"
"""Our own, on a Questionnaire, once a language: `language` and `state`, ``to-be-reviewed`` or ``reviewed``."""


def read_wording(node: Node, name: str) -> Wording:
    """The words of a primitive member with their translations; empty words when it is not there."""
    return Wording(node.text(name), translations(node, name))


def translations(node: Node, name: str) -> tuple[tuple[str, str], ...]:
    """The translations beside a primitive member, by language tag."""
    beside = node.beside(name)
    found: dict[str, str] = {}
    for extension in beside.extensions(TRANSLATION) if beside else ():
        parts = {part.text("url"): part for part in extension.children("extension")}
        language, content = parts.get("lang"), parts.get("content")
        if language is None or content is None:
            extension.fault("structure", f"has a translation of its {name} without lang or content.")
            continue
        tag, words = value_of(language, "Code", "String"), value_of(content, "String", "Markdown")
        if isinstance(tag, str) and not is_language(tag):
            language.fault("value", f"has a translation of its {name} into {tag[:40]!r}, which is no language tag.")
        elif isinstance(tag, str) and isinstance(words, str):
            found[tag] = words
    return tuple(found.items())


def unreviewed_languages(node: Node) -> tuple[str, ...]:
    """The languages of a Questionnaire whose translation says that no speaker has reviewed it yet."""
    found = []
    for extension in node.extensions(TRANSLATION_REVIEW):
        parts = {part.text("url"): part for part in extension.children("extension")}
        if "language" not in parts or "state" not in parts:
            extension.fault("structure", "has a translation-review without language or state.", severity="warning")
            continue
        tag, state = value_of(parts["language"], "Code"), value_of(parts["state"], "Code")
        if isinstance(tag, str) and state != "reviewed":
            found.append(tag)
    return tuple(dict.fromkeys(found))


def read_media(node: Node, *, answer: bool = False) -> Media | None:
    """The picture, sound or film of an item or an option (itemMedia, itemAnswerMedia)."""
    extension = node.extension(*(ANSWER_MEDIA if answer else ITEM_MEDIA))
    value = value_of(extension, "Attachment") if extension else None
    if extension is None or not isinstance(value, Attachment):
        return None
    attachment = extension.child("valueAttachment")
    title = read_wording(attachment, "title") if attachment else Wording("")
    return Media(value.content_type, value.data, value.url, title)
