"""Support organisations in the admin and in the catalogue folder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports.audit import SYSTEM
from reports.catalogue import live
from reports.catalogue.extract import SHIPPED
from reports.catalogue.folder import CatalogueError
from reports.catalogue.loader import load
from reports.catalogue.reader import read
from reports.models import Area, AuditEvent, SupportOrganisation

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
TYPED = {
    "key": "clinic",
    "name": "Clinic",
    "needs": ["legal", "immigrant"],
    "languages": ["es"],
    "position": 5,
    "is_active": "on",
}


def test_a_supervisor_adds_one_and_residents_see_it_at_once(
    sue: User, at_desk: Desk, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    live.types()
    area = Area.objects.get(number=1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = at_desk(sue).post(
            reverse("admin:reports_supportorganisation_add"), TYPED | {"areas": [area.pk], "url": "help.example"}
        )
    assert answer.status_code == 302, answer.context["errors"]
    (made,) = live.support(live.types()[0], area.pk, "es")
    assert (made.needs, made.languages, made.url) == (["legal", "immigrant"], ["es"], "https://help.example")
    assert AuditEvent.objects.latest("id").verb == "workshop.add"


def test_an_edit_keeps_needs_and_languages_that_were_ticked(sue: User, at_desk: Desk) -> None:
    row = SupportOrganisation.objects.get(key="ca-vs-hate")
    page = at_desk(sue).get(reverse("admin:reports_supportorganisation_change", args=[row.pk]))
    form = page.context["adminform"].form
    assert (form["needs"].value(), form["languages"].value()) == (["anonymous"], [])
    assert [name for name in form.fields if name.startswith("description")] == ["description_en"]


@pytest.mark.parametrize(
    "wrong", [{"needs": ["magic"]}, {"needs": []}, {"languages": ["xx"]}, {"url": "javascript:x()"}]
)
def test_what_nobody_could_use_is_refused(sue: User, at_desk: Desk, wrong: dict[str, object]) -> None:
    answer = at_desk(sue).post(reverse("admin:reports_supportorganisation_add"), TYPED | wrong)
    assert list(answer.context["adminform"].form.errors) == list(wrong)


def test_loading_again_keeps_what_the_agency_edited() -> None:
    SupportOrganisation.objects.filter(key="la-vs-hate").update(phone="555-0100", needs=["anonymous", "counselling"])
    load(folder=SHIPPED, by=SYSTEM)
    row = SupportOrganisation.objects.get(key="la-vs-hate")
    assert (row.phone, row.needs) == ("555-0100", ["anonymous", "counselling"])


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"needs": ["magic"]}, "entry x: needs:"),
        ({"needs": []}, "entry x: needs:"),
        ({"needs": ["legal"], "report_types": ["nothing"]}, "entry x: report type nothing is not in the catalogue"),
        ({"needs": ["legal"], "phone": "{nobody}"}, "entry x: phone: Unknown placeholder"),
        ({"needs": ["legal"], "colour": "red"}, "entry x: unknown colour"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path: Path, entry: dict[str, object], message: str) -> None:
    folder = Path(__file__).parent.parent / "catalogue" / "village"
    for path in folder.rglob("*.*"):
        (tmp_path / path.relative_to(folder)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(folder)).write_bytes(path.read_bytes())
    (tmp_path / "support.json").write_text(json.dumps([{"key": "x", "name": "X", **entry}]))
    with pytest.raises(CatalogueError, match=f"support.json, {message}"):
        read(tmp_path)
