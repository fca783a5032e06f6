"""JSON of a hundred thousand levels, wherever somebody can send any: refused or not looked at, never an error."""

import base64
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import accounts
import reports
from accounts.models import User
from reports.feed import tokens
from reports.models import Report
from tests.resident import Resident

LEVELS = 100_000
DEEP = {
    "lists": "[" * LEVELS + "]" * LEVELS,
    "open": "[" * LEVELS,
    "objects": '{"a":' * LEVELS + "1" + "}" * LEVELS,
    "number": '{"number":' + "[" * LEVELS + "]" * LEVELS + "}",
}
deeply = pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)


@deeply
def test_the_feed_refuses_it(queued: Report, ada: User, deep: str) -> None:
    _row, token = tokens.make(
        name="r",
        areas=[],
        by=ada,
        citywide=True,
        every_type=True,
        types=[],
        columns=[],
        expires_at=timezone.now() + timedelta(days=1),
    )
    address = reverse("api:acknowledge", args=[queued.pk])
    headers = {"Authorization": f"Bearer {token}"}
    answer = Client().put(address, deep, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert answer.json()["error"] == "invalid"


def forms_of_ours() -> Iterator[type[forms.BaseForm]]:
    """Yield every form of the product that has been defined by importing all of it."""
    for package in (accounts, reports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name:
                importlib.import_module(module.name)
    yield from (form for form in kinds_of(forms.BaseForm) if form.__module__.startswith(("accounts.", "reports.")))


def kinds_of(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Yield every class that is such a form."""
    for each in form.__subclasses__():
        yield each
        yield from kinds_of(each)


@deeply
def test_no_field_of_a_form_stumbles_over_it(deep: str) -> None:
    fields = {
        (form.__name__, name): field
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.JSONField)
    }
    assert {name for _form, name in fields} == {"credential"}
    for field in fields.values():
        with pytest.raises(ValidationError):
            field.clean(deep)


@deeply
def test_a_passkey_of_it_is_a_wrong_one(olga: User, at_desk: Any, deep: str) -> None:
    address = reverse("mfa_add_webauthn")
    client = at_desk(olga)
    client.get(address)
    answer = client.post(address, {"name": "key", "credential": deep})
    assert answer.status_code == 200
    assert answer.context["form"].errors["credential"] == ["Enter a valid JSON."]


# What fits into an address or a cookie has some thousand levels, which are too many as well.
def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@deeply
def test_the_place_in_a_list_is_its_beginning(queued: Report, olga: User, at_desk: Any, deep: str) -> None:
    page = at_desk(olga).get(
        reverse("review:queue"), {"after": cursor(deep), "tab": deep[:3_000], "type": deep[:3_000]}
    )
    assert (page.status_code, [report.pk for report in page.context["rows"]]) == (200, [queued.pk])


@pytest.mark.parametrize("name", ["drafts", "status", "left", "staff", "messages", "csrftoken", "django_language"])
def test_a_cookie_of_it_is_no_cookie(db: None, name: str) -> None:
    client, deep = Client(), DEEP["lists"]
    for value in (deep[:8_000], f"{cursor(deep[:6_000])}:1:x", f".{cursor(deep[:6_000])}:1:x"):
        client.cookies[name] = value
        for address in ("/en/", "/admin/review/", reverse("status:show")):
            assert client.get(address).status_code in {200, 302, 410}


@deeply
def test_a_step_keeps_it_as_the_words_it_is(resident: Resident, deep: str) -> None:
    """Sealed answers are flat, whatever stands in them."""
    draft = resident.begin("lost-property")
    for posted in ({"story": deep[:20_000]}, {f"story{'[a]' * 20_000}": "x"}, {"form-0-" * 9_000: "x"}):
        assert resident.fill(draft, "narrative", posted).status_code in {200, 302, 400}
    assert resident.client.get(resident.url("intake:step", draft, "narrative")).status_code == 200


@deeply
@pytest.mark.parametrize("name", ["intake:start", "intake:resume", "status:find", "status:answer", "statistics:show"])
def test_a_resident_page_does_not_read_json(resident: Resident, name: str, deep: str) -> None:
    answer = resident.client.post(resident.url(name), deep, content_type="application/json")
    assert answer.status_code in {200, 302, 400, 403, 405, 410}
