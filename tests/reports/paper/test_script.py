"""Direction and language of a text, told from its letters."""

import pytest

from reports.paper.script import direction, language_of
from tests.reports.paper.samples import SENTENCES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", "ltr"), ("سلام hello", "rtl"), ("hello سلام", "ltr"), ("12 שלום", "rtl"), ("+1 213 555 0142", "ltr"),
        ("", "ltr"), ("۱۲۳", "ltr"), ("… «سلام»", "rtl"),
    ],
)  # fmt: skip
def test_a_text_runs_as_its_first_letter_does(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize("language", SENTENCES)
def test_a_text_in_the_language_of_its_report_is_known(language: str) -> None:
    assert language_of(SENTENCES[language], language) == language


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        (SENTENCES["th"], "en", "th"), (SENTENCES["km"], "es", "km"), (SENTENCES["ja"], "zh-hans", "ja"),
        (SENTENCES["ko"], "en", "ko"), ("直骨", "en", "zh-hans"), ("直骨", "ja", "ja"), (SENTENCES["en"], "fa", "en"),
        ("123", "fa", "fa"), ("", "km", "km"),
    ],
)  # fmt: skip
def test_a_text_in_another_script_is_of_the_likeliest_language(text: str, around: str, expected: str) -> None:
    assert language_of(text, around) == expected
