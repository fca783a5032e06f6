"""Demo reports in the database: whole, sealed, consistent, as if they had come the long way."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reports import audit, states, terms, vault, workdays
from reports.catalogue import live
from reports.demo import actions, indexes
from reports.demo.letters import READY
from reports.demo.making import Maker, Plan
from reports.demo.stories import texts
from reports.demo.texts import en, in_english, others
from reports.demo.translated import english
from reports.documents import opened, read_messages
from reports.files import actions as files
from reports.hate.queries import standing
from reports.intake.actions import access_code
from reports.models import (
    Attachment,
    AuditEvent,
    Document,
    HateClassification,
    HateEscalation,
    Job,
    Notice,
    Passage,
    Report,
)
from reports.processing.actions import work
from reports.sections import SECTIONS
from reports.sections.files import said_of
from reports.states import FINAL, Action, State
from reports.status.actions import find
from reports.translating.passages import original
from reports.translating.queries import versions
from reports.workdays import days_after
from tests.reports.demo.conftest import UNTIL


def index_names() -> set[str]:
    """Return the names of all indexes of the portal's tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename LIKE 'reports_%'")
        return {name for (name,) in cursor.fetchall()}


def interrupted_without_indexes(plan: Plan) -> None:
    """Be stopped by Ctrl-C while indexes are set aside."""
    with actions.indexes_aside(plan):
        assert "document_terms" not in index_names()
        raise KeyboardInterrupt


def test_it_stores_reports_that_open_and_show(filled: Plan) -> None:
    reports = Report.objects.select_related("document", "sealing_key", "report_type")
    assert len(reports) == filled.reports
    for report in reports:
        parts = opened(report)
        shown = [line for step, part in parts.items() for line in SECTIONS[step].lines(part)]
        assert any(line.value == parts["narrative"]["story"] for line in shown)


def test_it_gives_plain_columns_as_the_sections_do(filled: Plan) -> None:
    for report in Report.objects.select_related("document", "sealing_key")[:60]:
        for step, part in opened(report).items():
            for name, value in SECTIONS[step].columns(part).items():
                assert getattr(report, name) == value


def test_it_stores_the_same_text_for_a_seed(filled: Plan) -> None:
    maker = Maker(filled)
    for number in range(0, 300, 25):
        made = maker.make(number)
        stored = opened(Report.objects.get(pk=made.report.pk))
        assert stored | {"files": {}} == made.parts | {"files": {}}


def test_it_leads_every_report_through_the_table(filled: Plan) -> None:
    for report in Report.objects.prefetch_related("moves"):
        state = State.RECEIVED
        for move in report.moves.all():
            assert (move.source, move.target) == (state, states.target(Action(move.action), state))
            state = State(move.target)
        assert report.state == state
        assert (report.decided_at is not None) == (state in FINAL)
        assert state not in states.WITH_OFFICER or report.claimed_by_id in {filled.officer, filled.supervisor}


def test_its_copies_name_their_originals_and_its_referrals_somebody(filled: Plan) -> None:
    maker = Maker(filled)
    numbers = {maker.make(number).report.reference: number for number in range(0, 300, 50)}
    assert {reference: maker.numbers.number(reference) for reference in numbers} == numbers
    joined = Report.objects.filter(state=State.DUPLICATE).select_related("duplicate_of")
    assert joined
    for report in joined:
        assert report.duplicate_of.state != State.DUPLICATE
        assert report.duplicate_of.report_type_id == report.report_type_id
    referred = Report.objects.filter(state=State.REFERRED).prefetch_related("referrals")
    assert referred
    assert all(report.referrals.all()[0].name for report in referred)


@pytest.mark.parametrize("later", [0, 3, 4, 5])
def test_it_makes_enough_for_an_officers_day(plan: Plan, later: int) -> None:
    actions.fill(replace(plan, until=UNTIL + timedelta(days=later)))
    found = Counter(Report.objects.values_list("state", flat=True))
    assert set(found) == set(State.values)
    assert found["queued"] >= 8
    assert found["in_review"] >= 2
    assert found["waiting"] >= 2
    assert found["approved"] >= 100
    assert found["rejected"] >= 15


