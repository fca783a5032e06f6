"""What staff are told: whom, once, and nothing that is not theirs."""

from itertools import product

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from reports.alerts import recipients
from reports.alerts.actions import alert, choose
from reports.alerts.kinds import KINDS, READERS, reached
from reports.audit import RESIDENT, SYSTEM
from reports.models import Alert, AlertKind, AlertMail, Area, AuditEvent, Job, Passage, Priority, Report, Way
from reports.permissions import may_open, reaches
from reports.processing import actions as processing
from reports.processing.actions import ask_for
from reports.review import actions as review
from reports.review import claiming
from reports.states import StealReason
from reports.status import actions as status
from reports.translating import actions as translating
from tests.desk import another, at_once
from tests.resident import STORY, Resident


def told(report: Report, kind: AlertKind) -> set[str]:
    return set(Alert.objects.filter(report=report, kind=kind).values_list("user__username", flat=True))


def tell(report: Report, kind: AlertKind = AlertKind.PRIORITY, **more) -> list[Job]:
    """Tell staff as actions do."""
    jobs = alert(kind=kind, report=report, **{"by": SYSTEM, **more})
    ask_for(jobs)
    return jobs


def test_the_condition_of_the_database_agrees_with_the_table_of_permissions(queued: Report, staff) -> None:
    """Every role × place of the person × place of the report × hate."""
    everybody = [
        staff(f"user{number}", role, areas=areas, bureaus=bureaus, citywide=citywide)
        for number, (role, (areas, bureaus, citywide)) in enumerate(
            product(Role, [([], [], False), ([1], [], False), ([], ["OCB"], False), ([5], [], False), ([], [], True)])
        )
    ]
    for area, hate in product([queued.area, Area.objects.get(number=2), None], [False, True]):
        queued.area, queued.possible_hate = area, hate
        for role in READERS:
            found = User.objects.filter(recipients.in_reach(queued, [role]), username__startswith="user")
            by_table = {
                user.pk for user in everybody if user.has_role(role) and any(r.covers(queued) for r in reaches(user))
            }
            assert set(found.values_list("pk", flat=True)) == by_table, (area, hate, role)


# Of what kind whom is told: the officer of the area, the one of another, the supervisor, the coordinator, the claimant.
TOLD = {
    AlertKind.PRIORITY: {"olga", "sue", "cora"},
    AlertKind.ESCALATED: {"sue", "cora"},
    AlertKind.UNCLASSIFIED: {"sue", "cora"},
    AlertKind.CLASSIFIED: set(),
    AlertKind.ANSWERED: {"carl"},
    AlertKind.RETURNED: {"carl"},
    AlertKind.OVERDUE: {"carl", "sue"},
    AlertKind.TRANSLATED: {"carl"},
    AlertKind.ASSIGNED: set(),
    AlertKind.STOLEN: set(),
    AlertKind.MENTIONED: set(),
    AlertKind.COUNTS: {"sue"},
    AlertKind.EXPORTED: {"sue"},
}


@pytest.fixture
def hate(queued: Report, staff) -> Report:
    """A possible hate crime in Central, held by Carl; Cora coordinates the bureau, Curt another one."""
    carl = staff("carl", Role.OFFICER)
    staff("cora", Role.COORDINATOR, bureaus=["OCB"])
    staff("curt", Role.COORDINATOR, bureaus=["OVB"])
    Report.objects.filter(pk=queued.pk).update(possible_hate=True, claimed_by=carl)
    return Report.objects.get(pk=queued.pk)


@pytest.mark.parametrize("kind", AlertKind)
def test_each_kind_reaches_whom_the_table_names(hate: Report, kind: AlertKind) -> None:
    tell(hate, kind)
    assert told(hate, kind) == TOLD[kind]


def test_while_nobody_holds_it_the_officers_of_the_area_hear_that_it_is_overdue(hate: Report) -> None:
    hate.claimed_by = None
    tell(hate, AlertKind.OVERDUE)
    assert told(hate, AlertKind.OVERDUE) == {"olga", "sue", "cora"}


def test_nobody_is_told_of_what_they_did(queued: Report, olga: User) -> None:
    tell(queued, by=olga)
    assert told(queued, AlertKind.PRIORITY) == {"sue"}
    assert set(Alert.objects.values_list("by", flat=True)) == {olga.pk}


def test_who_left_is_told_nothing(queued: Report, olga: User) -> None:
    olga.is_active = False
    olga.save(update_fields=["is_active"])
    tell(queued)
    assert told(queued, AlertKind.PRIORITY) == {"sue"}


