"""Where a text may hold somebody's name. Pure, and made of lists: what they leave out is not found (see ``warnings``).

In scripts with capitals a name is a word with a capital after a title, after "my name is", after thanks, or beside another.
In scripts without, it is the word beside a title, unless that word is one of a short list that says something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES: Final = _set("""
    mr mrs ms miss mx dr doctor prof professor nurse sister matron midwife sir lady rev father auntie uncle
    receptionist consultant physio therapist paramedic surgeon
    nyrs meddyg bydwraig
    pan pani lek doktor pielęgniarka pielęgniarz lekarz położna
    dl dna d-na d-ra domnul doamna asistenta asistent doctorul doctorița
    sr sra srta señor señora don doña dra doctora enfermera enfermero
    senhor senhora dona doutor doutora enfermeira enfermeiro
    dhakhtar dhaktar dhakhtarad kalkaaliye kalkaaliso mudane marwo
    пан пані лікар лікарка доктор др медсестра медбрат професор
""")
"""English; Welsh; Polish; Romanian; Spanish; Portuguese; Somali; Ukrainian."""
TITLES_WITHOUT_CAPITALS: Final = _set("""
    د دكتور الدكتور دكتورة الدكتورة السيد السيدة الأستاذ الأستاذة الممرضة الممرض
    ڈاکٹر مسٹر مسز محترمہ محترم نرس جناب
    ਡਾ ਡਾਕਟਰ ਸ਼੍ਰੀ ਸ਼੍ਰੀਮਤੀ ਨਰਸ
    ডা ডাঃ ডাক্তার মিসেস মিস্টার জনাব নার্স ডঃ
    ડૉ ડો ડૉક્ટર ડોક્ટર શ્રી શ્રીમતી નર્સ
""")
"""Arabic; Urdu; Punjabi; Bengali; Gujarati."""
TITLES_AFTER: Final = _set("صاحب صاحبہ ਸਾਹਿਬ সাহেব આપા ભાઈ બેન")
NO_NAMES: Final = _set("""
    نے کو سے کا کی کے پر اور بہت تھے تھا تھی ہے ہیں میں نہیں بھی ہر ایک
    كان كانت في من على لم لا هنا التي الذي جيد جيدة لطيف لطيفة
    ਨੇ ਨੂੰ ਤੋਂ ਦਾ ਦੀ ਦੇ ਨਾਲ ਅਤੇ ਬਹੁਤ ਸੀ ਹੈ ਹਨ ਸਨ ਵੀ ਕੋਲ ਜੀ
    খুব এবং ও আমাকে ছিলেন ছিল আমার না ভালো খুবই সাহেব
    ને ના ની નું નો સાથે અને ખૂબ હતા હતી છે પણ પાસે બહુ
""")
INTRODUCTIONS: Final = re.compile(
    r"\b(?:(?:my|his|her|their|'s|the) name (?:is|was)|name's|names? (?:is|was)|called|named"
    r"|thanks to|thank you,? to|thank you|by|fy enw i yw|enw i yw|o'r enw"
    r"|nazywam się|mam na imię|imieniem|o nazwisku|mă numesc|numele meu este|pe nume"
    r"|me llamo|mi nombre es|se llama|llamad[oa]|gracias a|chamo-me|meu nome é|chamad[oa]|obrigad[oa] à?"
    r"|magacaygu waa|magaceedu waa|magaciisu waa|la yiraahdo|мене звати|мене звуть|моє ім'я|на ім'я|дякую)\s+",
    re.IGNORECASE,
)
INTRODUCTIONS_WITHOUT_CAPITALS: Final = re.compile(
    r"(?:اسمي|اسمها|اسمه|میرا نام|نام ہے|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|আমার নাম|નામ છે|મારું નામ)\s+([^\s.,،۔।!?؟]{2,30})"
)
CHINESE: Final = re.compile(
    "(?:我叫|名叫|名字是)[\u4e00-\u9fff]{2,3}|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蘇呂盧鍾譚陸葉蔣賈鄒閻龍賀顧龔萬錢嚴湯]"
    "[\u4e00-\u9fff]{0,2}?(?:医生|醫生|护士|護士|先生|女士|小姐|太太|医师|醫師|大夫|主任|教授)"
)
ORDINARY: Final = _set("""
    i i'm i've i'd i'll a an the and but or my our your his her this that these those it we you they he she is
    was are were very monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december christmas easter eid ramadan diwali hospital ward
    clinic surgery practice department centre center reception unit care health service services team staff
    accident emergency friends family test nhs general royal infirmary road street house medical good bad poor
    thank thanks you everyone everybody all no yes not please excellent great english welsh polish urdu arabic
    bengali chinese spanish romanian portuguese somali ukrainian punjabi gujarati british london wales england
    scotland united kingdom covid google facebook doctor doctors nurse nurses god allah day night new old
