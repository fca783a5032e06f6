"""Saving a draft and coming back to it, on another device."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import codes
from reports.audit import RESIDENT
from reports.intake import resume
from reports.models import Draft, Job
from reports.processing import actions as processing
from tests.resident import ANSWERS, SCREENING, STORY, Resident

SORRY = "We did not find a draft with this code. Check it and try again."
DIGITS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "khmer": "០១២៣៤៥៦៧៨៩",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
}


@pytest.fixture
def draft(resident: Resident) -> Draft:
    """A draft saved at its third step, of which half a sentence is typed."""
    pk = resident.begin("theft-from-vehicle")
    resident.fill(pk, "screening", SCREENING["theft-from-vehicle"])
    resident.fill(pk, "when", ANSWERS["theft-from-vehicle"]["when"])
    assert resident.fill(pk, "where", {"address": "half a wo", "premise": "nonsense"}, go="later").url == resident.url(
        "intake:later", pk
    )
    return Draft.objects.get(pk=pk)


def code_on(page) -> str:
    return page.context["code"]


def saved_page(resident: Resident, draft: Draft):
    return resident.client.get(resident.url("intake:later", draft.pk))


def try_code(browser: Resident, code: str, **more: str):
    return browser.client.post(browser.url("intake:resume"), {"code": code, **more})


def test_another_device_goes_on_where_the_first_stopped(resident: Resident, draft: Draft) -> None:
    other = Resident()
    answer = try_code(other, code_on(saved_page(resident, draft)))
    assert answer.url == other.url("intake:step", draft.pk, "where")
    assert 'value="half a wo"' in other.client.get(answer.url).text
    assert other.client.get(other.url("intake:step", draft.pk, "when")).status_code == 200


def test_a_finished_draft_goes_on_at_the_check_page_and_is_sent(resident: Resident) -> None:
    pk = resident.answer_all("lost-property")
    assert resident.client.post(resident.url("intake:later", pk)).url == resident.url("intake:later", pk)
    other = Resident()
    answer = try_code(other, code_on(resident.client.get(resident.url("intake:later", pk))))
    assert answer.url == other.url("intake:check", pk)
    assert other.submit(pk).url == other.url("intake:sent", pk)


def test_the_page_says_until_when(resident: Resident, draft: Draft) -> None:
    assert saved_page(resident, draft).context["expires"] == timezone.localdate(draft.expires_at)


def test_a_draft_that_was_not_saved_has_no_code(resident: Resident) -> None:
    pk = resident.begin("lost-property")
    answer = resident.client.get(resident.url("intake:later", pk))
    assert answer.url == resident.url("intake:step", pk, "screening")
    assert Draft.objects.get().resume_term is None


def test_saving_again_gives_the_same_code(resident: Resident, draft: Draft) -> None:
    first = code_on(saved_page(resident, draft))
    resident.fill(draft.pk, "where", {"address": "more"}, go="later")
    assert code_on(saved_page(resident, draft)) == first
    assert Draft.objects.get().resume_hash == draft.resume_hash


def test_nothing_stored_is_the_code(resident: Resident, draft: Draft) -> None:
    letters = codes.understand(code_on(saved_page(resident, draft)))
    assert len(letters) == 16
    assert draft.resume_hash.startswith("$argon2id$")
    stored = str(Draft.objects.values().get())
    assert letters not in stored
    assert letters[8:] not in stored


@pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS)
def test_the_page_forgives_how_it_is_typed(resident: Resident, draft: Draft, digits: str) -> None:
    code = code_on(saved_page(resident, draft)).lower().replace("-", " ")
    assert try_code(Resident(), code.translate(str.maketrans("0123456789", digits))).status_code == 302
    assert try_code(Resident(), code.replace("0", "o").replace("1", "l")).status_code == 302


def test_all_wrong_codes_look_alike(resident: Resident, draft: Draft) -> None:
    code = code_on(saved_page(resident, draft))
    end = "0" if code[-1] != "0" else "1"
    pages = [try_code(Resident(), typed) for typed in (code[:-1] + end, "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "x", "無", code[:9])]
    assert [page.status_code for page in pages] == [200] * 5
    assert [page.context["form"].non_field_errors() for page in pages] == [[SORRY]] * 5


def test_wrong_and_unknown_take_the_same_statement(resident: Resident, draft: Draft) -> None:
    right, counts = resume.code_of(draft), []
    for code in (right, right[:-1] + "_", "ZZZZ-ZZZZ-ZZZZ-ZZZZ"):
        with CaptureQueriesContext(connection) as captured:
            resume.find(code=code, by=RESIDENT)
        counts.append(len(captured))
    # The right one reads the draft as well.
    assert counts == [2, 1, 1]


def test_an_expired_draft_does_not_open(resident: Resident, draft: Draft) -> None:
    Draft.objects.update(expires_at=timezone.now())
    assert try_code(Resident(), resume.code_of(draft)).status_code == 200


def test_a_code_in_the_address_opens_nothing(resident: Resident, draft: Draft) -> None:
    other = Resident()
    assert other.client.get(other.url("intake:resume"), {"code": resume.code_of(draft)}).status_code == 200
    assert other.client.get(other.url("intake:step", draft.pk, "when")).status_code == 410


def test_hiding_forgets_it_here_and_keeps_it(resident: Resident, draft: Draft) -> None:
    other = resident.begin("lost-property")
    resident.client.post(resident.url("intake:hide", draft.pk))
    assert resident.client.get(resident.url("intake:step", draft.pk, "when")).status_code == 410
    assert resident.client.get(resident.url("intake:step", other, "screening")).status_code == 200
    assert try_code(resident, resume.code_of(draft)).status_code == 302


@pytest.mark.parametrize("page", ["intake:later", "intake:check"])
def test_it_can_be_deleted_from_the_page(resident: Resident, page: str) -> None:
    pk = resident.answer_all("lost-property")
    resident.client.post(resident.url("intake:later", pk))
    assert resident.url("intake:discard", pk) in resident.client.get(resident.url(page, pk)).text
    resident.client.post(resident.url("intake:discard", pk))
    assert not Draft.objects.exists()


def leave_address(resident: Resident, draft: Draft, email: str = "ana@example.org"):
    return resident.client.post(resident.url("intake:later", draft.pk), {"email": email}, follow=True)


def test_an_address_gets_the_link_and_nothing_else(resident: Resident, draft: Draft) -> None:
    page = leave_address(resident, draft)
    processing.work()
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "/en/resume/" in letter.body
    told = letter.subject + letter.body
    assert [word for word in (code_on(page), "half a wo", "vehicle", str(draft.pk), STORY[:10]) if word in told] == []


def test_the_address_is_sealed_with_the_drafts_key(resident: Resident, draft: Draft) -> None:
    leave_address(resident, draft)
    stored = bytes(Draft.objects.get().sealed_email)
    assert b"ana" not in stored
    assert len(stored) > 500


def test_a_reminder_goes_out_two_days_before_the_end_and_once(resident: Resident, draft: Draft) -> None:
    leave_address(resident, draft)
    reminder = Job.objects.get(kind="expiring")
    assert draft.expires_at - reminder.run_after == timedelta(days=2)
    processing.work()
    assert len(mail.outbox) == 1
    Job.objects.filter(pk=reminder.pk).update(run_after=timezone.now())
    processing.work()
    processing.work()
    assert [letter.subject for letter in mail.outbox] == [
        "You can go on with your form",
        "Your saved form will be deleted soon",
    ]


def test_the_letters_speak_the_drafts_language(db: None) -> None:
    resident = Resident("es")
    pk = resident.begin("lost-property")
    resident.client.post(resident.url("intake:later", pk), {"email": "ana@example.org"})
    processing.work()
    assert "/es/resume/" in mail.outbox[0].body


def test_a_draft_that_was_sent_or_deleted_gets_no_letter(resident: Resident) -> None:
    pk = resident.answer_all("hate-incident")
    resident.client.post(resident.url("intake:later", pk), {"email": "ana@example.org"})
    resident.submit(pk)
    assert list(Job.objects.values_list("kind", flat=True)) == ["enqueue"]


def test_one_draft_does_not_fill_a_mailbox(resident: Resident, draft: Draft) -> None:
    for _each in range(5):
        leave_address(resident, draft)
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["expiring", "saved", "saved", "saved"]


def test_an_address_that_is_none_is_said_beside_its_box(resident: Resident, draft: Draft) -> None:
    page = leave_address(resident, draft, "ana at example")
    assert list(page.context["form"].errors) == ["email"]
    assert code_on(page) == resume.code_of(draft)
    assert not Job.objects.exists()
