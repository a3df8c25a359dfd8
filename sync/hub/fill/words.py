"""What invented people write. Sentences and names are made up; telephone and NHS numbers are from ranges kept free for that."""

from __future__ import annotations

from random import Random
from typing import Final

NHS_TEST_RANGE: Final = "999"
NHS_WEIGHTS: Final = range(10, 1, -1)
EVERY_NAMED: Final = 0.04
EVERY_TRACE: Final = 0.015
"""How often somebody leaves a telephone number, an address or an NHS number behind."""

WHO: Final = ("nurse", "doctor", "receptionist", "midwife", "pharmacist", "physio", "care assistant", "student doctor")
WHERE: Final = ("waiting room", "front desk", "car park", "clinic", "ward", "corridor", "treatment room")
WAIT: Final = ("ten minutes", "half an hour", "forty minutes", "an hour", "nearly two hours", "the whole morning")
FIRST: Final = ("Asha", "Tom", "Bronwen", "Idris", "Mina", "Carys", "Owain", "Nadia", "Piotr", "Leila", "Gwen", "Samir")
LAST: Final = ("Varley", "Ellery", "Quill", "Tremlett", "Osgarth", "Penhale", "Marwick", "Dunbrook", "Callis", "Harrowby")
TITLES: Final = ("Dr", "Nurse", "Sister", "Mr", "Mrs", "Ms")

GOOD: Final = (
    "The {who} was very kind to me.",
    "The {who} listened and did not rush me.",
    "Everything was explained in words I could follow.",
    "I was seen on time and felt safe.",
    "The {who} made me feel at ease from the start.",
    "I only had to wait {wait}, which was fine.",
    "The {where} was clean and calm.",
    "Staff were friendly and answered all my questions.",
    "They took my worries seriously.",
    "My son was scared and the {who} was so patient with him.",
    "The {who} remembered me from last time.",
    "Could not have asked for better care.",
)
POOR: Final = (
    "I waited {wait} and nobody told me why.",
    "The {who} did not look at me once.",
    "I felt rushed and left with more questions.",
    "The {where} was too loud for me to hear my name.",
    "Nobody had read my notes.",
    "I asked for help in the {where} and was sent away.",
    "I was given two different answers by two people.",
    "The {who} spoke about me as if I was not there.",
    "It took {wait} to get through on the phone.",
    "There was nowhere to sit in the {where}.",
)
MIXED: Final = (
    "The {who} was good but I waited {wait}.",
    "It was all right. The {where} needs some care.",
    "Some staff were kind and some were not.",
    "I got what I came for in the end.",
    "Fine, but the forms were hard to read.",
)
BETTER: Final = (
    "More seats in the {where}, please.",
    "Tell people how long the wait will be.",
    "Larger print on the letters.",
    "A quiet place to wait would help me.",
    "Let us book by phone after work.",
    "Have the {who} ring back when they say they will.",
    "Signs in the {where} that are easy to follow.",
    "An interpreter who stays for the whole visit.",
    "Nothing, keep going as you are.",
    "Longer time with the {who}.",
    "Water to drink in the {where}.",
)
ENGLISH: Final = (POOR, MIXED, GOOD)
OTHER_LANGUAGES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "cy": (
        ("Roedd yr aros yn hir iawn.", "Doedd neb yn siarad Cymraeg â mi."),
        ("Roedd pawb yn garedig iawn.", "Diolch am eich gofal."),
    ),
    "pl": (
        ("Czekałam bardzo długo.", "Nikt mi nic nie wyjaśnił."),
        ("Wszyscy byli bardzo mili.", "Lekarz dobrze mi wszystko wyjaśnił."),
    ),
    "ro": (
        ("Am așteptat foarte mult.", "Nu am înțeles ce mi s-a spus."),
        ("Asistenta a fost foarte amabilă.", "Mulțumesc pentru ajutor."),
    ),
    "pt": (
        ("Esperei muito tempo.", "Ninguém me explicou nada."),
        ("A enfermeira foi muito simpática.", "Fui bem atendido, obrigado."),
    ),
    "es": (
        ("Esperé demasiado tiempo.", "No entendí lo que me dijeron."),
        ("El médico me escuchó con paciencia.", "Muy buena atención, gracias."),
    ),
    "ar": (("انتظرت وقتا طويلا.", "لم يكن هناك مترجم."), ("الممرضة كانت لطيفة جدا.", "شكرا لكم على العناية.")),
    "ur": (("مجھے بہت دیر انتظار کرنا پڑا۔", "کسی نے میری بات نہیں سنی۔"), ("سب لوگ بہت مہربان تھے۔", "آپ کی مدد کا شکریہ۔")),
    "pa": (("ਮੈਨੂੰ ਬਹੁਤ ਦੇਰ ਉਡੀਕ ਕਰਨੀ ਪਈ।",), ("ਸਾਰੇ ਬਹੁਤ ਚੰਗੇ ਸਨ।", "ਤੁਹਾਡਾ ਧੰਨਵਾਦ।")),
    "bn": (("আমাকে অনেকক্ষণ অপেক্ষা করতে হয়েছে।",), ("সবাই খুব ভালো ছিলেন।", "আপনাদের ধন্যবাদ।")),
    "gu": (("મારે ઘણી વાર રાહ જોવી પડી.",), ("બધા બહુ સારા હતા.", "તમારો આભાર.")),
    "so": (("Waqti dheer ayaan sugay.",), ("Dhammaan way wanaagsanaayeen.", "Waad mahadsan tihiin.")),
    "uk": (("Я довго чекала.", "Мені нічого не пояснили."), ("Усі були дуже добрі.", "Дякую за турботу.")),
    "zh": (("等了很久。", "没有人向我解释。"), ("护士很亲切。", "谢谢你们的照顾。")),
}


