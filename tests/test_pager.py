"""Pages end between whole pieces, and every piece is on one of them."""

from ui.pager import pages_of


def test_what_fits_is_one_page() -> None:
    assert pages_of([(0, 40), (50, 90)], 100) == [(0, 90)]


def test_a_piece_that_does_not_fit_starts_the_next_page() -> None:
    assert pages_of([(0, 40), (50, 90), (100, 140)], 100) == [(0, 90), (100, 140)]


def test_a_piece_higher_than_the_page_has_its_own() -> None:
    assert pages_of([(0, 40), (50, 250), (260, 300)], 100) == [(0, 40), (50, 250), (260, 300)]


def test_nothing_is_one_empty_page() -> None:
    assert pages_of([], 100) == [(0, 100)]
