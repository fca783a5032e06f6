"""One text in all languages side by side."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from reports.catalogue import live
from reports.models import AuditEvent, ReportType, Stopper
from reports.texts import queries

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]


@pytest.fixture
def stopper() -> Stopper:
    """A stopper with a short text, in English only."""
    row = Stopper.objects.earliest("pk")
    for code in queries.TARGETS:
        setattr(row, build_localized_fieldname("body", code), "")
    row.body_en = "Call {emergency_phone}."
    row.save()
    return row


def address(row: Stopper, field: str = "body") -> str:
    return reverse("texts:edit", args=["stopper", row.pk, field])


def said(client: Client, page: str, **changes: str) -> dict[str, str]:
    """Return what the form would post, with changes."""
    form = client.get(page).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form} | changes


def test_it_shows_every_language_in_its_direction(sue: User, at_desk: Desk, stopper: Stopper) -> None:
    page = at_desk(sue).get(address(stopper)).content.decode()
    for code in (queries.SOURCE, *queries.TARGETS):
        assert f'lang="{code}" dir="{"rtl" if code in {"fa", "ar", "he"} else "ltr"}"' in page


def test_an_edit_is_kept_and_noted(sue: User, at_desk: Desk, stopper: Stopper) -> None:
    client, page = at_desk(sue), address(stopper)
    client.post(page, said(client, page, ko="지금 {emergency_phone}에 전화하세요."))
    with translation.override("ko"):
        assert Stopper.objects.get(pk=stopper.pk).body == "지금 {emergency_phone}에 전화하세요."
    event = AuditEvent.objects.get(verb="texts.edit")
    assert (event.subject, event.details) == (f"stopper:{stopper.pk}", {"field": "body", "languages": "ko"})


def test_an_edit_is_read_by_residents_at_once(
    sue: User, at_desk: Desk, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    kind = live.type_named("graffiti")
    client, page = at_desk(sue), reverse("texts:edit", args=["reporttype", kind.pk, "name"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, said(client, page, ko="낙서 피해"))
    with translation.override("ko"):
        assert live.type_named("graffiti").name == "낙서 피해"


def test_all_languages_at_once_are_kept_and_noted(sue: User, at_desk: Desk, stopper: Stopper) -> None:
    client, page = at_desk(sue), address(stopper)
    for codes, noted in [(("ko", "zh-hans"), "ko,zh-hans"), ((queries.SOURCE, *queries.TARGETS), "all")]:
        words = dict.fromkeys(codes, f"{noted}: {{emergency_phone}}")
        assert client.post(page, said(client, page, **words)).status_code == 302
        assert AuditEvent.objects.latest("pk").details["languages"] == noted


def test_what_was_not_changed_is_not_noted(sue: User, at_desk: Desk, stopper: Stopper) -> None:
    client, page = at_desk(sue), address(stopper)
    assert client.post(page, said(client, page)).status_code == 302
    assert not AuditEvent.objects.filter(verb="texts.edit").exists()


@pytest.mark.parametrize("wrong", ["Call now.", "Call {emergency_phone} or {emergency_phone}.", "Call {phone}."])
def test_it_asks_for_the_same_names_to_fill_in(sue: User, at_desk: Desk, stopper: Stopper, wrong: str) -> None:
    client, page = at_desk(sue), address(stopper)
    answer = client.post(page, said(client, page, vi=wrong))
    assert "vi" in answer.context["form"].errors
    assert wrong in answer.content.decode()


def test_english_cannot_be_emptied_and_another_language_can(sue: User, at_desk: Desk, stopper: Stopper) -> None:
    client, page = at_desk(sue), address(stopper)
    assert "en" in client.post(page, said(client, page, en="")).context["form"].errors
    assert client.post(page, said(client, page, fa="")).status_code == 302
    assert "Missing: residents read the English." in client.get(page).content.decode()


def test_english_stands_in_for_a_text_that_is_missing(stopper: Stopper) -> None:
    with translation.override("fa"):
        assert Stopper.objects.get(pk=stopper.pk).body == stopper.body_en


@pytest.mark.parametrize("path", ["user/1/password", "stopper/0/body", "stopper/1/phone", "area/1/name"])
def test_nothing_but_texts_can_be_reached(sue: User, at_desk: Desk, path: str) -> None:
    model, pk, field = path.split("/")
    assert at_desk(sue).get(reverse("texts:edit", args=[model, pk, field])).status_code == 404


def test_a_retired_version_cannot_be_edited(sue: User, at_desk: Desk) -> None:
    kind = ReportType.objects.get(slug="graffiti")
    ReportType.objects.filter(pk=kind.pk).update(state=ReportType.State.RETIRED)
    assert at_desk(sue).get(reverse("texts:edit", args=["reporttype", kind.pk, "name"])).status_code == 404