def test_an_action_may_name_people_but_only_those_in_whose_reach_the_report_is(
    queued: Report, olga: User, piet: User, ada: User, sue: User
) -> None:
    tell(queued, AlertKind.MENTIONED, by=sue, to=[olga, piet, ada, sue])
    assert told(queued, AlertKind.MENTIONED) == {"olga"}


def test_an_e_mail_goes_at_once_with_reference_and_link_and_no_personal_data(
    queued: Report, settings, olga: User
) -> None:
    mail.outbox.clear()
    tell(queued)
    assert mail.outbox == []
    processing.work()
    to_olga = [letter for letter in mail.outbox if letter.to == ["olga@example.org"]]
    assert [letter.subject for letter in to_olga] == [f"New report of high priority: {queued.reference}"]
    body = to_olga[0].body
    assert f"{settings.SITE_URL}/admin/review/{queued.pk}/" in body
    assert f"{settings.SITE_URL}/admin/alerts/choose/" in body
    # By chance any digits may stand in an id or a reference.
    for plain in (settings.SITE_URL, str(queued.pk), queued.reference):
        body = body.replace(plain, "")
    for personal in [STORY, "Ana", "Flores", "example.org", "213", queued.report_type.name, "Central"]:
        assert personal not in body


def test_it_is_sent_once_however_often_its_job_runs(queued: Report) -> None:
    tell(queued, to=[User.objects.get(username="olga")])
    processing.work()
    Job.objects.filter(kind=Job.Kind.ALERT).update(done_at=None, leased_until=None)
    processing.work()
    assert len([letter for letter in mail.outbox if letter.to == ["olga@example.org"]]) == 1


def test_no_e_mail_goes_about_a_report_that_left_the_reach_meanwhile(queued: Report) -> None:
    tell(queued)
    Report.objects.filter(pk=queued.pk).update(area=Area.objects.get(number=5))
    mail.outbox.clear()
    processing.work()
    assert mail.outbox == []
    assert not AlertMail.objects.exclude(sent_at=None).exists()


def test_who_has_no_address_finds_it_in_the_portal(queued: Report, olga: User) -> None:
    olga.email = ""
    olga.save(update_fields=["email"])
    assert tell(queued, to=[olga]) == []
    assert told(queued, AlertKind.PRIORITY) == {"olga"}


@pytest.mark.parametrize(("way", "rows", "jobs"), [("now", 1, 1), ("daily", 1, 0), ("here", 1, 0), ("never", 0, 0)])
def test_each_person_is_told_as_they_wish(queued: Report, olga: User, way: str, rows: int, jobs: int) -> None:
    choose(ways={AlertKind.PRIORITY: Way(way)}, by=olga)
    assert len(tell(queued, to=[olga])) == jobs
    assert Alert.objects.filter(user=olga).count() == rows


def test_escalations_cannot_be_switched_off(hate: Report, sue: User) -> None:
    choose(ways=dict.fromkeys(AlertKind, Way.NEVER), by=sue)
    tell(hate, AlertKind.ESCALATED)
    tell(hate, AlertKind.UNCLASSIFIED)
    tell(hate, AlertKind.PRIORITY)
    assert set(Alert.objects.filter(user=sue).values_list("kind", flat=True)) == {"escalated", "unclassified"}


def test_kinds_are_open_to_those_whom_they_may_reach(staff) -> None:
    for role in Role:
        kinds = set(reached(staff(role.value, role)))
        assert (AlertKind.ESCALATED in kinds) == (role in {Role.COORDINATOR, Role.SUPERVISOR})
    assert set(KINDS) == set(AlertKind)
    assert all(kind.way in kind.ways for kind in KINDS.values())


@pytest.mark.parametrize("count", [1, 30])
def test_many_people_take_no_more_statements(queued: Report, staff, count: int) -> None:
    for number in range(count):
        staff(f"user{number}", Role.OFFICER, areas=[1], email=f"{number}@example.org")
    report = Report.objects.select_related("area", "report_type").get(pk=queued.pk)
    with CaptureQueriesContext(connection) as captured:
        assert len(alert(kind=AlertKind.PRIORITY, report=report, by=SYSTEM)) == count + 2
    assert len(captured) == 5, [query["sql"][:80] for query in captured]


