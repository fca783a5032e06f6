"""The list of what residents read, and of what is missing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from reports.models import ReportType, Stopper
from reports.texts import queries

pytestmark = pytest.mark.django_db
CHOOSE = reverse("texts:choose")


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_to_those_who_compose_the_catalogue(
    staff: Callable[..., User], at_desk: Callable[[User], Client], role: Role
) -> None:
    allowed = role in {Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert at_desk(staff("sam", role)).get(CHOOSE).status_code == (200 if allowed else 403)


def test_it_finds_what_a_language_lacks() -> None:
    stopper = Stopper.objects.exclude(title_en="").earliest("pk")
    Stopper.objects.filter(pk=stopper.pk).update(title_fa="")
    assert [(text.pk, text.field) for text in queries.texts(kind="stopper", lacking="fa")] == [(stopper.pk, "title")]
    assert (stopper.pk, "title") in [(text.pk, text.field) for text in queries.texts(lacking="any")]
    assert queries.texts(kind="stopper", lacking="es") == []


def test_it_finds_english_words(sue: User, at_desk: Callable[[User], Client]) -> None:
    page = at_desk(sue).get(CHOOSE, {"words": "LOST PROPERTY", "kind": "reporttype"})
    assert {text.english for text in page.context["page"]} == {"Lost property"}


def test_a_retired_version_is_not_listed() -> None:
    ReportType.objects.filter(slug="graffiti").update(state=ReportType.State.RETIRED)
    assert not [text for text in queries.texts(kind="reporttype") if text.english == "Graffiti"]


@pytest.mark.parametrize("asked", [{"page": "0"}, {"page": "x"}, {"lacking": "xx"}, {"kind": "user"}])
def test_a_broken_address_still_shows_the_list(
    sue: User, at_desk: Callable[[User], Client], asked: dict[str, str]
) -> None:
    assert at_desk(sue).get(CHOOSE, asked).status_code == 200


def test_the_list_asks_one_statement_a_model(
    sue: User, at_desk: Callable[[User], Client], django_assert_num_queries: Callable[[int], object]
) -> None:
    client = at_desk(sue)
    client.get(CHOOSE)
    # Besides: the session, the person, the rows' count, the versions to choose from, and the bell.
    with django_assert_num_queries(5 + len(queries.models())):
        client.get(CHOOSE)
