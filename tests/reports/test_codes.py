"""References, access codes and identifiers."""

import re
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import codes

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = bytes(range(32))


def test_an_id_is_a_time_ordered_uuid() -> None:
    before = int(time.time() * 1000)
    made = codes.new_id()
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= int(time.time() * 1000)


def test_ids_of_different_moments_stand_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for second in (1_000.001, 1_000.002, 1_700_000_000.0, 2_000_000_000.5):
        monkeypatch.setattr(time, "time", lambda second=second: second)
        made.append(codes.new_id())
    assert sorted(made, key=str) == made


def test_ids_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    assert len({codes.new_id() for _each in range(100)}) == 100


def test_a_reference_has_its_own_form() -> None:
    for _each in range(50):
        assert re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", codes.new_reference())


def test_an_access_code_is_the_same_each_time_and_belongs_to_key_and_draft() -> None:
    draft = uuid.UUID(int=1)
    code = codes.access_code(KEY, draft)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert codes.access_code(KEY, draft) == code
    assert codes.access_code(KEY, uuid.UUID(int=2)) != code
    assert codes.access_code(KEY[::-1], draft) != code


@pytest.mark.parametrize(
    "typed",
    [
        "R-7K4M-93Q0",
        "r-7k4m-93qo",
        "7K4M93Q0",
        " 7k4m 93q O ",
        "R 7K4M – 93QO.",
        "٧K٤M٩٣Q٠",  # Arabic-Indic
        "۷K۴M۹۳Q۰",  # Persian
        "७K४M९३Q०",  # Devanagari
        "៧K៤M៩៣Q០",  # Khmer
        "๗K๔M๙๓Q๐",  # Thai
        "Ｒ－７Ｋ４Ｍ－９３Ｑ０",
    ],
)
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert codes.understand_reference(typed) == "R-7K4M-93Q0"


@pytest.mark.parametrize(
    ("typed", "meant"), [("o0O", "000"), ("iIl1L", "11111"), ("uV", "VV"), ("a-b c", "ABC"), ("ё!", ""), ("", "")]
)
def test_mistaken_letters_have_one_meaning(typed: str, meant: str) -> None:
    assert codes.understand(typed) == meant


@pytest.mark.parametrize("typed", ["", "R-", "R-7K4M-93", "X-7K4M-93Q0", "R-7K4M-93Q0-1", "7K4M", "無"])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert codes.understand_reference(typed) == ""


@given(st.text(LETTERS, min_size=8, max_size=8))
def test_every_reference_is_read_as_it_was_written(letters: str) -> None:
    written = codes.format_reference(letters)
    assert codes.understand_reference(written) == written
    assert codes.understand_reference(written.lower().replace("0", "o").replace("1", "l")) == written


@given(st.uuids())
def test_every_access_code_is_read_as_it_was_written(draft: uuid.UUID) -> None:
    code = codes.access_code(KEY, draft)
    assert codes.understand(code.lower().replace("-", " ")) == code.replace("-", "")


@given(st.text())
def test_nothing_typed_is_ever_an_error(typed: str) -> None:
    assert set(codes.understand(typed)) <= set(LETTERS)
    assert codes.understand_reference(typed) == "" or len(codes.understand_reference(typed)) == 11