def test_it_makes_reports_that_are_overdue(filled: Plan) -> None:
    end = Maker(filled).moments.end
    still_open = Report.objects.exclude(state__in=sorted(FINAL))
    assert still_open.filter(due_at__lt=end).exists()
    assert still_open.filter(due_at__gt=end).exists()


def test_it_leaves_a_question_with_those_that_wait(filled: Plan) -> None:
    for report in Report.objects.filter(state=State.WAITING):
        message, words = read_messages(report)[-1]
        assert message.from_agency
        assert message.by_id == filled.officer
        assert words in en.QUESTIONS or message.question in READY


def test_it_answers_questions_in_the_language_of_the_report(filled: Plan) -> None:
    answered = Report.objects.filter(messages__from_agency=False).select_related("sealing_key")
    assert answered
    for report in answered:
        (question, asked), (answer, answered_with) = read_messages(report)[:2]
        assert (question.from_agency, answer.from_agency) == (True, False)
        if report.language in others.ANSWERS:
            assert answered_with in others.ANSWERS[report.language]
        else:
            at = READY.index(question.question) if question.question else en.QUESTIONS.index(asked)
            assert answered_with == texts(report.language).ANSWERS[at]


def test_it_leaves_some_spanish_texts_to_the_desk_and_has_some_translated(filled: Plan) -> None:
    stages = Counter(Passage.objects.filter(message=None).values_list("source", "stage"))
    assert stages["es", "done"] >= 10
    assert stages["es", "waiting"] >= 3
    waiting = Passage.objects.filter(stage="waiting").exclude(report__state__in=sorted(FINAL))
    assert waiting.count() == Passage.objects.filter(stage="waiting").count()


def test_its_translations_open_and_say_who_made_them(filled: Plan) -> None:
    done = Passage.objects.filter(stage="done").select_related("report__sealing_key", "message")
    assert {each.message and each.message.from_agency for each in done} == {None, True, False}
    for passage in done:
        [version] = versions(passage, passage.report.sealing_key.unwrap())
        assert version.words
        assert version.words != original(passage)
        assert (version.row.by_id, version.row.origin) == (filled.translator, "person")


def test_every_whole_story_has_its_english() -> None:
    for language, kinds in others.STORIES.items():
        for kind, stories in kinds.items():
            for story, made in zip(stories, in_english.STORIES[language][kind], strict=True):
                told = story.replace("{street}", "Vermont Ave (North)")
                assert english(told, language) == made.replace("{street}", "Vermont Ave (North)")
    assert {language: len(answers) for language, answers in others.ANSWERS.items()} == {
        language: len(answers) for language, answers in in_english.ANSWERS.items()
    }


def test_it_leaves_the_clock_of_answers_running(filled: Plan) -> None:
    for report in Report.objects.exclude(state=State.RECEIVED):
        last = report.moves.last()
        asked = last.action == Action.ASK
        assert (report.answer_due_at is not None) == asked
        assert not asked or report.answer_due_at == days_after(last.at, days=15)
        assert report.unanswered == (last.action == Action.LAPSE)
        assert (report.news, report.news_at) == (("answered", last.at) if last.action == Action.ANSWER else ("", None))


def test_it_brings_a_few_files_that_the_worker_looks_into(filled: Plan, settings) -> None:
    settings.CLAMD_URL = ""
    rows = list(Attachment.objects.select_related("report__sealing_key"))
    assert 3 <= len(rows) <= 20
    for row in rows:
        assert opened(row.report)["files"]["each"] == [said_of(row, row.report.sealing_key.unwrap())]
        assert len(b"".join(files.original(row))) == row.size < 60_000
    work()
    assert not Attachment.objects.filter(copy="").exists()


def test_it_gives_codes_that_open_the_report(filled: Plan) -> None:
    report = Report.objects.order_by("?").first()
    code = access_code(report.draft_id)
    assert find(reference=report.reference, access_code=code, by=audit.RESIDENT) == report
    assert find(reference=report.reference, access_code=code[::-1], by=audit.RESIDENT) is None


def test_it_can_be_searched(filled: Plan) -> None:
    reports = Report.objects.select_related("document", "sealing_key").exclude(has_email=False)
    report = reports.first()
    wanted = vault.keyed(terms.email(opened(report)["person"]["email"]))
    assert report.pk in set(Document.objects.filter(terms__contains=wanted).values_list("pk", flat=True))


