"""The sketch by which held reports of nearly the same words are found together."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from reports import vault
from reports.intake.likeness import sketch

STORY = """On my way home somebody broke the window of the car that stood before our house and took a bag with a
laptop, a charger and my glasses from the back seat, then ran towards the park with two others who had waited."""


def test_numbers_case_and_accents_make_no_difference() -> None:
    assert sketch(f"{STORY} Number 1") == sketch(f"{STORY.upper()} Numb\u00e9r 2,417 a1b2")
    assert re.fullmatch("[0-9a-f]{16}", sketch(STORY))


@pytest.fixture
def keyrings(settings: Any) -> Iterator[None]:
    """Twenty keyrings, one after the other: which words come first is chance under each."""

    def each() -> Iterator[None]:
        for _ in range(20):
            settings.KEYRING = vault.new_keyring()
            vault.forget_keyring()
            yield

    return each()


def test_most_texts_with_another_word_are_alike(keyrings: Iterator[None]) -> None:
    words = STORY.split()
    # A new word each time: one alone could come first under some key, and then all of them would differ.
    changed = [" ".join([*words[:at], word[::-1] + "x", *words[at + 1 :]]) for at, word in enumerate(words)]
    alike = [sketch(each) == sketch(STORY) for _ in keyrings for each in changed]
    assert sum(alike) > len(alike) * 0.7


def test_other_texts_are_not_alike() -> None:
    others = [
        "My wallet was lost in the bus.",
        "They wrote on the wall of the school again.",
        "Alguien rompi\u00f3 la ventana de mi coche",
        "\ucc28 \uc720\ub9ac\ucc3d\uc744 \uae68\ub728\ub838\uc5b4\uc694",
    ]
    assert len({sketch(STORY), *map(sketch, others)}) == 5


@pytest.mark.parametrize("text", ["", "  ", "!!! ...", "12 34", "\x00"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert sketch(text) == ""


def test_a_long_text_is_not_read_to_its_end() -> None:
    assert sketch("one two three " * 100_000) == sketch("one two three")
