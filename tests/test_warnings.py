"""Warnings: what in a person's words may point at a person, and what is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from sync.hub.words import warnings
from sync.hub.words.warnings import Kind


def found(text: str) -> list[tuple[str, str]]:
    return [(caution.kind.value, text[caution.start : caution.end]) for caution in warnings.found(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr Patel was kind", "Dr Patel"),
        ("Dr. Patel was kind", "Dr. Patel"),
        ("Nurse Anna Maria helped me", "Nurse Anna Maria"),
        ("the nurse Anna", "nurse Anna"),
        ("My name is John", "John"),
        ("a man called Tom was rude", "Tom"),
        ("Thank you Anna", "Anna"),
        ("I saw Aisha Begum at the desk", "Aisha Begum"),
        ("Diolch i Nyrs Bethan", "Nyrs Bethan"),
        ("Fy enw i yw Rhys", "Rhys"),
        ("Pani Kowalska była miła", "Pani Kowalska"),
        ("Nazywam się Jan", "Jan"),
        ("Doamna Popescu a fost bună", "Doamna Popescu"),
        ("Señora García fue amable", "Señora García"),
        ("A enfermeira Joana ajudou", "enfermeira Joana"),
        ("Dhakhtar Axmed wuu fiicnaa", "Dhakhtar Axmed"),
        ("лікар Шевченко допоміг", "лікар Шевченко"),
        ("الدكتور أحمد لطيف", "الدكتور أحمد"),
        ("ڈاکٹر احمد بہت اچھے تھے", "ڈاکٹر احمد"),
        ("احمد صاحب اچھے تھے", "احمد صاحب"),
        ("ਡਾ ਸਿੰਘ ਚੰਗੇ ਸਨ", "ਡਾ ਸਿੰਘ"),
        ("ডাঃ রহমান ভালো", "ডাঃ রহমান"),
        ("ડૉ પટેલ સારા હતા", "ડૉ પટેલ"),
        ("王医生很好", "王医生"),
    ],
)
def test_a_name_after_a_title_or_an_introduction_is_found_in_fourteen_languages(text: str, name: str) -> None:
    """S157: free text may identify staff or patients."""
    assert found(text) == [("name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "The doctor was kind and the nurse listened.",
        "Very good. Thank you NHS",
        "VERY GOOD STAFF AND CLEAN WARD",
        "We came on Monday. Reception was closed in December.",
        "I waited in Accident and Emergency.",
        "Room a1 2nd floor was cold",
        "We waited 2 hours 30 minutes in 2026, bed 12, at 10.30 on 12/05/2026",
        "ڈاکٹر نے مدد کی",
        "这位医生很好",
        "",
    ],
)
def test_ordinary_words_and_figures_are_left_in_peace(text: str) -> None:
    """S157: a page full of false warnings is read by nobody."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring 07700 900123 today", ("phone", "07700 900123")),
        ("ring (020) 7946-0018.", ("phone", "(020) 7946-0018")),
        ("+44 20 7946 0018", ("phone", "+44 20 7946 0018")),
        ("٠٧٧٠٠٩٠٠١٢٣ اتصل", ("phone", "٠٧٧٠٠٩٠٠١٢٣")),
        ("write to a.b-c@mail.example.org.", ("email", "a.b-c@mail.example.org")),
        ("I live at SW1A 1AA", ("postcode", "SW1A 1AA")),
        ("near cf103at", ("postcode", "cf103at")),
        ("my number is 943 476 5919", ("nhs-number", "943 476 5919")),
        ("943-476-5919", ("nhs-number", "943-476-5919")),
        ("born 12/03/2019", ("date-of-birth", "12/03/2019")),
        ("12 March 1954", ("date-of-birth", "12 March 1954")),
        ("DOB: 1.2.54", ("date-of-birth", "1.2.54")),
        ("data urodzenia, urodzony 2019-03-12", ("date-of-birth", "2019-03-12")),
    ],
)
def test_numbers_and_addresses_that_lead_to_somebody_are_found(text: str, expected: tuple[str, str]) -> None:
    """S156, S157."""
    assert found(text) == [expected]


def with_check_digit(nine: str) -> str:
    """The NHS number that begins with these nine digits; "" where there is none. Worked out anew, by another way of adding."""
    total = sum((10 - position) * int(digit) for position, digit in enumerate(nine))
    check = (-total) % 11
    return "" if check == 10 else nine + str(check)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_number_with_its_right_check_digit_is_an_nhs_number_and_with_any_other_is_not(nine: str) -> None:
    """S156: modulus 11 with weights 10 to 2."""
    right = with_check_digit(nine)
    for last in "0123456789":
        number = nine + last
        assert warnings.is_nhs_number(number) == (number == right and len(set(number)) > 1)


@pytest.mark.parametrize(
    ("number", "right"), [("9434765919", True), ("9434765918", False), ("943476591", False), ("٩٤٣٤٧٦٥٩١٩", False)]
)
def test_known_nhs_numbers(number: str, right: bool) -> None:
    """S156: 943 476 5919 is the example of the NHS Data Dictionary."""
    assert warnings.is_nhs_number(number) is right


@given(st.text(max_size=200))
def test_whatever_is_written_cautions_lie_inside_it_in_order_and_apart(text: str) -> None:
    """S157: what is marked is what is taken out."""
    cautions = warnings.found(text)
    ends = [0, *(caution.end for caution in cautions)]
    assert all(start <= caution.start < caution.end <= len(text) for start, caution in zip(ends, cautions, strict=False))


def test_kinds_are_kept_as_codes_and_read_as_words() -> None:
    """S157: shown in words, never by colour alone."""
    codes = warnings.codes(warnings.found("Dr Patel, 07700 900123, Nurse Anna"))
    assert codes == "phone name"
    assert warnings.in_words(codes) == ["a phone number", "a name"]
    assert len(" ".join(Kind)) <= 60  # what the table holds
