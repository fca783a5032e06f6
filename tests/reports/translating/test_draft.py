"""The machine's first draft: asked for with the report, kept sealed, never in a person's way."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import Role, User
from reports.audit import RESIDENT
from reports.models import AuditEvent, Job, Passage, Report, Translation
from reports.processing import actions as processing
from reports.processing import outages
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from reports.translating import actions
from reports.translating.queries import of_report
from tests.reports.translating.conftest import STORY, Service, answer
from tests.resident import Resident


def job() -> Job:
    return Job.objects.get(kind="translate")


def words(report: Report) -> list[tuple[str, str, str]]:
    """Return state, origin and words of what stands beside the report's texts."""
    return [(each.passage.stage, each.passage.origin, each.words) for each in of_report(report).values()]


def try_again() -> None:
    outages._rest_until.clear()
    Job.objects.filter(done_at=None).update(run_after=timezone.now() - timedelta(seconds=1))
    processing.work()


def test_a_spanish_story_is_drafted_in_english(service: Service, spanish: Report) -> None:
    drafted = "es>en: " + STORY
    assert words(spanish) == [("draft", "machine", drafted)]
    assert [sent["q"] for sent in service.sent("/translate")] == [STORY]
    assert (spanish.state, job().done_at is not None) == ("queued", True)


def test_without_a_service_no_request_is_made_and_a_person_is_waited_for(listening: Service, spanish: Report) -> None:
    assert not Job.objects.filter(kind="translate").exists()
    assert words(spanish) == [("waiting", "", "")]
    assert listening.asked == []


def test_a_service_that_was_taken_away_gets_nothing_any_more(listening: Service, settings, hispano: Resident) -> None:
    settings.TRANSLATE_URL = listening.url
    report = hispano.file("lost-property").report
    settings.TRANSLATE_URL = ""
    processing.work()
    assert job().done_at is not None
    assert (listening.asked, words(report)) == ([], [("waiting", "", "")])


def test_an_english_report_is_not_sent_anywhere(service: Service, queued: Report) -> None:
    assert service.asked == []
    assert not Passage.objects.exists()


