"""Which texts wait for a translation."""

import pytest
from django.utils import timezone

from accounts.models import User
from reports.audit import RESIDENT
from reports.documents import new_message
from reports.models import Passage, Report
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from reports.translating.passages import wanted


@pytest.fixture
def silent(queued: Report) -> Report:
    """A report of which no text was looked at yet."""
    Passage.objects.all().delete()
    return queued


def pair(report: Report, language: str, text: str, *, from_agency: bool = False, is_story: bool = False) -> tuple:
    """Return from and into which language a text is to be put, nothing where it is not."""
    report.language = language
    message = None if is_story else new_message(report, text=text, from_agency=from_agency, at=timezone.now())
    if message:
        message.save(force_insert=True)
    wanted(report=report, text=text, message=message)
    passage = Passage.objects.filter(message=message).first()
    return (passage.source, passage.target) if passage else ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Hola", ("es", "en")),
        ("fa", "سلام", ("fa", "en")),
        ("ar", "سلام", ("ar", "en")),
        ("zh-hant", "你好", ("zh-hant", "en")),
        ("en", "Hello", ()),
        ("en", "Hola", ()),
        ("en", "Привет", ("ru", "en")),
        ("en", "안녕하세요", ("ko", "en")),
        ("ko", "Привет", ("ru", "en")),
        # Latin letters on a Korean page: English, or Korean without a keyboard for it. A person or the machine tells.
        ("ko", "annyeong", ("ko", "en")),
        ("es", "12345", ("es", "en")),
        ("es", "  \n", ()),
    ],
)
def test_what_an_officer_may_not_understand_waits(silent: Report, language: str, text: str, expected: tuple) -> None:
    assert pair(silent, language, text) == expected
    assert pair(silent, language, text, is_story=True) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Which window?", ("en", "es")),
        ("fa", "Which window?", ("en", "fa")),
        ("en", "Which window?", ()),
        ("ko", "어느 창문인가요?", ()),
    ],
)
def test_what_a_resident_may_not_understand_waits(silent: Report, language: str, text: str, expected: tuple) -> None:
    assert pair(silent, language, text, from_agency=True) == expected


def test_each_text_of_a_report_waits_once(spanish: Report, olga: User) -> None:
    status.add(report=spanish, text="Uno.", by=RESIDENT)
    claiming.claim(report_id=spanish.pk, by=olga)
    review.ask(report_id=spanish.pk, text="Which one?", by=olga)
    status.answer(report=spanish, text="Dos.", by=RESIDENT)
    review.reject(report_id=spanish.pk, reason="civil", text="Sorry.", by=olga)
    found = Passage.objects.filter(report=spanish).values_list("message__from_agency", "target")
    assert sorted(found, key=str) == [(False, "en"), (False, "en"), (None, "en"), (True, "es"), (True, "es")]


def test_a_step_without_words_leaves_nothing_to_translate(spanish: Report, olga: User) -> None:
    claiming.claim(report_id=spanish.pk, by=olga)
    review.reject(report_id=spanish.pk, reason="civil", text="", by=olga)
    assert Passage.objects.filter(report=spanish).count() == 1
