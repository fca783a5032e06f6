"""Correcting how to reach the resident."""

import pytest
from django.core import mail

from accounts.models import User
from reports import vault
from reports.documents import opened
from reports.models import AuditEvent, Document, DocumentVersion, Report
from reports.processing import actions as processing
from tests.desk import show
from tests.resident import PERSON, STORY, Receipt, Resident


def correct(browser: Resident, **typed: str):
    return browser.client.post(browser.url("status:contact"), typed, follow=True)


@pytest.fixture
def found(resident: Resident, receipt: Receipt) -> Receipt:
    """A report whose page stands open."""
    resident.come_back(receipt)
    return receipt


def finds(word: str) -> bool:
    return Document.objects.filter(terms__contains=vault.keyed([word])).exists()


def test_it_makes_a_new_version_with_all_else_unchanged(resident: Resident, found: Receipt) -> None:
    before = opened(found.report)
    page = correct(resident, email="new@example.org")
    assert page.redirect_chain == [("/en/status/report/", 302)]
    after = opened(found.report)
    assert after["person"] == {**PERSON, "email": "new@example.org"}
    assert {step: part for step, part in after.items() if step != "person"} == {
        step: part for step, part in before.items() if step != "person"
    }
    assert found.report.document.version == 2
    assert found.report.contact_corrected_at is not None


def test_the_version_before_is_kept_sealed_in_a_place_of_its_own(resident: Resident, found: Receipt) -> None:
    correct(resident, phone="213 555 0199")
    version, key = DocumentVersion.objects.get(), found.report.sealing_key.unwrap()
    assert version.version == 1
    assert vault.open_sealed(version.sealed, key=key, place=version.place)["sections"]["person"] == PERSON
    with pytest.raises(vault.CannotOpen):
        vault.open_sealed(version.sealed, key=key, place=found.report.place("document"))


def test_it_is_found_by_what_is_in_force(resident: Resident, found: Receipt) -> None:
    correct(resident, phone="213 555 0199", email="new@example.org")
    assert finds("p:12135550199")
    assert finds("e:new@example.org")
    assert not finds("p:12135550142")
    assert finds("n:ana")
    assert finds("w:ventana")


def test_a_phone_only_report_can_get_letters_from_then_on(resident: Resident) -> None:
    person = {name: value for name, value in PERSON.items() if name != "email"}
    receipt = resident.file("lost-property", person=person)
    assert not receipt.report.has_email
    resident.come_back(receipt)
    correct(resident, email="new@example.org")
    assert receipt.report.has_email
    processing.work()
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]
    assert receipt.reference in mail.outbox[0].subject


def test_an_unnamed_resident_stays_unnamed(resident: Resident) -> None:
    receipt = resident.file("hate-incident")
    resident.come_back(receipt)
    correct(resident, phone="213 555 0199")
    report = receipt.report
    assert report.is_anonymous
    assert not report.has_email
    assert opened(report)["person"] == {"part": "myself", "anonymous": True, "phone": "213 555 0199"}


def test_what_we_have_is_not_shown(resident: Resident, found: Receipt) -> None:
    page = resident.client.get(resident.url("status:contact"))
    assert [word for word in (PERSON["email"], "555 0142", "Ana", STORY[:20]) if word in page.text] == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({}, "__all__"), ({"email": "nobody"}, "email"), ({"phone": "12"}, "phone"), ({"email": " "}, "__all__")],
)
def test_what_is_no_contact_changes_nothing(resident: Resident, found: Receipt, typed, wrong: str) -> None:
    page = correct(resident, **({"email": ""} | typed))
    assert list(page.context["form"].errors) == [wrong]
    assert found.report.document.version == 1
    assert not DocumentVersion.objects.exists()


def test_a_decided_report_stays_as_it_is(resident: Resident, found: Receipt) -> None:
    resident.client.post(resident.url("status:withdraw"))
    page = correct(resident, email="new@example.org")
    assert "was not sent" in page.context["form"].non_field_errors()[0]
    assert found.report.document.version == 1


def test_the_log_says_that_and_not_what(resident: Resident, found: Receipt) -> None:
    correct(resident, email="new@example.org")
    event = AuditEvent.objects.get(verb="status.contact")
    assert (event.actor, event.details) == ("resident", {"version": 2})


def test_the_officer_sees_that_it_was_corrected(
    resident: Resident, found: Receipt, queued: Report, olga: User, at_desk
) -> None:
    assert "Contact corrected" not in show(at_desk(olga), queued).text
    correct(resident, email="new@example.org")
    assert "Contact corrected" in show(at_desk(olga), queued).text


def test_the_old_address_is_told_too_in_their_language(db: None) -> None:
    browser = Resident("es")
    receipt = browser.file("theft-from-vehicle")
    processing.work()
    mail.outbox.clear()
    browser.come_back(receipt)
    correct(browser, email="new@example.org")
    correct(browser, email="newest@example.org")
    processing.work()
    assert sorted((letter.to[0], receipt.reference in letter.body) for letter in mail.outbox) == [
        ("ana@example.org", True),
        ("new@example.org", True),
        ("newest@example.org", True),
        ("newest@example.org", True),
    ]
    [old] = [letter for letter in mail.outbox if letter.to == ["ana@example.org"]]
    assert "877-275-5273" in old.body
    assert "/es/status/" in old.body
    assert [word for word in ("new", "Ana", STORY[:20], receipt.access_code) if word in old.body] == []


@pytest.mark.parametrize("typed", [{"phone": "213 555 0199"}, {"email": "ANA@example.org"}])
def test_an_address_that_stays_gets_one_letter(resident: Resident, found: Receipt, typed: dict[str, str]) -> None:
    processing.work()
    mail.outbox.clear()
    correct(resident, **typed)
    processing.work()
    assert [letter.to[0].lower() for letter in mail.outbox] == ["ana@example.org"]
