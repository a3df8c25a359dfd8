"""Answers at rest cannot be read, moved or altered without the key."""

from pathlib import Path

import pytest

from sync.keys import Keys
from sync.vault import NONCE_BYTES, VERSION, Sealed, Vault

WORDS = b"my sore knee"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(Keys(tmp_path / "answers.key"))


def test_what_was_sealed_opens_as_it_was_and_shows_none_of_its_words(vault: Vault) -> None:
    """S159."""
    sealed = vault.seal("id-1", WORDS)
    assert vault.open("id-1", sealed) == WORDS
    assert b"knee" not in sealed.document
    assert sealed.document[:1] == VERSION


def test_the_same_words_sealed_twice_look_different_each_time(vault: Vault) -> None:
    """A fresh nonce for each document: nobody can tell that two people said the same. S159."""
    first, second = (vault.seal("id-1", WORDS).document for _ in range(2))
    assert first[1 : 1 + NONCE_BYTES] != second[1 : 1 + NONCE_BYTES]
    assert first[1 + NONCE_BYTES :] != second[1 + NONCE_BYTES :]


def test_a_text_moved_into_another_response_does_not_open(vault: Vault) -> None:
    """S159."""
    assert vault.open("id-2", vault.seal("id-1", WORDS)) is None


@pytest.mark.parametrize("place", [0, 1, 1 + NONCE_BYTES, -1])
def test_a_changed_byte_anywhere_does_not_open(vault: Vault, place: int) -> None:
    """S159."""
    sealed = vault.seal("id-1", WORDS)
    altered = bytearray(sealed.document)
    altered[place] ^= 1
    assert vault.open("id-1", Sealed(sealed.key, bytes(altered))) is None


@pytest.mark.parametrize("remains", [0, 1, 5, 20])
def test_a_text_that_was_cut_short_does_not_open(vault: Vault, remains: int) -> None:
    sealed = vault.seal("id-1", WORDS)
    assert vault.open("id-1", Sealed(sealed.key, sealed.document[:remains])) is None


def test_another_devices_key_opens_nothing(vault: Vault, tmp_path: Path) -> None:
    """S159."""
    (tmp_path / "other").mkdir()
    other = Vault(Keys(tmp_path / "other" / "answers.key"))
    sealed = vault.seal("id-1", WORDS)
    assert other.open("id-1", sealed) is None
    assert other.open("id-1", Sealed(other.keys.current().name, sealed.document)) is None


def test_neither_keys_nor_sealed_texts_show_in_a_repr(vault: Vault) -> None:
    """S159."""
    key = vault.keys.current()
    assert repr(key.secret) not in f"{key!r} {vault.keys!r}"
    assert "document" not in repr(vault.seal("id-1", WORDS))