def why(chance: Random, language: str, mood: int) -> str:
    """Why somebody answered so. `mood`: 0 poor, 1 between, 2 good."""
    other = OTHER_LANGUAGES.get(language.partition("-")[0])
    if other:
        return chance.choice(other[1 if mood == 2 or (mood == 1 and chance.random() < 0.5) else 0])
    sentences = chance.sample(ENGLISH[mood], 1 if chance.random() < 0.6 else 2)
    return _filled(chance, " ".join(sentences)) + _left_behind(chance)


def better(chance: Random, language: str) -> str:
    """What somebody would have done better."""
    other = OTHER_LANGUAGES.get(language.partition("-")[0])
    return chance.choice(other[0]) if other else _filled(chance, chance.choice(BETTER)) + _left_behind(chance)


def _filled(chance: Random, text: str) -> str:
    return text.format(who=chance.choice(WHO), where=chance.choice(WHERE), wait=chance.choice(WAIT))


def _left_behind(chance: Random) -> str:
    """Now and then what should not stand there: a name, a number."""
    drawn = chance.random()
    if drawn < EVERY_NAMED:
        return f" It was {chance.choice(TITLES)} {_name(chance)}."
    if drawn < EVERY_NAMED + EVERY_TRACE:
        return " " + chance.choice((_telephone, _nhs_number, _mail))(chance)
    return ""


def _name(chance: Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def _telephone(chance: Random) -> str:
    """From the ranges that are kept free for stories."""
    start = chance.choice(("01632 960", "07700 900"))
    return f"Please ring me on {start}{chance.randrange(1000):03}."


def _mail(chance: Random) -> str:
    return f"Write to {chance.choice(FIRST).lower()}.{chance.choice(LAST).lower()}@example.org."


def _nhs_number(chance: Random) -> str:
    """With the right check digit, from the range that is given to nobody."""
    while True:
        nine = f"{NHS_TEST_RANGE}{chance.randrange(10**6):06}"
        check = -sum(int(digit) * weight for digit, weight in zip(nine, NHS_WEIGHTS, strict=True)) % 11
        if check < 10:
            return f"My NHS number is {nine[:3]} {nine[3:6]} {nine[6:]}{check}."
