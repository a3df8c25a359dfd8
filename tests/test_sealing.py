"""A whole file under lock: it comes back as it was, or not at all."""

from pathlib import Path

import pytest

from sync import sealing
from sync.keys import Keys
from sync.sealing import CHUNK_BYTES, seal_file, unsealed
from sync.vault import Vault

WORDS = b"my sore knee "


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(Keys(tmp_path / "answers.key"))


def written(folder: Path, size: int) -> Path:
    path = folder / "answers.broken-1.db"
    path.write_bytes((WORDS * (size // len(WORDS) + 1))[:size])
    return path


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_it_comes_back_as_it_was_and_the_plain_one_is_gone(tmp_path: Path, vault: Vault, size: int) -> None:
    """S159."""
    path = written(tmp_path, size)
    before = path.read_bytes()
    sealed = seal_file(path, vault)
    assert not path.exists()
    assert WORDS not in sealed.read_bytes()
    assert b"".join(unsealed(sealed, vault)) == before


@pytest.mark.parametrize("cut", [1, 20, CHUNK_BYTES])
def test_a_file_cut_short_is_not_taken_for_whole(tmp_path: Path, vault: Vault, cut: int) -> None:
    sealed = seal_file(written(tmp_path, 2 * CHUNK_BYTES), vault)
    content = sealed.read_bytes()
    sealed.write_bytes(content[: -(cut + 1)])
    with pytest.raises(ValueError, match="was altered"):
        list(unsealed(sealed, vault))


def test_pieces_cannot_change_places(tmp_path: Path, vault: Vault) -> None:
    """S159."""
    sealed = seal_file(written(tmp_path, 3 * CHUNK_BYTES), vault)
    content = sealed.read_bytes()
    piece = len(content) // 3
    sealed.write_bytes(content[piece : 2 * piece] + content[:piece] + content[2 * piece :])
    with pytest.raises(ValueError, match="was altered"):
        list(unsealed(sealed, vault))


def test_without_the_key_it_says_so(tmp_path: Path, vault: Vault) -> None:
    sealed = seal_file(written(tmp_path, 10), vault)
    (tmp_path / "other").mkdir()
    with pytest.raises(ValueError, match="its key is not on this computer"):
        list(unsealed(sealed, Vault(Keys(tmp_path / "other" / "answers.key"))))


def test_only_its_own_account_may_read_it(tmp_path: Path, vault: Vault) -> None:
    sealed = seal_file(written(tmp_path, 10), vault)
    assert sealed.stat().st_mode & 0o077 == 0
    assert sealing.where_it_is(tmp_path / "answers.broken-1.db") == sealed