def test_it_keeps_the_log_unbroken(filled: Plan) -> None:
    assert audit.first_broken() is None
    verbs = Counter(AuditEvent.objects.filter(subject__startswith="report:").values_list("verb", flat=True))
    assert verbs["intake.submit"] == filled.reports
    assert verbs["notices.send"] == Notice.objects.count()
    times = list(AuditEvent.objects.filter(subject__startswith="report:").order_by("id").values_list("at", flat=True))
    assert times == sorted(times)


def test_it_leaves_only_the_newest_for_the_worker(filled: Plan) -> None:
    waiting = Report.objects.filter(state=State.RECEIVED)
    left = Job.objects.filter(done_at=None).exclude(kind=Job.Kind.SCAN)
    assert set(left.values_list("report_id", flat=True)) == {each.pk for each in waiting}
    assert Notice.objects.filter(sent_at=None).count() == 0
    work()
    assert not Report.objects.filter(state=State.RECEIVED).exists()


def test_it_says_so_when_the_seed_is_there_already(filled: Plan) -> None:
    with pytest.raises(actions.Refused, match="seed 1 are already there"):
        actions.fill(filled)
    assert Report.objects.count() == filled.reports


def test_it_adds_the_reports_of_another_seed(filled: Plan) -> None:
    actions.fill(replace(filled, seed=2))
    assert Report.objects.count() == 2 * filled.reports


def test_it_needs_a_live_type(plan: Plan) -> None:
    for report_type in live.types():
        type(report_type).objects.filter(pk=report_type.pk).update(state="retired")
    live.clear()
    with pytest.raises(actions.Refused, match="load_catalogue"):
        actions.fill(plan)


def test_it_refuses_where_debug_is_off(db: None, settings: object) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo_data", reports=3)
    assert not Report.objects.exists()


def test_it_is_a_command(db: None, settings: object, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEBUG = True
    call_command("demo_data", reports=5, seed=9, until=UNTIL)
    assert capsys.readouterr().out == "5 demo reports are there.\n"
    with pytest.raises(CommandError, match="already there"):
        call_command("demo_data", reports=5, seed=9, until=UNTIL)


def test_it_puts_the_indexes_back_when_it_fails(plan: Plan) -> None:
    before = index_names()
    with pytest.raises(KeyboardInterrupt):
        interrupted_without_indexes(replace(plan, reports=actions.MANY))
    assert index_names() == before


def test_it_repairs_what_a_killed_run_left(plan: Plan) -> None:
    before = index_names()
    indexes.set_aside([table.name for table in actions.TABLES.values()])
    assert "document_terms" not in index_names()
    actions.fill(replace(plan, reports=3))
    assert index_names() == before


@pytest.mark.django_db(transaction=True)
def test_it_writes_with_two_processes(transactional_db: None) -> None:
    plan, before, heard = Plan(reports=actions.WORTH_A_PROCESS, seed=4, until=UNTIL), index_names(), []
    actions.fill(plan, processes=2, tell=heard.append)
    assert sum(heard) == Report.objects.count() == plan.reports
    assert audit.first_broken() is None
    assert index_names() == before
    assert opened(Report.objects.get(pk=Maker(plan).identity(4999)))["narrative"]["story"]


def test_some_hate_reports_are_escalated_and_most_classified(filled: Plan) -> None:
    """As the tables have it: an open escalation marks a possible hate crime, a settled one has its classification."""
    reports = Report.objects.filter(report_type__is_hate=True)
    escalations = HateEscalation.objects.select_related("report")
    assert escalations.filter(settled_at=None).exists()
    assert {row.verdict for row in HateClassification.objects.all()} == {"crime", "incident", "neither"}
    for row in escalations:
        assert (row.settled_at is None) == (row.report.hate_verdict == "")
        assert row.due_at == workdays.after(row.at, days=10)
    for report in reports:
        now = standing(report)
        assert report.hate_verdict == (now.current.verdict if now.current else "")
        assert report.possible_hate == (now.open is not None or report.hate_verdict == "crime")
    assert not HateEscalation.objects.exclude(report__in=reports).exists()
