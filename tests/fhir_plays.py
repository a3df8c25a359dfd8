"""Plays: what can happen to a batch on its way to the centre of `tests.fhir_centre`, and on the way back."""

from __future__ import annotations

import json

from tests.fhir_centre import Asked, Centre, Play, Told, fhir, problem


def commit_then_drop(centre: Centre, asked: Asked) -> Told:
    """The centre has it, and the reply is lost on the way."""
    centre.commit(asked)
    return Told(dropped=True)


def drop(_centre: Centre, _asked: Asked) -> Told:
    """The connection ends before anything happened."""
    return Told(dropped=True)


def portal(_centre: Centre, _asked: Asked) -> Told:
    """A Wi-Fi sign-in page, with 200."""
    return Told(body=b"<html><body>Welcome to Free Wi-Fi</body></html>", headers={"Content-Type": "text/html"})


def redirect(centre: Centre, _asked: Asked) -> Told:
    """Off to a sign-in page."""
    return Told(302, headers={"Location": f"{centre.url}/elsewhere"})


def one_entry_short(centre: Centre, asked: Asked) -> Told:
    """A batch-response that does not answer everything that was sent."""
    told = json.loads(centre.commit(asked).body)
    return fhir({**told, "entry": told["entry"][:-1]})


def says(status: int, words: str = "", **headers: str) -> Play:
    """The whole request is answered with an error."""

    def play(_centre: Centre, _asked: Asked) -> Told:
        told = problem(status, words)
        return Told(status, told.body, {**told.headers, **{name.replace("_", "-"): value for name, value in headers.items()}})

    return play


def at_most(entries: int, status: int = 413, words: str = "too large") -> Play:
    """Refuses batches with more entries."""
    return lambda centre, asked: problem(status, words) if len(asked.entries) > entries else centre.commit(asked)


def chokes_on(*ids: str, status: int = 400) -> Play:
    """Refuses a whole batch for one entry it does not like."""
    return lambda centre, asked: problem(status, "bad entry") if set(ids) & set(asked.ids) else centre.commit(asked)
