"""What pinyin stands for, as data: every character of daily life, and the words that people use of their care (S113)."""

from __future__ import annotations

import json
from typing import Any

from kiosk import ASSETS

CANDIDATES = {path.name: path for path in sorted((ASSETS / "keyboards" / "candidates").glob("*.json"))}
LETTERS = set("abcdefghijklmnopqrstuvwxyz")
SPOKEN_OF = """
医院 医生 护士 等待 等候 时间 谢谢 您好 很好 非常好 不好 很慢 太久 帮助 问题 回答 解释 翻译 疼痛 手术 预约 干净 态度
满意 尊重 明白 清楚 孩子 妈妈 爸爸 停车 食物 房间 电话 英语 中文 隐私
"""


def candidates(tag: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CANDIDATES[f"{tag}-pinyin.json"].read_text(encoding="utf-8"))
    return found


def gb2312(first: int, last: int) -> set[str]:
    """The characters of these rows of GB 2312-80."""
    pairs = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return {one for pair in pairs if (one := pair.decode("gb2312", errors="ignore"))}


def test_every_file_of_candidates_belongs_to_a_keyboard() -> None:
    layouts = [json.loads(path.read_text(encoding="utf-8")) for path in (ASSETS / "keyboards").glob("*.json")]
    assert {layout["candidates"] for layout in layouts if "candidates" in layout} == set(CANDIDATES)


def test_every_chinese_character_of_daily_life_can_be_written() -> None:
    """GB 2312-80, level 1: 3,755 characters, which are more than 99 in 100 of those in a newspaper; and level 2."""
    written = {one for every in candidates("zh")["syllables"].values() for one in every}
    assert len(gb2312(0xB0, 0xD7)) == 3755
    assert gb2312(0xB0, 0xD7) - written == set()
    assert gb2312(0xD8, 0xF7) - written == set()


def test_what_people_say_of_their_care_is_there_as_words() -> None:
    found = candidates("zh")
    words = {word for every in found["words"].values() for word in every}
    assert len(words) > 500
    assert [word for word in SPOKEN_OF.split() if word not in words] == []
    assert max(map(len, words)) <= 6


def test_syllables_and_words_are_spelt_with_the_letters_of_the_board() -> None:
    found = candidates("zh")
    assert {letter for sound in (*found["syllables"], *found["words"]) for letter in sound.replace(" ", "")} <= LETTERS
    spelt = {syllable for sound in found["words"] for syllable in sound.split()}
    assert spelt - set(found["syllables"]) == set()


def test_every_word_has_as_many_syllables_as_characters_and_each_is_a_reading_of_its_character() -> None:
    found = candidates("zh")
    pairs = [(sound.split(), word) for sound, every in found["words"].items() for word in every]
    assert [(sounds, word) for sounds, word in pairs if len(sounds) != len(word)] == []
    read = [(sound, one) for sounds, word in pairs for sound, one in zip(sounds, word, strict=True)]
    assert [(sound, one) for sound, one in read if one not in found["syllables"][sound]] == []


def test_the_most_common_character_of_a_syllable_stands_first() -> None:
    found = candidates("zh")
    assert len(set(found["commonest"])) == len(found["commonest"]) > 600
    first = {sound: every[0] for sound, every in found["syllables"].items()}
    wanted = {"de": "的", "shi": "是", "wo": "我", "ta": "他", "hen": "很", "hao": "好", "yi": "一", "xie": "些", "teng": "疼"}
    assert {sound: first[sound] for sound in wanted} == wanted


def test_no_candidate_stands_twice_at_its_syllable() -> None:
    assert [sound for sound, every in candidates("zh")["syllables"].items() if len(set(every)) != len(every)] == []
