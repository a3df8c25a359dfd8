"""What in a person's own words may point at a person: names, numbers, addresses, dates of birth (S157). Pure.

A help for the staff who read, and no more. It finds what has a form: a number with a right check digit, an address with an @,
a name that follows a title or "my name is", two words with capitals. It does not find a lone first name, a name in a script
without capitals that follows no title, a nickname, or a person who is described. So nothing is ever published because nothing
was found: somebody has read it first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sync.hub.words import names


class Kind(StrEnum):
    """What it may be, in the order in which one place is decided between two."""

    EMAIL = "email"
    NHS_NUMBER = "nhs-number"
    BIRTH = "date-of-birth"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"


IN_WORDS: Final = {
    Kind.NAME: "a name",
    Kind.PHONE: "a phone number",
    Kind.EMAIL: "an email address",
    Kind.POSTCODE: "a postcode",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.BIRTH: "a date of birth",
}


@dataclass(frozen=True, slots=True, order=True)
class Caution:
    """What the text may hold from `start` up to `end`."""

    start: int
    end: int
    kind: Kind


EMAIL: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
NUMBER: Final = re.compile(r"(?<![\w+])(?:\+|\(\+?)?\d(?:[ \t()./-]{0,2}\d){8,17}(?!\w)")
TEN_DIGITS: Final = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ \t]{0,2}\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
ORDINAL: Final = re.compile(r"\d(?:st|nd|rd|th)$")
DATE: Final = re.compile(
    r"(?<!\d)(?:\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},? \d{4}\b",
    re.IGNORECASE,
)
YEAR: Final = re.compile(r"\d{4}")
LATEST_BIRTH_WITHOUT_A_WORD: Final = 2015
"""A whole date up to this year is hardly that of a visit; a later one is a date of birth where a word says so."""
BORN: Final = re.compile(
    r"\b(?:born|birth|dob|d\.o\.b|birthday|geni|urodz\w*|născut\w*|nascut\w*|naștere|nascid\w*|nascimento|nacid\w*|nacimiento"
    r"|née?|naissance|nat[oa]|nascita)\b|پیدائش|پیدا|ولادة|ميلاد|مولود|जन्म|জন্ম|ਜਨਮ|જન્મ|பிறந்த|出生|生日",
    re.IGNORECASE,
)
NEAR: Final = 40
"""So many signs before a date a word like "born" may stand."""


def found(text: str) -> tuple[Caution, ...]:
    """Everything in `text` that may point at a person, from its beginning to its end; no two overlap."""
    plain = _with_plain_digits(text)
    all_found = [*_emails(plain), *_numbers(plain), *_dates(plain), *_postcodes(plain), *_names(text)]
    return tuple(sorted(_without_overlaps(all_found, len(text))))


def codes(warnings: Iterable[Caution]) -> str:
    """Each kind once, as models.Comment keeps them."""
    kinds = {warning.kind for warning in warnings}
    return " ".join(kind for kind in Kind if kind in kinds)


def in_words(codes: str) -> list[str]:
    """The kinds as a person reads them; an unknown one as it is."""
    return [IN_WORDS[Kind(code)] if code in set(Kind) else code for code in codes.split()]


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end with the right check digit: modulus 11, weights 10 to 2 (NHS Data Dictionary, NHS NUMBER)."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[9])


def _with_plain_digits(text: str) -> str:
    """The same text, sign by sign, with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign for sign in text)


def _emails(text: str) -> Iterator[Caution]:
    return (Caution(*hit.span(), Kind.EMAIL) for hit in EMAIL.finditer(text))


def _numbers(text: str) -> Iterator[Caution]:
    for hit in TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", hit.group())):
            yield Caution(*hit.span(), Kind.NHS_NUMBER)
    for hit in NUMBER.finditer(text):
        digits = re.sub(r"\D", "", hit.group())
        if len(digits) <= 15 and (digits[0] == "0" or "+" in hit.group() or len(digits) >= 10):
            yield Caution(*hit.span(), Kind.PHONE)


def _dates(text: str) -> Iterator[Caution]:
    for hit in DATE.finditer(text):
        year = YEAR.search(hit.group())
        old = year is not None and 1900 <= int(year.group()) <= LATEST_BIRTH_WITHOUT_A_WORD
        if old or BORN.search(text, max(0, hit.start() - NEAR), hit.start()):
            yield Caution(*hit.span(), Kind.BIRTH)


def _postcodes(text: str) -> Iterator[Caution]:
    for hit in POSTCODE.finditer(text):
        if not ORDINAL.search(hit.group()):
            yield Caution(*hit.span(), Kind.POSTCODE)


def _names(text: str) -> Iterator[Caution]:
    return (Caution(start, end, Kind.NAME) for start, end in names.found(text))


def _without_overlaps(all_found: list[Caution], length: int) -> Iterator[Caution]:
    """Where two overlap, the kind that comes first in Kind stays; of one kind the longer."""
    order, covered = list(Kind), bytearray(length)
    for one in sorted(all_found, key=lambda one: (order.index(one.kind), one.start - one.end, one.start)):
        if not any(covered[one.start : one.end]):
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
            yield one
