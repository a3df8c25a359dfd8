"""Whole files under lock: an answers file that broke before answers were encrypted is set aside in no other form (S159)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from sync.files import fsync_folder
from sync.vault import Sealed, Vault

SUFFIX: Final = ".sealed"
CHUNK_BYTES: Final = 1_000_000
NAME_BYTES: Final = 16
LENGTH_BYTES: Final = 4


def seal_file(path: Path, vault: Vault) -> Path:
    """Encrypt the file into one beside it, then overwrite and delete it; the new path. OSError.

    A power cut leaves the old one, or both, or the new one, and the next start goes on.
    """
    target, draft = path.with_name(path.name + SUFFIX), path.with_name(f".{path.name}.new")
    try:
        _write_sealed(path, draft, vault)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    fsync_folder(path.parent)
    _overwrite(path)
    path.unlink()
    return target


def _write_sealed(path: Path, draft: Path, vault: Vault) -> None:
    with path.open("rb") as plain, os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for label, chunk in _labelled(path.name, plain):
            sealed = vault.seal(label, chunk)
            file.write(sealed.key.encode() + len(sealed.document).to_bytes(LENGTH_BYTES, "big") + sealed.document)
        file.flush()
        os.fsync(file.fileno())


def where_it_is(path: Path) -> Path:
    """The file itself, or what it was sealed into."""
    sealed = path.with_name(path.name + SUFFIX)
    return sealed if sealed.exists() else path


def unsealed(path: Path, vault: Vault) -> Iterator[bytes]:
    """The file as it was, piece by piece. ValueError when its key is not here, or when it is not whole."""
    name = path.name.removesuffix(SUFFIX)
    with path.open("rb") as file:
        number = 0
        while key := file.read(NAME_BYTES):
            document = file.read(int.from_bytes(file.read(LENGTH_BYTES), "big"))
            is_last = not file.peek(1)
            chunk = vault.open(_label(name, number, is_last=is_last), Sealed(key.decode(), document))
            if chunk is None:
                raise ValueError(f"{path} cannot be opened: its key is not on this computer, or it was altered.")
            yield chunk
            number += 1


def _labelled(name: str, file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Each piece with what it is bound to: the file, its place in it, and whether it is the last."""
    number, chunk = 0, file.read(CHUNK_BYTES)
    while chunk:
        following = file.read(CHUNK_BYTES)
        yield _label(name, number, is_last=not following), chunk
        number, chunk = number + 1, following


def _label(name: str, number: int, *, is_last: bool) -> str:
    return f"file {name} {number}{' last' if is_last else ''}"


def _overwrite(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, CHUNK_BYTES))) or 0
        os.fsync(file.fileno())
