"""Which letters this device has: a font family for every language's script, from the fonts of the system."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont

LATIN_FAMILIES = ("Noto Sans", "Atkinson Hyperlegible Next", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
"""For Latin, Greek and Cyrillic letters, the wished for first. On Debian Noto, then what Windows and macOS bring."""

SCRIPT_FAMILIES = {
    "arabic": ("Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", "Geeza Pro"),
    "nastaliq": ("Noto Nastaliq Urdu", "Urdu Typesetting", "Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", "Geeza Pro"),
    "hebrew": ("Noto Sans Hebrew", "Segoe UI", "Arial Hebrew"),
    "devanagari": ("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari"),
    "gurmukhi": ("Noto Sans Gurmukhi", "Nirmala UI", "Gurmukhi MN"),
    "bengali": ("Noto Sans Bengali", "Nirmala UI", "Kohinoor Bangla"),
    "gujarati": ("Noto Sans Gujarati", "Nirmala UI", "Kohinoor Gujarati"),
    "tamil": ("Noto Sans Tamil", "Nirmala UI", "Tamil MN"),
    "ethiopic": ("Noto Sans Ethiopic", "Ebrima", "Kefa"),
    "chinese": ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei"),
}
"""Families for scripts that Latin fonts do not have, the wished for first."""

STEEP_WORDS = ("گئی", "لگتا", "نگہداشت", "مسلمان", "محسوس")
"""Words whose letters stand one above the other in Nastaliq."""

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_SCRIPTS: dict[str, tuple[str, str]] = {
    "ar": ("arabic", _ARABIC + "ةىءئؤأإآ"),
    "fa": ("arabic", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"),
    "ps": ("arabic", "ابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهیېۍ"),
    "ckb": ("arabic", "ابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ"),
    "ur": ("nastaliq", "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئ"),
    "he": ("hebrew", "אבגדהוזחטיכךלמםנןסעפףצץקרשת"),
    "yi": ("hebrew", "אבגדהוזחטיכךלמםנןסעפףצץקרשת"),
    "hi": ("devanagari", "अआइईउऊऋएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह"),
    "ne": ("devanagari", "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"),
    "pa": ("gurmukhi", "ੳਅੲਆਇਈਉਊਏਐਓਔਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜਸਹ਼ਾਿੀੁੂੇੈੋੌੰਂੱਃ੍੦੧੨੩੪੫੬੭੮੯।"),
    "bn": ("bengali", "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ়ািীুূৃেৈোৌৎংঃঁ্০১২৩৪৫৬৭৮৯।"),
    "gu": ("gujarati", "અઆઇઈઉઊઋઍએઐઑઓઔકખગઘઙચછજઝઞટઠડઢણતથદધનપફબભમયરલવશષસહળ઼ાિીુૂૃૅેૈૉોૌંઃઁ્૦૧૨૩૪૫૬૭૮૯"),
    "ta": ("tamil", "அஆஇஈஉஊஎஏஐஒஓஔகஙசஞடணதநபமயரலவழளறன"),
    "ti": ("ethiopic", "ሀለሐመሠረሰሸቀበተነአከወዐዘየደጀገጠጸፀፈፐ"),
    "am": ("ethiopic", "ሀለሐመሠረሰሸቀበተነአከወዐዘየደጀገጠጸፀፈፐ"),
    "zh": ("chinese", "的一是不了人我在有他这中大来上国看医生护士很好您吗谢照题请选择回答屏幕疗患族裔，。？！：、“”"),
    "yue": ("chinese", "的一是不了人我在有他這中大來上國看醫生護士很好"),
}
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_MORE_LETTERS = {
    "cy": "âêîôûŵŷÂÊÎÔÛŴŶ",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ro": "ăâîșțĂÂÎȘȚ",
    "pt": "áàâãçéêíóôõúÁÀÂÃÇÉÊÍÓÔÕÚ",
    "es": "áéíñóúüÁÉÍÑÓÚÜ¿¡",
    "so": "'’",
    "tr": "çğıöşüÇĞİÖŞÜ",
    "vi": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ",
    "lt": "ąčęėįšųūž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ’«»",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


def fonts_for(tag: str) -> tuple[str, ...]:
    """Font families for a language, its own script's first and a Latin one last: what :class:`ui.theme.Look` takes."""
    latin = latin_family()
    own = font_for_language_or_none(tag)
    return (latin,) if own in {None, latin} else (str(own), latin)


def font_for_language_or_none(tag: str) -> str | None:
    """The family that has every letter of the language, or None: such a language is not offered."""
    primary = tag.partition("-")[0].lower()
    script, letters = _SCRIPTS.get(primary, ("latin", _LATIN_LETTERS + _MORE_LETTERS.get(primary, "")))
    return _first_with(SCRIPT_FAMILIES.get(script, LATIN_FAMILIES), letters)


def latin_family() -> str:
    """The family for Latin letters, the system's own when none of ours is there."""
    return _first_with(LATIN_FAMILIES, _LATIN_LETTERS) or QFont().defaultFamily()


@lru_cache(maxsize=128)
def _first_with(families: tuple[str, ...], letters: str) -> str | None:
    return next((family for family in families if _is_usable(family, letters)), None)


def _is_usable(family: str, letters: str) -> bool:
    return QFontDatabase.hasFamily(family) and _has(family, letters) and _joins(family)


def _joins(family: str) -> bool:
    """Whether the letters of steep words stand where they belong.

    Seen: Qt's shaper throws the joined letters of an old Noto Nastaliq Urdu far above the line. Such words cannot be read.
    """
    font = QFont(family)
    font.setPixelSize(100)
    metrics = QFontMetricsF(font)
    boxes = [metrics.tightBoundingRect(word) for word in STEEP_WORDS]
    return all(-box.top() <= metrics.ascent() * 1.1 and box.bottom() <= metrics.descent() * 1.4 for box in boxes)


def _has(family: str, letters: str) -> bool:
    # A raw font, because QFontMetrics also answers for the fonts that stand in for this one.
    raw = QRawFont.fromFont(QFont(family))
    # By number: given a str, PySide6 6.12 looks for another character.
    return all(raw.supportsCharacter(ord(letter)) for letter in letters)