def test_it_is_sealed_and_leaves_no_words_in_the_log(service: Service, spanish: Report) -> None:
    sealed = bytes(Translation.objects.get().sealed)
    assert b"ventana" not in sealed
    event = AuditEvent.objects.get(verb="translating.draft")
    assert (event.actor, event.subject) == ("system", f"report:{spanish.pk}")
    assert event.details == {"text": "narrative", "source": "es", "target": "en", "version": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM reports_passage p")
        assert "ventana" not in cursor.fetchone()[0]


def test_english_words_on_a_spanish_page_need_no_translation(service: Service, hispano: Resident) -> None:
    service.language = "en"
    report = hispano.file("lost-property", narrative={"story": "Somebody took my bag."}).report
    processing.work()
    assert words(report) == [("unneeded", "machine", "")]
    assert service.sent("/translate") == []


def test_another_language_than_the_pages_is_believed_where_the_service_is_sure(
    service: Service, hispano: Resident
) -> None:
    service.language = "pt"
    report = hispano.file("lost-property", narrative={"story": "Perdi a minha carteira."}).report
    processing.work()
    assert words(report) == [("draft", "machine", "pt>en: Perdi a minha carteira.")]
    assert Passage.objects.get().source == "pt"


def test_a_doubtful_finding_leaves_the_pages_language(service: Service, hispano: Resident) -> None:
    service.language, service.confidence = "en", 40.0
    hispano.file("lost-property")
    processing.work()
    assert Passage.objects.get().source == "es"
    assert len(service.sent("/translate")) == 1


def test_the_way_chinese_is_written_is_not_the_services_to_say(service: Service, spanish: Report) -> None:
    Translation.objects.all().delete()
    Passage.objects.update(source="zh-hant", stage="waiting", version=0)
    Job.objects.filter(kind="translate").update(done_at=None, leased_until=None)
    service.language = "zh"
    try_again()
    assert Passage.objects.get().source == "zh-hant"
    assert service.sent("/translate")[-1]["source"] == "zt"


def test_letters_of_another_script_tell_the_language_on_an_english_page(service: Service, resident: Resident) -> None:
    service.language = "ko"
    report = resident.file("lost-property", narrative={"story": "버스에서 휴대전화를 잃어버렸습니다."}).report
    processing.work()
    assert words(report)[0][:2] == ("draft", "machine")
    assert Passage.objects.get().source == "ko"


def test_letters_that_are_not_english_are_not_believed_to_be(service: Service, resident: Resident) -> None:
    service.language = "en"
    report = resident.file("lost-property", narrative={"story": "버스에서 휴대전화를 잃어버렸습니다."}).report
    processing.work()
    assert words(report) == [("draft", "machine", "ko>en: 버스에서 휴대전화를 잃어버렸습니다.")]


def test_a_residents_message_is_drafted_too(service: Service, spanish: Report) -> None:
    status.add(report=spanish, text="La bolsa era roja.", by=RESIDENT)
    processing.work()
    assert ("draft", "machine", "es>en: La bolsa era roja.") in words(spanish)


def test_an_officers_words_are_drafted_in_the_residents_language(service: Service, spanish: Report, olga: User) -> None:
    service.language = "en"
    claiming.claim(report_id=spanish.pk, by=olga)
    review.ask(report_id=spanish.pk, text="Which window?", by=olga)
    processing.work()
    assert ("draft", "machine", "en>es: Which window?") in words(spanish)


def test_an_officer_who_writes_spanish_needs_no_machine(service: Service, spanish: Report, olga: User) -> None:
    claiming.claim(report_id=spanish.pk, by=olga)
    review.ask(report_id=spanish.pk, text="¿Cuál ventana?", by=olga)
    processing.work()
    assert ("unneeded", "machine", "") in words(spanish)


@pytest.mark.parametrize(("status", "error"), [(429, "ServiceBusy"), (500, "ServiceRefused"), (200, "ServiceNonsense")])
def test_a_failing_service_holds_up_no_report(service: Service, hispano: Resident, caplog, status, error) -> None:
    service.says("/translate", status, b"{broken " + STORY.encode())
    report = hispano.file("lost-property", narrative={"story": STORY}).report
    processing.work()
    assert Report.objects.get(pk=report.pk).state == "queued"
    # A busy service is no attempt.
    assert (job().attempts, job().last_error, job().parked_at) == (int(status != 429), error, None)
    assert words(report) == [("waiting", "", "")]
    assert "ventana" not in caplog.text


def test_after_its_attempts_the_text_waits_for_a_person(service: Service, hispano: Resident) -> None:
    service.says("/detect", 500, b"")
    report = hispano.file("lost-property").report
    for _attempt in range(processing.MOST_ATTEMPTS):
        try_again()
    assert (job().attempts, job().parked_at is not None) == (processing.MOST_ATTEMPTS, True)
    assert words(report) == [("waiting", "", "")]


def test_a_service_that_is_well_again_drafts_at_the_next_try(service: Service, hispano: Resident) -> None:
    service.says("/detect", 429, b"")
    report = hispano.file("lost-property", narrative={"story": STORY}).report
    processing.work()
    service.moods.clear()
    try_again()
    assert words(report) == [("draft", "machine", "es>en: " + STORY)]


def test_where_a_person_was_faster_the_machine_is_not_asked(service: Service, hispano: Resident, tara: User) -> None:
    report = hispano.file("lost-property").report
    actions.write(passage_id=Passage.objects.get().pk, words="By hand.", version=0, by=tara)
    processing.work()
    assert words(report) == [("done", "person", "By hand.")]
    assert service.asked == []


@pytest.mark.django_db(transaction=True)
def test_a_person_who_writes_while_the_machine_works_is_not_overwritten(service: Service, staff) -> None:
    report, tara = Resident("es").file("lost-property").report, staff("tara", Role.TRANSLATOR, languages=["es"])
    passage = Passage.objects.get()

    def while_it_works(request: BaseHTTPRequestHandler) -> None:
        actions.write(passage_id=passage.pk, words="By hand.", version=0, by=tara)
        connections.close_all()
        answer(request, 200, {"translatedText": "By machine."})

    service.moods["/translate"] = while_it_works
    processing.work()
    assert words(report) == [("done", "person", "By hand.")]
    assert len(service.sent("/translate")) == 1


def test_a_report_that_was_taken_back_is_not_sent(service: Service, hispano: Resident) -> None:
    report = hispano.file("lost-property").report
    status.withdraw(report=report, by=RESIDENT)
    processing.work()
    assert service.asked == []
    assert not Translation.objects.exists()


def test_markup_in_an_answer_is_text(service: Service, hispano: Resident, olga: User, at_desk) -> None:
    service.says("/translate", 200, b'{"translatedText": "<script>alert(1)</script>"}')
    report = hispano.file("theft-from-vehicle").report
    processing.work()
    page = at_desk(olga).get(f"/admin/review/{report.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert(1)" not in page.text


def test_translations_are_done_after_all_other_jobs(service: Service, hispano: Resident) -> None:
    hispano.file("lost-property")
    hispano.file("lost-property")
    Job.objects.filter(kind="translate").update(run_after=timezone.now() - timedelta(hours=1))
    order = [processing.claim().kind for _each in range(Job.objects.count())]
    assert order[-2:] == ["translate", "translate"]


def test_drafts_are_made_up_for_where_a_service_is_added(listening: Service, spanish: Report, settings, capsys) -> None:
    with pytest.raises(CommandError, match="TRANSLATE_URL"):
        call_command("draft_translations")
    settings.TRANSLATE_URL = listening.url
    call_command("draft_translations")
    call_command("draft_translations")
    assert capsys.readouterr().out == "Translations to be drafted: 1\nTranslations to be drafted: 0\n"
    processing.work()
    assert words(spanish)[0][:2] == ("draft", "machine")
