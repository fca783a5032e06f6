"""Who edits the catalogue, and what an edit may not touch."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from reports.catalogue import live
from reports.models import Area, AuditEvent, Code, ExtraQuestion, ReportType, Stopper

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
PAGES = ["area", "bureau", "code", "reporttype", "stopper", "supportorganisation"]


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
    rows = [model.objects.first() for model in (Area, Code, Stopper, ExtraQuestion, ReportType)]
    for row in rows:
        assert client.get(change_page(row)).status_code == 200
    assert client.get(reverse("admin:reports_reporttype_add")).status_code == 200


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


def test_it_rewords_a_live_type_but_keeps_its_shape(sue: User, at_desk: Desk) -> None:
    client = at_desk(sue)
    report_type = ReportType.objects.get(slug="lost-property")
    page = change_page(report_type)
    changes = {"name_en": "Lost things", "slug": "found", "sections": '[{"key": "bias"}]', "state": "retired"}
    response = client.post(page, {**form_data(client, page), **changes})
    assert response.status_code == 302
    after = ReportType.objects.get(pk=report_type.pk)
    assert after.name == "Lost things"
    assert (after.slug, after.sections, after.state) == ("lost-property", report_type.sections, "live")


def test_it_does_not_add_a_question_to_a_live_type(sue: User, at_desk: Desk) -> None:
    client = at_desk(sue)
    report_type = ReportType.objects.get(slug="lost-property")
    page = change_page(report_type)
    before = report_type.questions.count()
    row = {"key": "more", "label_en": "More?", "kind": "text", "position": 9}
    extra = {f"questions-{before}-{name}": value for name, value in row.items()}
    response = client.post(page, {**form_data(client, page), **extra, "questions-TOTAL_FORMS": before + 1})
    assert response.status_code == 302
    assert report_type.questions.count() == before


def new_type(**values: object) -> dict[str, object]:
    counters = [f"{prefix}-{name}_FORMS" for prefix in ("screening", "questions") for name in ("TOTAL", "INITIAL")]
    texts = {"slug": "lost-property", "name_en": "Lost property", "summary_en": "You lost something."}
    numbers = {"review_target_days": 5, "retention_days": 30, "position": 10}
    return {**dict.fromkeys(counters, 0), **texts, **numbers, "sections": '[{"key": "when", "options": {}}]', **values}


def test_it_starts_the_next_version_as_a_draft_of_its_author(sue: User, at_desk: Desk) -> None:
    response = at_desk(sue).post(reverse("admin:reports_reporttype_add"), new_type(state="live", version=9))
    assert response.status_code == 302
    draft = ReportType.objects.get(slug="lost-property", version=2)
    assert (draft.state, draft.author) == (ReportType.State.DRAFT, sue)


def test_it_refuses_a_section_that_does_not_exist(sue: User, at_desk: Desk) -> None:
    response = at_desk(sue).post(reverse("admin:reports_reporttype_add"), new_type(sections='[{"key": "mood"}]'))
    assert response.context_data["adminform"].form.errors["sections"] == ["Unknown section: mood"]


def test_it_deletes_drafts_only(sue: User, at_desk: Desk) -> None:
    client = at_desk(sue)
    live_type = ReportType.objects.get(slug="lost-property")
    draft = ReportType.objects.create(slug="lost-property", version=2, name="Next", summary="Next.")
    pages = [reverse("admin:reports_reporttype_delete", args=[row.pk]) for row in (live_type, draft)]
    assert [client.post(page, {"post": "yes"}).status_code for page in pages] == [403, 302]
    assert not ReportType.objects.filter(pk=draft.pk).exists()
    assert client.post(reverse("admin:reports_area_delete", args=[Area.objects.first().pk])).status_code == 403
