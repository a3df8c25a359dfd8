"""What can be wrong with an answer, as a value without words."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.survey import Value


class ProblemKind(StrEnum):
    """What is wrong. The comment after each says what :attr:`Problem.limit` then holds."""

    NEEDED = "needed"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NO_SUCH_DATE = "no-such-date"
    NO_SUCH_TIME = "no-such-time"
    NOT_A_WEB_ADDRESS = "not-a-web-address"
    TOO_SMALL = "too-small"  # the least value, a number, quantity, date or time
    TOO_LARGE = "too-large"  # the greatest value
    TOO_SHORT = "too-short"  # characters
    TOO_LONG = "too-long"  # characters
    WRONG_FORM = "wrong-form"  # None: see the question's entry_format
    TOO_MANY_DECIMALS = "too-many-decimals"  # digits after the point
    TOO_FEW = "too-few"  # how many answers at least
    TOO_MANY = "too-many"  # how many answers at most
    NOT_AN_OPTION = "not-an-option"
    NOT_TOGETHER = "not-together"  # the option that excludes all others
    OFF_STEP = "off-step"  # the slider's step


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer will not do, and the bound it broke where there is one."""

    kind: ProblemKind
    limit: Value | None = None
