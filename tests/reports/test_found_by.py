"""A report is found by what was said about it later, too, and by its English."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports import found_by, terms, vault
from reports.audit import RESIDENT
from reports.documents import keep_message
from reports.models import Document, Passage, Report
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from reports.translating import actions as translating
from tests.resident import Receipt, Resident


def finds(report: Report, text: str) -> bool:
    wanted = vault.keyed(terms.sought(text))
    assert wanted
    return Document.objects.filter(report=report, terms__contains=wanted).exists()


def test_an_addition_and_an_answer_are_found(queued: Report, olga: User) -> None:
    status.add(report=queued, text="It had a red bell", by=RESIDENT)
    assert finds(queued, "red bell")
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="Was the garage locked?", by=olga)
    status.answer(report=queued, text="ガレージは開いていた", by=RESIDENT)
    assert finds(queued, "garage locked")
    assert finds(queued, "ガレージ")
    assert finds(queued, "broke the window")


def test_a_correction_of_the_contact_keeps_what_was_said(queued: Report) -> None:
    status.add(report=queued, text="It had a red bell", by=RESIDENT)
    status.contact(report=Report.objects.get(pk=queued.pk), phone="213 555 0199", by=RESIDENT)
    wanted, before = vault.keyed(terms.phone("213 555 0199")), vault.keyed(terms.phone("213 555 0142"))
    assert finds(queued, "red bell")
    assert Document.objects.filter(report=queued, terms__contains=wanted).exists()
    assert not Document.objects.filter(report=queued, terms__overlap=before).exists()


@pytest.mark.django_db
def test_a_translation_is_found_and_its_correction_replaces_it(staff) -> None:
    from accounts.models import Role

    tara = staff("tara", Role.TRANSLATOR, languages=["es"])
    receipt = Resident("es").file("lost-property", narrative={"story": "Perdí mi cartera en el tranvía"})
    passage = Passage.objects.get(report=receipt.report)
    assert not finds(receipt.report, "wallet")
    translating.write(passage_id=passage.pk, words="I lost my wallet in the train", version=0, by=tara)
    assert finds(receipt.report, "wallet train")
    translating.write(passage_id=passage.pk, words="I lost my purse in the tram", version=1, by=tara)
    assert finds(receipt.report, "purse tram cartera")
    assert not finds(receipt.report, "wallet")


def test_terms_made_anew_are_those_that_came_bit_by_bit(queued: Report) -> None:
    keep_message(queued, text="汽车玻璃", from_agency=False, at=queued.reported_at)
    before = Document.objects.get(report=queued).terms
    found_by.renew(Report.objects.get(pk=queued.pk))
    assert Document.objects.get(report=queued).terms == before == sorted(set(before))


def test_it_locks_in_the_order_of_whoever_corrects_an_answer(receipt: Receipt) -> None:
    # Contact details: the report, then its document. The other way round the two wait for each other.
    with CaptureQueriesContext(connection) as asked:
        found_by.renew(receipt.report)
    locks = [each["sql"].partition(" FROM ")[2].split()[0] for each in asked if " FOR " in each["sql"]]
    assert locks == ['"reports_report"', '"reports_document"']