def test_what_comes_at_the_same_moment_goes_in_one_e_mail(queued: Report, olga: User, sue: User) -> None:
    reports = [another(queued) for _each in range(3)]
    processing.work()
    mail.outbox.clear()
    for report in reports:
        claiming.assign(report_id=report.pk, to=olga, by=sue)
    processing.work()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["olga@example.org"], "3 notices")
    assert all(report.reference in letter.body for report in reports)
    assert not Job.objects.filter(kind=Job.Kind.ALERT, done_at=None).exists()
    assert not AlertMail.objects.filter(sent_at=None).exists()


# --- Where it belongs to ---------------------------------------------------------
def test_a_new_report_of_high_priority_is_told(resident: Resident, olga: User) -> None:
    plain = resident.file("lost-property").report
    urgent = resident.file("hate-incident").report
    assert urgent.priority == Priority.HIGH
    processing.work()
    assert told(urgent, AlertKind.PRIORITY) == {"olga", "sue"}
    assert told(plain, AlertKind.PRIORITY) == set()


def test_an_answer_and_an_addition_are_told_to_who_holds_the_report(queued: Report, olga: User) -> None:
    status.add(report=queued, text="One more thing.", by=RESIDENT)
    assert told(queued, AlertKind.ANSWERED) == set()
    claiming.claim(report_id=queued.pk, by=olga)
    status.add(report=queued, text="And another.", by=RESIDENT)
    status.add(report=queued, text="And a third.", by=RESIDENT)
    assert Alert.objects.filter(user=olga, kind=AlertKind.ANSWERED).count() == 1
    review.look(report=Report.objects.get(pk=queued.pk), by=olga)
    review.ask(report_id=queued.pk, text="Which window?", by=olga)
    status.answer(report=queued, text="The left one.", by=RESIDENT)
    assert Alert.objects.filter(user=olga, kind=AlertKind.ANSWERED).count() == 2


def test_who_is_given_a_report_and_who_loses_one_are_told(queued: Report, olga: User, sue: User, staff) -> None:
    otto = staff("otto", Role.OFFICER, areas=[1])
    claiming.assign(report_id=queued.pk, to=olga, by=sue)
    assert told(queued, AlertKind.ASSIGNED) == {"olga"}
    claiming.steal(report_id=queued.pk, reason=StealReason.AWAY, by=otto)
    assert told(queued, AlertKind.STOLEN) == {"olga"}
    claiming.assign(report_id=queued.pk, to=sue, by=sue)
    assert told(queued, AlertKind.ASSIGNED) == {"olga"}


def test_a_translation_into_english_is_told_to_who_holds_the_report(staff, olga: User) -> None:
    report = Resident("es").file("theft-from-vehicle").report
    processing.work()
    passage = Passage.objects.get(report=report)
    tess = staff("tess", Role.TRANSLATOR, languages=["es"])
    translating.write(passage_id=passage.pk, words="The window is broken.", version=0, by=tess)
    assert told(report, AlertKind.TRANSLATED) == set()
    claiming.claim(report_id=report.pk, by=olga)
    translating.write(passage_id=passage.pk, words="The window broke.", version=1, by=tess)
    assert told(report, AlertKind.TRANSLATED) == {"olga"}


def test_what_is_undone_is_told_to_nobody(queued: Report) -> None:
    with transaction.atomic():
        tell(queued)
        transaction.set_rollback(True)
    assert not Alert.objects.exists()
    assert not AlertMail.objects.exists()


def test_a_dead_mail_server_stops_neither_the_answer_nor_the_alert(queued: Report, olga: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    claiming.claim(report_id=queued.pk, by=olga)
    status.add(report=queued, text="One more thing.", by=RESIDENT)
    processing.work()
    job = Job.objects.get(kind=Job.Kind.ALERT)
    assert (job.done_at, job.last_error) == (None, "ConnectionRefusedError")
    assert told(queued, AlertKind.ANSWERED) == {"olga"}


def test_the_log_keeps_what_was_chosen(olga: User) -> None:
    choose(ways={AlertKind.PRIORITY: Way.DAILY}, by=olga)
    event = AuditEvent.objects.get(verb="alerts.choose")
    assert (event.actor, event.details) == (f"user:{olga.pk}", {"priority": "daily"})


def test_everybody_who_is_told_may_open_the_list(hate: Report) -> None:
    for kind in AlertKind:
        tell(hate, kind)
    assert all(may_open(user, "alerts.show") for user in User.objects.filter(alerts__isnull=False).distinct())


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_e_mail(queued: Report, olga: User, settings, tmp_path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    with transaction.atomic():
        tell(another(queued), to=[olga])
    at_once(processing.work, processing.work)
    assert len([path for path in tmp_path.iterdir() if "olga@example.org" in path.read_text()]) == 1
