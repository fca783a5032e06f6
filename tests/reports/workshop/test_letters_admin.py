"""Reasons, partners and message templates: kept by supervisors, shipped in every language, checked on save."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Role, User
from reports.catalogue import live
from reports.models import MessageTemplate, Partner, RejectReason, Report
from reports.models.wording import check_template
from reports.ready import worded
from tests.desk import decide, show

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
# The keys that reports and messages carried before these were rows.
REASONS = ["not_a_report", "other_place", "in_person", "too_little", "civil", "spam"]
QUESTIONS = ["serial", "photos", "receipt", "call", "time", "place", "witness", "camera", "person", "plate", "changed"]


@pytest.fixture
def saved(sue: User, at_desk: Desk, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Save an admin form as Sue."""

    def save(model: str, row: Any = None, **typed: object) -> Any:
        name = f"admin:reports_{model}_" + ("change" if row else "add")
        with django_capture_on_commit_callbacks(execute=True):
            return at_desk(sue).post(reverse(name, args=[row.pk] if row else []), typed)

    return save


def test_the_keys_of_before_are_there_with_their_words() -> None:
    assert list(RejectReason.objects.values_list("key", flat=True)) == REASONS
    asked = list(MessageTemplate.objects.filter(kind="ask").values_list("key", flat=True))
    assert asked == [*QUESTIONS, "consent"]
    with translation.override("es"):
        assert worded("photos").startswith("¿")
        assert live.reject_reason("spam") not in {"", RejectReason.objects.get(key="spam").text_en}
    assert [live.reject_reason(""), live.reject_reason("gone"), worded(""), worded("gone")] == [""] * 4


@pytest.mark.parametrize("model", ["rejectreason", "partner", "messagetemplate"])
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OFFICER, Role.TRANSLATOR])
def test_supervisors_keep_them(staff: Callable[..., User], at_desk: Desk, model: str, role: Role) -> None:
    client = at_desk(staff("sam", role))
    statuses = {client.get(reverse(f"admin:reports_{model}_{page}")).status_code for page in ("changelist", "add")}
    assert statuses == {200 if role == Role.SUPERVISOR else 403}


def test_a_reason_may_be_reworded_and_put_away(saved, queued: Report, olga: User, at_desk: Desk) -> None:
    row = RejectReason.objects.get(key="civil")
    client = at_desk(olga)
    decide(client, queued, "claim")
    answer = saved("rejectreason", row, key="other", text_en="A court decides this.", position=1)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.key, row.text_en, row.is_active) == ("civil", "A court decides this.", False)
    [form] = [
        form for decision, form, _open in show(client, queued).context["decisions"] if decision.action == "reject"
    ]
    assert "civil" not in dict(form.fields["reason"].choices)
    assert live.reject_reason("civil") == "A court decides this."


def test_a_new_template_is_offered_where_it_belongs(saved, queued: Report, olga: User, at_desk: Desk) -> None:
    typed = {"key": "keys", "kind": "refer", "name": "Keys", "text_en": "{partner} has them.", "position": 1}
    assert saved("messagetemplate", **typed, is_active="on").status_code == 302
    client = at_desk(olga)
    decide(client, queued, "claim")
    forms = {decision.action: form for decision, form, _open in show(client, queued).context["decisions"]}
    assert "keys" in dict(forms["refer"].fields["question"].choices)
    assert "keys" not in dict(forms["approve"].fields["question"].choices)


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("ask", "Call {dr_number}.", "Nothing would fill in: {dr_number}"),
        ("ask", "{agency_name}, {reference}, {station}: by {answer_by}?", ""),
        ("refer", "You need to do nothing.", "These names to fill in have to stand here: {partner}"),
        ("refer", "{partner}: {partner_phone}, {partner_address}", ""),
        ("approve", "{dr_number}", ""),
        ("inform", "{partner}", "Nothing would fill in: {partner}"),
    ],
)
def test_what_a_template_may_and_must_name_is_checked(saved, kind: str, text: str, error: str) -> None:
    answer = saved("messagetemplate", key="new", kind=kind, name="New", text_en=text, position=1)
    if error:
        assert answer.context_data["adminform"].form.errors["text_en"] == [error]
        with pytest.raises(ValidationError):
            check_template(MessageTemplate.Kind(kind), text)
    else:
        assert answer.status_code == 302


def edited(client: Client, row: MessageTemplate, **said: str) -> Any:
    page = reverse("texts:edit", args=["messagetemplate", row.pk, "text"])
    form = client.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | said
    return client.post(page, typed)


def test_each_language_is_checked_where_all_stand_side_by_side(sue: User, at_desk: Desk) -> None:
    row, client = MessageTemplate.objects.get(key="ask-them"), at_desk(sue)
    refused = edited(client, row, en="Ask them.", es="Pregunte a {partner}.", ko="{partner} {reference}")
    assert refused.context["form"].errors["en"] == ["These names to fill in have to stand here: {partner}"]
    rest = dict.fromkeys(
        client.get(reverse("texts:edit", args=["messagetemplate", row.pk, "text"])).context["form"].fields, ""
    )
    refused = edited(client, row, **(rest | {"en": "Ask {partner}.", "es": "Pregunte."}))
    assert list(refused.context["form"].errors) == ["es"]
    assert edited(client, row, **(rest | {"en": "Ask {partner}.", "es": "Pregunte a {partner}."})).status_code == 302
    row.refresh_from_db()
    assert (row.text_en, row.text_es) == ("Ask {partner}.", "Pregunte a {partner}.")


def test_the_english_alone_cannot_leave_its_translations_behind(saved) -> None:
    row = MessageTemplate.objects.get(key="photos")
    typed = {"kind": "ask", "name": "Photos", "text_en": "Photos to {agency_name}?", "position": 1}
    errors = saved("messagetemplate", row, **typed).context_data["adminform"].form.errors
    assert "Texts" in errors["text_en"][0]
    assert saved("messagetemplate", row, **(typed | {"text_en": "Photos?"})).status_code == 302


def test_the_list_says_which_languages_are_missing(sue: User, at_desk: Desk) -> None:
    MessageTemplate.objects.filter(key="photos").update(text_ko="")
    page = at_desk(sue).get(reverse("admin:reports_messagetemplate_changelist"), {"q": "Photos"}).text
    assert "Missing: ko" in page
    assert reverse("texts:edit", args=["messagetemplate", MessageTemplate.objects.get(key="photos").pk, "text"]) in page


def test_a_partner_that_reports_went_to_is_put_away_not_deleted(saved, sue: User, at_desk: Desk) -> None:
    row = Partner.objects.get(key="county-sheriff")
    assert at_desk(sue).post(reverse("admin:reports_partner_delete", args=[row.pk])).status_code == 403
    typed = {"kind": "agency", "name": row.name, "description_en": "They help.", "phone": "555-0100", "position": 2}
    assert saved("partner", row, **typed).status_code == 302
    assert row not in live.partners()
    assert live.partner(row.pk).phone == "555-0100"