""")
WORD: Final = re.compile(r"[^\s,;:!?()\[\]{}\"…“”«»।॥،؛؟۔，。；：！？、/\\|<>*_=+~#]+")
EDGES: Final = ".'’‘-–"
LONGEST_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    ends_a_sentence: bool

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def found(text: str) -> Iterator[tuple[int, int]]:
    """Where each may stand: its first sign and the one after its last. They may overlap."""
    words = list(_words(text))
    at = {word.start: position for position, word in enumerate(words)}
    for position in range(len(words)):
        yield from _titled(text, words, position)
        yield from _side_by_side(text, words, position)
    for hit in INTRODUCTIONS.finditer(text):
        if (first := at.get(hit.end())) is not None and _may_be_one(words[first]):
            yield words[first].start, _run(text, words, first)
    for hit in INTRODUCTIONS_WITHOUT_CAPITALS.finditer(text):
        yield hit.span(1)
    for hit in CHINESE.finditer(text):
        yield hit.span()


def _words(text: str) -> Iterator[Word]:
    for hit in WORD.finditer(text):
        core = hit.group().strip(EDGES)
        if core:
            start = hit.start() + hit.group().index(core)
            yield Word(start, start + len(core), core, hit.group().endswith("."))


def _titled(text: str, words: list[Word], position: int) -> Iterator[tuple[int, int]]:
    """A title and what it stands before or after."""
    word, after = words[position], words[position + 1] if position + 1 < len(words) else None
    before = words[position - 1] if position else None
    if after and _together(text, word, after):
        if word.text.casefold() in TITLES and after.capital:
            yield word.start, _run(text, words, position + 1)
        if word.text in TITLES_WITHOUT_CAPITALS and after.text not in NO_NAMES:
            yield word.start, after.end
    if before and word.text in TITLES_AFTER and before.text not in TITLES_WITHOUT_CAPITALS | NO_NAMES:
        yield before.start, word.end


def _side_by_side(text: str, words: list[Word], position: int) -> Iterator[tuple[int, int]]:
    """Two or three words with capitals, none of which is an ordinary word or shouted."""
    first = words[position]
    after = words[position + 1] if position + 1 < len(words) else None
    if after and not first.ends_a_sentence and _together(text, first, after) and _may_be_one(first) and _may_be_one(after):
        yield first.start, _run(text, words, position)


def _may_be_one(word: Word) -> bool:
    return word.capital and not word.shouted and len(word.text) > 1 and word.text.casefold() not in ORDINARY


def _run(text: str, words: list[Word], first: int) -> int:
    """The end of the words with capitals from `first` on."""
    last = first
    while last + 1 < len(words) and last - first + 1 < LONGEST_RUN and not words[last].ends_a_sentence:
        if not _may_be_one(words[last + 1]) or not _together(text, words[last], words[last + 1]):
            break
        last += 1
    return words[last].end


def _together(text: str, word: Word, after: Word) -> bool:
    """Whether nothing but spaces and a full stop stands between them."""
    return text[word.end : after.start].strip(" .\t\u00a0\u2019'") == ""
