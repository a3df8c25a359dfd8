"""Mistakes become sentences: a command never shows a traceback for something its user can put right."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def in_sentences(command: Callable[P, R]) -> Callable[P, R]:
    """`command`, with the product's own errors printed on stderr (exit 1) and its log as sentences there."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from kiosk.settings import SettingsFault
        from sync.errors import SyncError

        logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
        try:
            return command(*args, **kwargs)
        except (SettingsFault, SyncError) as error:
            click.echo(str(error), err=True)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}. Check the place and who may write there.", err=True)
        sys.exit(1)

    return wrapped
