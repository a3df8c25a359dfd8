"""How one hub is set up: a frozen value, and what it means for the disk and the database."""

from __future__ import annotations

import importlib.util
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sync.hub.errors import DatabaseUnusable, DataUnusable

SQLITE_WAIT_SECONDS = 30
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
"""FULL: what a device was told is stored must outlive a power cut."""

NEW_KEY = (
    "Delete it and start again; everyone must then sign in again, and needs a new second step: "
    "run 'kiosk hub staff reset NAME' for each."
)


@dataclass(frozen=True, slots=True)
class HubConfig:
    """`database` is a ``postgresql://`` address; without it the answers are in SQLite under `data`.

    `public_url` is the address devices and staff use when a proxy stands in front; https there switches secure cookies on.
    `log` is ``plain``, or ``json`` with a line for each request.
    """

    data: Path
    database: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    log: str = "plain"
    second_step: str = "not-viewers"
    """Who must sign in with a second step: all but viewers, or ``everyone``."""
    oidc: Path | None = None
    """The file that names a sign-in service (:mod:`sync.hub.people.oidc`)."""

    mail: str = ""
    """The mail server, such as ``smtp+starttls://user:password@host:587`` (see ``running.mail``); none, and no mail is sent."""
    mail_from: str = ""

    @property
    def sqlite_file(self) -> Path:
        return self.data / "hub.sqlite3"

    @property
    def behind_https(self) -> bool:
        return self.public_url.startswith("https://")


def make_data_directory(config: HubConfig) -> None:
    """The data directory, for its owner alone. Raises DataUnusable."""
    try:
        config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise DataUnusable(
            f"The hub cannot keep its data in {config.data}: {problem.strerror}. Choose another place with --data."
        ) from problem
    if not os.access(config.data, os.W_OK | os.X_OK):
        raise DataUnusable(f"The hub may not write in {config.data}. Change its owner, or choose another place with --data.")


def secret_key(config: HubConfig) -> str:
    """The key that signs sessions; made at the first start, readable by its owner alone. Raises DataUnusable."""
    file = config.data / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(file)
    except OSError as problem:
        raise DataUnusable(f"The hub cannot write {file}: {problem.strerror}.") from problem
    key = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key)
    return key


def _read_key(file: Path) -> str:
    try:
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise DataUnusable(f"The hub cannot read {file}. {NEW_KEY}") from problem
    if len(key) < 40:
        raise DataUnusable(f"The key in {file} is too short. {NEW_KEY}")
    return key


def databases(config: HubConfig) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Raises DatabaseUnusable."""
    return {"default": _postgresql(config.database) if config.database else _sqlite(config.sqlite_file)}


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a writer waits for its turn at the start, and never fails half way with "database is locked".
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": SQLITE_WAIT_SECONDS, "init_command": SQLITE_PRAGMAS},
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise DatabaseUnusable("The database address must look like postgresql://user:password@host:5432/name.")
    if importlib.util.find_spec("psycopg") is None:
        raise DatabaseUnusable("PostgreSQL needs one more package. Install it with: pip install 'psycopg[binary]'")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
