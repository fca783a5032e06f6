"""Sending a report."""

import base64
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import codes, vault
from reports.audit import RESIDENT
from reports.catalogue import live
from reports.documents import opened
from reports.intake import actions
from reports.models import AuditEvent, Document, Draft, Job, Notice, Report, ReportKey
from reports.states import State
from tests.resident import ANSWERS, SCREENING, STORY, Resident, with_area


@pytest.mark.parametrize("slug", ANSWERS)
def test_it_turns_a_draft_into_a_report(resident: Resident, slug: str) -> None:
    receipt = resident.file(slug)
    report = receipt.report
    assert report.state == State.RECEIVED
    assert report.report_type.slug == slug
    assert report.language == "en"
    assert not Draft.objects.exists()
    assert list(Job.objects.filter(kind="enqueue").values_list("report_id", flat=True)) == [report.pk]
    assert AuditEvent.objects.get(verb="intake.submit").subject == f"report:{report.pk}"


def test_it_fills_the_plain_columns(receipt) -> None:
    report = receipt.report
    assert report.area.number == 1
    assert report.premise == "18"
    assert timezone.localtime(report.occurred_from).isoformat() == "2026-03-02T21:30:00-08:00"
    assert not report.is_anonymous
    assert report.has_email
    assert sorted(report.facts.values_list("kind", "code")) == [("property", "75")]


def test_it_keeps_an_anonymous_report_anonymous(resident: Resident) -> None:
    typed = {"part": "witness", "anonymous": "on", "name": "Typed and then unwanted", "email": "x@example.org"}
    report = resident.file("hate-incident", person=typed).report
    assert report.is_anonymous
    assert not report.has_email
    assert opened(report)["person"] == {"part": "witness", "anonymous": True}
    assert not Notice.objects.exists()


def test_it_seals_every_word(receipt) -> None:
    stored = bytes(Document.objects.get().sealed)
    assert b"Fairphone" not in stored
    assert STORY.split()[0].encode() not in stored
    assert opened(receipt.report)["narrative"]["story"] == STORY


def test_its_document_does_not_open_in_another_reports_place(resident: Resident) -> None:
    first, second = resident.file("lost-property").report, resident.file("lost-property").report
    Document.objects.filter(report=first).update(sealed=Document.objects.get(report=second).sealed)
    with pytest.raises(vault.CannotOpen):
        opened(Report.objects.get(pk=first.pk))


def test_without_its_key_nothing_opens(receipt) -> None:
    ReportKey.objects.all().delete()
    with pytest.raises(ReportKey.DoesNotExist):
        opened(receipt.report)


def test_it_is_found_by_keyed_terms_only(receipt) -> None:
    found = Document.objects.filter(terms__contains=vault.keyed(["p:12135550142"]))
    assert found.get().report_id == receipt.report.pk
    assert not Document.objects.filter(terms__contains=vault.keyed(["p:12135550143"])).exists()


def test_a_second_submit_gives_the_same_reference_and_code(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    seen = []
    for _again in range(2):
        assert resident.submit(draft).url == resident.url("intake:sent", draft)
        page = resident.client.get(resident.url("intake:sent", draft)).context
        seen.append((page["reference"], page["access_code"]))
    assert seen[0] == seen[1]
    assert Report.objects.count() == 1
    assert Job.objects.filter(kind="enqueue").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_submits_at_once_give_one_report() -> None:
    draft = Resident().answer_all("theft-from-vehicle")
    barrier, sent, failed = threading.Barrier(20), [], []

    def send() -> None:
        barrier.wait()
        try:
            result = actions.submit(draft_id=draft, language="en", by=RESIDENT)
            sent.append((result.report.reference, result.access_code))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(sent) == 20
    assert len(set(sent)) == 1
    assert Report.objects.count() == Document.objects.count() == 1
    assert Job.objects.count() == 2
    assert AuditEvent.objects.filter(verb="intake.submit").count() == 1


def test_it_commits_nothing_when_the_last_step_fails(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_auditevent ADD CONSTRAINT closed CHECK (verb <> 'intake.submit')")
    with pytest.raises(Exception, match="closed"):
        actions.submit(draft_id=draft, language="en", by=RESIDENT)
    assert not Report.objects.exists()
    assert not Job.objects.exists()
    assert Draft.objects.filter(pk=draft).exists()


def test_it_sends_the_resident_to_the_first_open_step(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    resident.fill(draft, "when", {"date": "2999-01-01"})
    assert resident.submit(draft).url == resident.url("intake:step", draft, "when")
    assert not Report.objects.exists()


def test_it_wants_the_truth_box_ticked(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    page = resident.client.post(resident.url("intake:submit", draft), {})
    assert page.context["form"].errors == {"truth": ["Tick this box to send your report."]}
    assert not Report.objects.exists()


def test_a_stopping_answer_cannot_be_sent(resident: Resident) -> None:
    draft = resident.answer_all("theft-from-vehicle")
    resident.fill(draft, "screening", SCREENING["theft-from-vehicle"] | {"firearm": "yes"})
    assert resident.submit(draft).url == resident.url("intake:step", draft, "screening")
    assert not Report.objects.exists()


def test_another_browser_cannot_send_it(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    assert Resident().submit(draft).status_code == 410
    assert not Report.objects.exists()


def test_the_code_is_shown_for_half_an_hour_only(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    resident.submit(draft)
    Report.objects.update(reported_at=timezone.now() - timedelta(minutes=31))
    page = resident.client.get(resident.url("intake:sent", draft))
    assert page.status_code == 410
    assert codes.access_code(vault.derived_key("access-code"), Report.objects.get().draft_id) not in page.text


def test_an_expired_draft_is_gone(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    Draft.objects.update(expires_at=timezone.now())
    assert resident.submit(draft).status_code == 410


def test_the_report_takes_the_language_it_was_sent_in(db: None) -> None:
    assert Resident("es").file("lost-property").report.language == "es"


def test_a_draft_keeps_its_answers_sealed(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    stored = Draft.objects.get(pk=draft).answers
    assert set(stored) == {"screening", *ANSWERS["lost-property"]}
    assert all(b"Spring" not in base64.b64decode(sealed) for sealed in stored.values())


def test_a_whole_submission_takes_few_statements(resident: Resident) -> None:
    """The limits of the issue: 40 in all with every page seen, 15 in the last step."""
    slug = "lost-property"
    steps = {"screening": SCREENING[slug]} | {step: with_area(answers) for step, answers in ANSWERS[slug].items()}
    live.types()
    with CaptureQueriesContext(connection) as whole:
        resident.client.get(resident.url("intake:start"))
        draft = resident.begin(slug)
        for step, answers in steps.items():
            resident.client.get(resident.url("intake:step", draft, step))
            assert resident.fill(draft, step, answers).status_code == 302
        resident.client.get(resident.url("intake:check", draft))
        with CaptureQueriesContext(connection) as last:
            assert resident.submit(draft).status_code == 302
        resident.client.get(resident.url("intake:sent", draft))
    assert len(last) <= 15, [query["sql"][:90] for query in last]
    assert len(whole) <= 40, [query["sql"][:90] for query in whole]
