"""What an author should look at: words that are missing, not translated, or hard to read (S85)."""

import re
from collections.abc import Iterator

from kiosk.fhir.faults import Fault
from kiosk.survey import AnyItem, Option, Question, Section, Survey, Wording

GRADE_LIMIT = 6.0
"""Flesch-Kincaid grade: what a child of eleven can read."""
SENTENCE_LIMIT_WORDS = 15
_LOOKED_AT = 5_000
"""Characters of a text that are looked at."""
_FEWEST_WORDS = 6
"""Below this the grade says more about one long word than about the sentence."""

_SENTENCE_END = re.compile(r"[.!?:;\n]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z0-9'’]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e|[aeiouy]e)$")


def every_wording(survey: Survey) -> Iterator[tuple[AnyItem | None, str, Wording]]:
    """All words a person may read: the item (None for the survey itself), what they are, the words."""
    yield None, "title", survey.title
    yield None, "description", survey.description
    for item in survey.walk():
        yield item, "text", item.text
        yield item, "prefix", item.prefix
        yield item, "easy-read", item.easy
        if isinstance(item, Question):
            yield item, "entryFormat", item.entry_format
            for option in item.options:
                yield item, f'option "{option.wording.text[:40]}"', option.wording
                yield item, f'easy-read of option "{option.wording.text[:40]}"', option.easy


def check_words(survey: Survey) -> Iterator[Fault]:
    """Warnings about a survey's words, in the order of the form."""
    paths = item_paths(survey)
    if not survey.title:
        yield _warning("Questionnaire", None, "has no title, so staff cannot tell it from others.", "incomplete")
    yield from _check_translations(survey, None, "Questionnaire")
    for item in survey.walk():
        path = paths[item.link_id]
        if not item.text and not item.hidden and not isinstance(item, Section) and not item.media:
            yield _warning(path, item, "has no text: a patient would not know what it is about.", "incomplete")
        yield from _check_translations(survey, item, path)
        yield from _check_reading(survey, item, path)
        if isinstance(item, Question) and item.control == "slider" and None in {item.limits.min_value, item.limits.max_value}:
            yield _warning(path, item, "is a slider without minValue and maxValue; it is asked as a number to type.")


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of English words; 0 when there are too few to tell."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return 0.0
    sentences = max(1, len(_sentences(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def longest_sentence_words(text: str) -> int:
    """How many words the longest sentence has."""
    return max((len(_WORD.findall(sentence)) for sentence in _sentences(text)), default=0)


def _check_translations(survey: Survey, item: AnyItem | None, path: str) -> Iterator[Fault]:
    wordings = [(name, wording) for name, wording in _wordings_of(survey, item) if _is_words(wording.text)]
    for tag in survey.languages[1:]:
        without = [name for name, wording in wordings if not _is_in(wording, tag)]
        if without:
            more = f" and {len(without) - 3} more" if len(without) > 3 else ""
            words = f"is not translated into {tag}: {', '.join(without[:3])}{more}."
            yield _warning(path, item, words, "incomplete")


def _wordings_of(survey: Survey, item: AnyItem | None) -> Iterator[tuple[str, Wording]]:
    if item is None:
        yield "title", survey.title
    elif not item.hidden:
        yield "text", item.text
        if isinstance(item, Question):
            yield "entryFormat", item.entry_format
            yield from (_option_name(option) for option in item.options)


def _option_name(option: Option) -> tuple[str, Wording]:
    return f'option "{option.wording.text[:40]}"', option.wording


def _is_in(wording: Wording, tag: str) -> bool:
    return tag in {known for known, _ in wording.translations} or tag.partition("-")[0] in {
        known for known, _ in wording.translations
    }


def _is_words(text: str) -> bool:
    """Whether there is something to translate: numbers read the same everywhere."""
    return any(character.isalpha() for character in text)


def _check_reading(survey: Survey, item: AnyItem, path: str) -> Iterator[Fault]:
    easy = [wording for wording in _easy_wordings(item) if wording]
    if item.hidden:
        return
    if not _has_fixed_words(item):
        yield from _hard_words(item, path, _english(survey, item.text))
    elif easy:
        yield _warning(path, item, "has easy-read words, but nobody may change what the Friends and Family question says.")
    for wording in easy:
        yield from _hard_words(item, path, _english(survey, wording), "easy-read words with ")


def _easy_wordings(item: AnyItem) -> Iterator[Wording]:
    yield item.easy
    if isinstance(item, Question):
        yield from (option.easy for option in item.options)


def _english(survey: Survey, wording: Wording) -> str:
    is_own = survey.language.partition("-")[0] == "en"
    return (wording.text if is_own else dict(wording.translations).get("en", ""))[:_LOOKED_AT]


def _hard_words(item: AnyItem, path: str, english: str, which: str = "") -> Iterator[Fault]:
    words, grade = longest_sentence_words(english), reading_grade(english)
    if words > SENTENCE_LIMIT_WORDS:
        said = f"has {which}a sentence of {words} words; {SENTENCE_LIMIT_WORDS} is the most that reads easily."
        yield _warning(path, item, said)
    elif grade > GRADE_LIMIT:
        is_hard = "has easy-read words that are" if which else "is"
        said = f"{is_hard} hard to read: school grade {grade:.0f} (Flesch-Kincaid), and {GRADE_LIMIT:.0f} is the aim."
        yield _warning(path, item, said)


def _has_fixed_words(item: AnyItem) -> bool:
    """The Friends and Family question, which nobody may put more plainly (S102)."""
    return any((code.system, code.code) == ("urn:feedback-kiosk:measure", "fft") for code in item.codes)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence)]


def _syllables(word: str) -> int:
    plain = word.lower().strip("'’")
    if not plain.isascii() or not plain.isalpha():
        return 1
    return max(1, len(_VOWELS.findall(_SILENT.sub("", plain) or plain)))


def item_paths(survey: Survey) -> dict[str, str]:
    """The FHIR path of each item, by linkId, in a questionnaire that was read whole."""
    found: dict[str, str] = {}
    waiting: list[tuple[str, tuple[AnyItem, ...]]] = [("Questionnaire", survey.items)]
    while waiting:
        above, items = waiting.pop()
        for index, item in enumerate(items):
            found[item.link_id] = f"{above}.item[{index}]"
            waiting.append((found[item.link_id], item.items))
    return found


def _warning(path: str, item: AnyItem | None, predicate: str, code: str = "informational") -> Fault:
    subject = f'Item "{item.link_id}"' if item else "The questionnaire"
    return Fault(path, item.link_id if item else "", "warning", code, f"{subject} {predicate}")
