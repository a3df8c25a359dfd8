"""``kiosk hub staff``: accounts with a role and sites, and a way back in for who is locked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hub_people import PASSWORD
from tests.test_hub_command import run


def add(data: Path, name: str, *words: str) -> tuple[int, str]:
    ended = run("staff", "add", name, "--password-stdin", "--data", str(data), *words, said=PASSWORD + "\n")
    return ended.returncode, (ended.stdout + ended.stderr).strip()


def test_an_account_is_made_with_its_role_and_sites(tmp_path: Path) -> None:
    """S161. The first is an administrator unless it is said otherwise; a site must be there."""
    run("device", "add", "--site", "Ward 7", "--data", str(tmp_path))
    assert add(tmp_path, "reader", "--role", "viewer") == (0, "reader can sign in now, as viewer.")
    assert add(tmp_path, "ada", "--administrator") == (0, "ada can sign in now, as administrator.")
    assert add(tmp_path, "ben", "--role", "site-manager", "--site", "Ward 7") == (0, "ben can sign in now, as site manager.")
    assert add(tmp_path, "zed") == (0, "zed can sign in now, as viewer.")
    assert add(tmp_path, "eve", "--role", "site-manager") == (1, "Choose at least one site for a site manager.")
    assert add(tmp_path, "eve", "--site", "Ward 8") == (1, "There is no site named Ward 8.")
    assert add(tmp_path, "two words") == (1, "A name has letters, digits and @ . + - _ only, and no spaces.")


def test_who_is_locked_out_gets_a_new_password_and_no_second_step(tmp_path: Path) -> None:
    """S161."""
    add(tmp_path, "ada")
    ended = run("staff", "reset", "Ada", "--password-stdin", "--data", str(tmp_path), said="three calm words here\n")
    assert ended.stdout == "ada can sign in with the new password, and sets up a second step then.\n"


@pytest.mark.parametrize(
    ("name", "password", "sentence"), [("eve", PASSWORD, "no account named eve"), ("ada", "short", "too short")]
)
def test_a_reset_that_cannot_be_is_said_in_words(tmp_path: Path, name: str, password: str, sentence: str) -> None:
    """S161."""
    add(tmp_path, "ada")
    ended = run("staff", "reset", name, "--password-stdin", "--data", str(tmp_path), said=password + "\n")
    assert (ended.returncode, sentence in ended.stderr) == (1, True)


def test_a_file_of_a_sign_in_service_with_a_fault_stops_the_start_in_words(tmp_path: Path) -> None:
    """S161."""
    ended = run("serve", "--data", str(tmp_path), "--port", "0", "--oidc", str(tmp_path / "none.toml"))
    assert (ended.returncode, "Check --oidc." in ended.stderr) == (1, True)
