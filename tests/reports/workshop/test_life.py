"""The life of a version: who may take which step in which state, and what is remembered of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.catalogue import live
from reports.models import LIFE, Area, AuditEvent, Draft, ExtraChoice, ReportType, TypeStep
from reports.permissions import TYPE_STEPS, may_step
from reports.workshop import actions, composing, life, wording
from tests.desk import at_once
from tests.reports.workshop.conftest import approve, live_version
from tests.resident import ANSWERS, SCREENING, Resident, with_area

pytestmark = pytest.mark.django_db
Kind, State = TypeStep.Kind, ReportType.State


# --- The table -----------------------------------------------------------------
# By hand, not by the code: which steps a supervisor other than the author may take in which state.
POSSIBLE = {
    State.DRAFT: {Kind.COMPOSE, Kind.SUBMIT, Kind.DISCARD},
    State.SUBMITTED: {Kind.SEND_BACK, Kind.APPROVE},
    State.APPROVED: {Kind.SEND_BACK, Kind.PUBLISH},
    State.TRIAL: {Kind.COPY, Kind.PUBLISH, Kind.RETIRE},
    State.LIVE: {Kind.COPY, Kind.RETIRE},
    State.RETIRED: {Kind.COPY},
}


@pytest.mark.parametrize("state", list(State))
def test_which_step_is_possible_in_which_state(state: str, draft: ReportType, max_: User) -> None:
    draft.state = state
    assert {kind for kind in LIFE if may_step(max_, kind, draft)} == POSSIBLE[State(state)]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_compose(role: Role, staff: Callable[..., User], draft: ReportType) -> None:
    person = staff("sam", role)
    allowed = role in {Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert {may_step(person, kind, draft) for kind in (Kind.COMPOSE, Kind.SUBMIT)} == {allowed}
    draft.state = State.SUBMITTED
    assert may_step(person, Kind.APPROVE, draft) is allowed


def test_nobody_lets_a_version_go_live_by_hand(draft: ReportType, max_: User) -> None:
    draft.state = State.APPROVED
    assert Kind.LAUNCH not in TYPE_STEPS
    assert not may_step(max_, Kind.LAUNCH, draft)


def test_every_step_has_an_event_and_words() -> None:
    assert life.EVENTS.keys() == set(Kind)
    assert wording.TOLD.keys() == set(Kind)
    assert wording.STANDS.keys() == set(State)


# --- The second person ------------------------------------------------------------
def test_its_author_cannot_approve_it(draft: ReportType, sue: User) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    with pytest.raises(life.CannotStep):
        approve(draft, by=sue)
    assert ReportType.objects.get(pk=draft.pk).approved_by is None


def test_its_last_editor_cannot_approve_it_either(draft: ReportType, sue: User, max_: User) -> None:
    composing.describe(report_type_id=draft.pk, values={"summary_en": "It was stolen."}, by=max_)
    actions.submit(report_type_id=draft.pk, by=sue)
    with pytest.raises(life.CannotStep):
        approve(draft, by=max_)


def test_who_touches_a_translation_has_edited_it(draft: ReportType, sue: User, max_: User) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    composing.reworded(version=draft, by=max_)
    with pytest.raises(life.CannotStep):
        approve(draft, by=max_)


def test_the_approval_is_remembered(approved: ReportType, max_: User) -> None:
    assert (approved.state, approved.approved_by) == (State.APPROVED, max_)
    step = approved.steps.get(kind=Kind.APPROVE)
    assert step.by == max_
    assert "English stands in where these lack a text: Spanish, Korean, Armenian" in wording.told(step)
    event = AuditEvent.objects.get(verb="workshop.approve")
    assert (event.actor, event.subject) == (f"user:{max_.pk}", f"reporttype:{approved.pk}")


def test_what_was_changed_meanwhile_is_not_approved_unseen(draft: ReportType, sue: User, max_: User) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    seen = life.mark(draft)
    composing.reworded(version=draft, by=sue)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.approve(report_type_id=draft.pk, seen=seen, english_stands_in=True, by=max_)


def test_missing_languages_need_a_word(draft: ReportType, sue: User, max_: User) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    with pytest.raises(actions.Untranslated):
        actions.approve(report_type_id=draft.pk, seen=life.mark(draft), english_stands_in=False, by=max_)
    assert ReportType.objects.get(pk=draft.pk).state == State.SUBMITTED


def test_what_is_sent_or_approved_cannot_be_composed(approved: ReportType, sue: User) -> None:
    with pytest.raises(life.CannotStep):
        composing.describe(report_type_id=approved.pk, values={"summary_en": "Other."}, by=sue)


def test_sending_back_takes_the_approval_away(approved: ReportType, sue: User) -> None:
    actions.publish(report_type_id=approved.pk, live_from=timezone.now() + timedelta(days=1), by=sue)
    actions.send_back(report_type_id=approved.pk, note="The summary is too long.", by=sue)
    back = ReportType.objects.get(pk=approved.pk)
    assert (back.state, back.approved_by, back.live_from) == (State.DRAFT, None, None)
    assert back.steps.last().note == "The summary is too long."


def test_changes_of_one_person_are_one_line_of_history(draft: ReportType, sue: User, max_: User) -> None:
    composing.describe(report_type_id=draft.pk, values={}, by=max_)
    composing.describe(report_type_id=draft.pk, values={}, by=sue)
    told = [wording.told(step) for step in draft.steps.all()]
    assert told == [
        "Begun.",
        "Changed: screening questions, extra questions.",
        "Changed: name, texts and rules.",
        "Changed: name, texts and rules.",
    ]


# --- Going live ----------------------------------------------------------------------
def offered(slug: str) -> ReportType | None:
    live.clear()
    return live.type_named(slug)


def test_it_goes_live_at_once_where_no_day_is_given(approved: ReportType, max_: User) -> None:
    actions.publish(report_type_id=approved.pk, by=max_)
    assert offered("stolen-bicycle") == approved
    kinds = [step.kind for step in approved.steps.all()][-2:]
    assert kinds == [Kind.PUBLISH, Kind.LAUNCH]


def test_it_goes_live_by_itself_when_its_day_has_come(approved: ReportType, max_: User) -> None:
    day = timezone.now() + timedelta(days=3)
    actions.publish(report_type_id=approved.pk, live_from=day, by=max_)
    assert actions.launch(by=SYSTEM) == 0
    assert offered("stolen-bicycle") is None
    assert actions.launch(by=SYSTEM, now=day) == 1
    assert actions.launch(by=SYSTEM, now=day) == 0
    version = ReportType.objects.get(pk=approved.pk)
    assert version.state == State.LIVE
    assert version.steps.last().by is None


def new_version(slug: str, *, by: User, second: User) -> ReportType:
    """Copy the live version of a type and have it approved."""
    version = actions.copy(report_type_id=live_version(slug).pk, by=by)
    actions.submit(report_type_id=version.pk, by=by)
    approve(version, by=second)
    return ReportType.objects.get(pk=version.pk)


def test_a_new_version_takes_the_place_of_the_old_in_one_moment(sue: User, max_: User) -> None:
    old = live_version("theft")
    new = new_version("theft", by=sue, second=max_)
    actions.publish(report_type_id=new.pk, by=max_)
    assert offered("theft") == new
    assert ReportType.objects.get(pk=old.pk).state == State.RETIRED
    assert wording.told(ReportType.objects.get(pk=old.pk).steps.last()) == "Retired: version 2 took its place."
    assert ReportType.objects.filter(slug="theft", state="live").count() == 1


def test_a_draft_begun_on_the_old_version_can_be_finished(sue: User, max_: User) -> None:
    resident = Resident()
    draft = resident.answer_all("theft")
    old = live_version("theft")
    new = new_version("theft", by=sue, second=max_)
    actions.publish(report_type_id=new.pk, by=max_)
    live.clear()
    assert resident.submit(draft).status_code == 302
    shown = resident.client.get(resident.url("intake:sent", draft)).context
    assert shown["report_type"] == old


def test_who_reads_about_the_old_version_is_led_to_the_new(sue: User, max_: User) -> None:
    resident = Resident()
    old = live_version("theft")
    new = new_version("theft", by=sue, second=max_)
    actions.publish(report_type_id=new.pk, by=max_)
    live.clear()
    answer = resident.client.post(resident.url("intake:begin", old.pk))
    assert (answer.status_code, answer.url) == (302, resident.url("intake:begin", new.pk))
    assert not Draft.objects.exists()


def test_it_is_retired_and_offered_no_more(sue: User) -> None:
    version = live_version("graffiti")
    actions.retire(report_type_id=version.pk, note="The city has a page for it.", by=sue)
    assert offered("graffiti") is None
    page = Resident().client.get(Resident().url("intake:begin", version.pk))
    assert page.status_code == 404


# --- Chosen areas first -----------------------------------------------------------------
def test_a_version_in_chosen_areas_leaves_the_old_one_elsewhere(sue: User, max_: User) -> None:
    old, new = live_version("theft"), new_version("theft", by=sue, second=max_)
    central, harbor = Area.objects.get(number=1), Area.objects.get(number=5)
    actions.publish(report_type_id=new.pk, areas=[central], by=max_)
    live.clear()
    assert ReportType.objects.get(pk=new.pk).state == State.TRIAL
    assert [live.version_in("theft", area) for area in (central.pk, harbor.pk, None)] == [new, old, old]
    assert live.types().count(old) == 1
    assert new not in live.types()


def test_chosen_areas_end_by_themselves(sue: User, max_: User) -> None:
    old, new = live_version("theft"), new_version("theft", by=sue, second=max_)
    later = timezone.now() + timedelta(days=14)
    areas = Area.objects.filter(number=1)
    actions.publish(report_type_id=new.pk, areas=areas, everywhere_from=later, by=max_)
    assert actions.launch(by=SYSTEM) == 0
    assert actions.launch(by=SYSTEM, now=later) == 1
    states = dict(ReportType.objects.filter(slug="theft").values_list("version", "state"))
    assert states == {old.version: State.RETIRED, new.version: State.LIVE}
    assert not ReportType.objects.get(pk=new.pk).areas.exists()


def test_other_areas_join_and_then_all(sue: User, max_: User) -> None:
    new = new_version("theft", by=sue, second=max_)
    actions.publish(report_type_id=new.pk, areas=Area.objects.filter(number=1), by=max_)
    actions.publish(report_type_id=new.pk, areas=Area.objects.filter(number__in=[1, 5]), by=max_)
    assert ReportType.objects.get(pk=new.pk).areas.count() == 2
    assert ReportType.objects.get(pk=new.pk).state == State.TRIAL
    actions.publish(report_type_id=new.pk, by=max_)
    assert live_version("theft") == new


# --- New versions ---------------------------------------------------------------------
def columns(row: object) -> dict[str, object]:
    """Return what a copy shares with its pattern: every column but keys, state, people and dates."""
    own = {"id", "version", "state", "author_id", "edited_by_id", "approved_by_id", "live_from", "everywhere_from"}
    links = {"report_type_id", "question_id", "shipped"}
    names = {field.attname for field in row._meta.concrete_fields} - own - links
    return {name: vars(row)[name] for name in names}


def test_a_copy_has_everything_in_every_language(sue: User) -> None:
    source = live_version("lost-property")
    source = ReportType.objects.get(pk=source.pk)
    made = ReportType.objects.get(pk=actions.copy(report_type_id=source.pk, by=sue).pk)
    assert (made.version, made.state, made.author) == (source.version + 1, State.DRAFT, sue)
    assert columns(made) == columns(source)
    assert vars(made)["name_ko"] == vars(source)["name_ko"] != vars(source)["name_en"]
    for name in ("screening", "questions"):
        rows = zip(getattr(made, name).all(), getattr(source, name).all(), strict=True)
        assert [columns(one) == columns(other) for one, other in rows] == [True] * getattr(source, name).count()
    choices = [ExtraChoice.objects.filter(question__report_type=each).order_by("pk") for each in (made, source)]
    assert [columns(each) for each in choices[0]] == [columns(each) for each in choices[1]] != []


def test_one_version_is_in_work_at_a_time(sue: User, max_: User) -> None:
    source = live_version("theft")
    made = actions.copy(report_type_id=source.pk, by=sue)
    with pytest.raises(actions.InWork) as refused:
        actions.copy(report_type_id=source.pk, by=max_)
    assert refused.value.report_type == made


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_new_version_at_once_get_one(staff: Callable[..., User]) -> None:
    people = [staff(name, Role.SUPERVISOR) for name in ("sue", "max")]
    source = live_version("theft")
    results = at_once(*(lambda by=by: actions.copy(report_type_id=source.pk, by=by) for by in people))
    assert sorted(type(result).__name__ for result in results) == ["InWork", "ReportType"]


def test_a_draft_is_thrown_away_and_the_log_keeps_it(draft: ReportType, sue: User) -> None:
    actions.discard(report_type_id=draft.pk, by=sue)
    assert not ReportType.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.filter(verb="workshop.discard", subject=f"reporttype:{draft.pk}").exists()


def test_a_live_version_is_not_thrown_away(sue: User) -> None:
    with pytest.raises(life.CannotStep):
        actions.discard(report_type_id=live_version("theft").pk, by=sue)


def test_answers_of_the_copy_are_the_residents_answers(sue: User, max_: User) -> None:
    """The copy asks the same: a resident fills it in with the same answers."""
    new = new_version("theft", by=sue, second=max_)
    actions.publish(report_type_id=new.pk, by=max_)
    live.clear()
    resident = Resident()
    draft = resident.begin("theft")
    for step, answers in ({"screening": SCREENING["theft"]} | ANSWERS["theft"]).items():
        assert resident.fill(draft, step, with_area(answers)).status_code == 302, step
    assert resident.submit(draft).status_code == 302
