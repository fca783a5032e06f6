"""Any script, any sign, any trick: what was typed stands on the paper as text."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.paper.script import words
from reports.paper.typeset import Part, Row, Sheet, fonts, pdf
from tests.reports.paper.conftest import text_of
from tests.reports.paper.samples import HOSTILE, OTHER_SCRIPTS, SENTENCES


def sheet(*texts: str, language: str = "en", direction: str = "ltr") -> Sheet:
    def say(text: str) -> object:
        return words(text, language)

    rows = [Row(say("Label"), [say(text)]) for text in texts]
    return Sheet(
        language=language,
        dir=direction,
        agency=say("Agency"),
        title=say("Title"),
        lead=[],
        number_label=say("Number"),
        number="R-0000-0000",
        facts=[],
        parts=[Part(say("Part"), rows, [])],
    )


def signs(text: str) -> set[str]:
    """Return the letters of a text. A PDF tells which, and in which order they are painted."""
    return set(re.sub(r"[\s\u200b-\u200f\u2060-\u2069\ufe0f\u00ad]", "", text))


@pytest.mark.parametrize("text", [*SENTENCES.values(), *OTHER_SCRIPTS])
def test_every_sign_of_every_script_stands_on_the_paper(text: str) -> None:
    # The standard refuses a sign for which no font has a shape, so a paper that comes at all has all of them.
    assert signs(text) - signs(text_of(pdf(sheet(text)))) == set()


@pytest.mark.parametrize("language", ["en", "es", "ru", "ko", "ja", "zh-hans", "zh-hant", "hy"])
def test_a_sentence_can_be_copied_as_it_was_typed(language: str) -> None:
    text = text_of(pdf(sheet(SENTENCES[language], language=language)))
    assert SENTENCES[language].replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize("text", HOSTILE[:8])
def test_markup_stays_text(text: str) -> None:
    assert " ".join(text.split()) in text_of(pdf(sheet(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_stays_text_at_every_place(text: str) -> None:
    row = Row(words(text, "en"), [words(text, "en")])
    paper = Sheet(
        language="en",
        dir="ltr",
        agency=words(text, "en"),
        title=words(text, "en"),
        lead=[words(text, "en")],
        number_label=words(text, "en"),
        number=text,
        facts=[row],
        parts=[Part(words(text, "en"), [row], [])],
    )
    assert len(PdfReader(io.BytesIO(pdf(paper))).pages) == 1


def places(paper: bytes, wanted: str = "") -> list[float]:
    """Return how far from the left edge the paper's texts begin, in points: those that hold `wanted`."""
    found: list[float] = []

    def visit(text: str, outer: list[float], inner: list[float], _font: object, _size: float) -> None:
        if text.strip() and wanted in text:
            found.append(outer[0] * inner[4] + outer[2] * inner[5] + outer[4])

    for page in PdfReader(io.BytesIO(paper)).pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("word", ["W" * 400, "https://example.org/" + "a" * 300, "٠" * 300])
def test_a_long_word_is_broken_and_stays_whole(word: str) -> None:
    text = text_of(pdf(sheet(word)))
    assert max(map(len, text.split())) < 170
    assert word in text.replace(" ", "")


def test_a_page_begins_where_its_language_begins() -> None:
    middle = 612 / 2
    assert max(places(pdf(sheet("XYZ", direction="ltr")), "Title")) < middle
    assert min(places(pdf(sheet("XYZ", direction="rtl")), "Title")) > middle
    # A short answer goes with the page, a long one with its own direction.
    assert min(places(pdf(sheet("XYZ", direction="rtl")), "Label")) > middle
    assert min(places(pdf(sheet("abc " * 60, direction="rtl")), "abc")) < 100


def test_signs_that_no_font_draws_are_named() -> None:
    assert words("a\U00013000b\u0007c\u202ed", "en").text == "a[U+13000]b[U+0007]c[U+202E]d"
    assert words("1\t2", "en").text == "1   2"
    assert words("\U00013000" * 1002, "en").text == "[U+13000]" * 1000 + "\ufffd" * 2
    pdf(sheet("\ufffd"))


@given(st.text(max_size=200))
@limits(max_examples=60, deadline=None)
def test_whatever_is_typed_there_is_a_paper(text: str) -> None:
    pdf(sheet(*text.splitlines()))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(sheet(*SENTENCES.values())) == pdf(sheet(*SENTENCES.values()))


def test_a_paper_tells_a_screen_reader_its_language_and_structure() -> None:
    root = PdfReader(io.BytesIO(pdf(sheet("سلام", language="fa", direction="rtl")))).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fa", True)


def test_only_our_own_fonts_are_used() -> None:
    fonts_used = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in PdfReader(io.BytesIO(pdf(sheet(*SENTENCES.values(), *OTHER_SCRIPTS)))).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts_used
    assert {name for name in fonts_used if not name.startswith("Noto")} == set()
    assert all(family.startswith("Noto") for family in fonts().families())
