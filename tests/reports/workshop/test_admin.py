"""Who edits the catalogue, and what an edit may not touch."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Role, User
from reports.catalogue import live
from reports.models import Area, AuditEvent, Code, Stopper

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
PAGES = ["area", "bureau", "code", "stopper", "supportorganisation"]


def change_page(row: object) -> str:
    return reverse(f"admin:reports_{row._meta.model_name}_change", args=[row.pk])


def form_data(client: Client, page: str) -> dict[str, object]:
    """Return what the admin's form would post unchanged."""
    context = client.get(page).context_data
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in values.items() if value not in (None, False, [])}


@pytest.mark.parametrize("model", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_it_opens_to_supervisors_and_administrators_only(
    staff: Callable[..., User], at_desk: Desk, role: Role, model: str
) -> None:
    page = reverse(f"admin:reports_{model}_changelist")
    allowed = role in {Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert at_desk(staff("sam", role)).get(page).status_code == (200 if allowed else 403)


def test_it_opens_every_form(sue: User, at_desk: Desk) -> None:
    client = at_desk(sue)
    for row in [model.objects.first() for model in (Area, Code, Stopper)]:
        assert client.get(change_page(row)).status_code == 200


@pytest.mark.parametrize("model", ["reporttype", "extraquestion", "screeningquestion"])
def test_a_plain_form_is_no_way_around_the_second_person(model: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:reports_{model}_changelist")


def test_nothing_of_the_catalogue_is_deleted(sue: User, at_desk: Desk) -> None:
    page = reverse("admin:reports_area_delete", args=[Area.objects.first().pk])
    assert at_desk(sue).post(page, {"post": "yes"}).status_code == 403


def test_it_shows_an_edit_to_residents_at_once_and_notes_it(
    sue: User, at_desk: Desk, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    client = at_desk(sue)
    area = live.areas()[0]
    page = change_page(area)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page, {**form_data(client, page), "station_phone": "555-0123"})
    assert response.status_code == 302
    assert live.area(area.pk).station_phone == "555-0123"
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.actor, event.subject) == ("workshop.change", f"user:{sue.pk}", f"area:{area.pk}")
