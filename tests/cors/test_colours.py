"""Whatever an agency names: the pages can be read, or the portal refuses to start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as st

from cors import colours
from cors.colours import DARK_INK, DARK_SHEET, INK, ON_BAR, PAPER, SHEET, SIGNS, WORDS, contrast
from tests.sources import BASE_DIR

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Which shade or ground stands on which, and what it needs.
LIGHT = [
    ("teal", PAPER, WORDS),
    ("teal", SHEET, WORDS),
    ("teal", "wash", WORDS),
    ("teal-press", PAPER, WORDS),
    ("on-teal", "teal", WORDS),
    ("on-teal", "teal-press", WORDS),
    ("deep", PAPER, WORDS),
    (INK, "wash", WORDS),
    (INK, "sun", WORDS),
    (INK, "sun-wash", WORDS),
    ("sun-ink", "sun-wash", WORDS),
    (ON_BAR, "bar", WORDS),
    ("sun", "bar", SIGNS),
    ("mark-sun", PAPER, SIGNS),
]
DARK = [
    ("teal", DARK_SHEET, WORDS),
    ("teal", "wash", WORDS),
    ("on-teal", "teal", WORDS),
    ("on-teal", "teal-press", WORDS),
    ("deep", DARK_SHEET, WORDS),
    (DARK_INK, "sun-wash", WORDS),
    ("sun-ink", "sun-wash", WORDS),
    (ON_BAR, "bar", WORDS),
    ("sun", "bar", SIGNS),
]


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")


@settings(max_examples=25, deadline=None)
@given(HEX, HEX)
def test_every_shade_can_be_read_or_is_refused(colour: str, accent: str) -> None:
    try:
        shades = colours.palette(colour, accent)
    except ImproperlyConfigured as refused:
        assert "such as #" in str(refused)  # noqa: PT017 (both ends are right)
        return
    for scheme, pairs in (("light", LIGHT), ("dark", DARK)):
        named = shades[scheme]
        low = [
            (above, below, round(contrast(named.get(above, above), named.get(below, below)), 2))
            for above, below, least in pairs
            if contrast(named.get(above, above), named.get(below, below)) < least
        ]
        assert low == [], scheme


@pytest.mark.parametrize("colour", ["#5b2a86", "#7a1f2b", "#204a1d", "#000000", "#0000ff", "#8a1c7c", "#1f4e79"])
@pytest.mark.parametrize("accent", ["#f2c14e", "#ffffff", "#8fd694", "#9db4ff"])
def test_what_agencies_choose_is_taken(colour: str, accent: str) -> None:
    test_every_shade_can_be_read_or_is_refused.hypothesis.inner_test(colour, accent)
    assert colours.sheet(colour, accent).startswith("@media screen {")


def test_a_better_colour_that_is_named_is_taken() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        colours.check_colour("#ffcc00")
    colours.check_colour(str(refused.value).rsplit("such as ", 1)[1].rstrip("."))


def test_the_portals_own_colours_stand_in_its_style_sheets() -> None:
    for name in ("portal.css", "staff.css"):
        text = (BASE_DIR / "static" / "css" / name).read_text()
        assert f"--teal: {colours.COLOUR};" in text
        assert f"--sun: {colours.ACCENT};" in text
    grounds = (BASE_DIR / "static" / "css" / "portal.css").read_text()
    assert [each for each in (PAPER, SHEET, INK, DARK_SHEET, DARK_INK, ON_BAR) if each not in grounds] == []
