"""Reads the hub's figures as staff do: signs in over HTTP and asks for a survey's results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import requests

from kiosk.app.hub_process import Account, DemoFailed

TIMEOUT_SECONDS = 30
TOKEN_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def fetch_results(url: str, account: Account, slug: str) -> Mapping[str, Any]:
    """The results document of the survey `slug`. Raises DemoFailed when the hub does not let `account` in."""
    with requests.Session() as session:
        page = session.get(f"{url}/sign-in", timeout=TIMEOUT_SECONDS)
        token = TOKEN_FIELD.search(page.text)
        if not token:
            raise DemoFailed("The hub's sign-in page is not what was expected.")
        form = {"username": account.name, "password": account.password, "csrfmiddlewaretoken": token[1]}
        session.post(f"{url}/sign-in", data=form, headers={"Referer": f"{url}/sign-in"}, timeout=TIMEOUT_SECONDS)
        results = session.get(f"{url}/results/{slug}.json", timeout=TIMEOUT_SECONDS)
        if results.status_code != requests.codes.ok or "json" not in results.headers.get("Content-Type", ""):
            raise DemoFailed(f"The hub gave no results (HTTP {results.status_code}).")
        document: Mapping[str, Any] = results.json()
        return document


def counts_by_question(results: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """For each question (linkId) how often each answer (code) was given; answers nobody gave are left out."""
    return {
        question["link_id"]: {answer["code"]: answer["count"] for answer in question["answers"] if answer["count"]}
        for question in results["questions"]
    }
