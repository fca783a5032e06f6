"""The only writer of a report's state: who may take which step, and what a step leaves behind."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import transaction

from accounts.models import Role, User
from reports import audit, workflow
from reports.audit import RESIDENT, SYSTEM
from reports.models import Area, AuditEvent, Move, Report, ReportType
from reports.states import Action, State
from reports.workflow import CannotMove, NotAllowed, OutOfReach
from tests.resident import Resident
from tests.sources import imported, modules, where

# Everything below is written by hand: nothing of it is asked of the code under test.
LEADS = {
    ("queue", "received"): "queued",
    ("claim", "queued"): "in_review",
    ("release", "in_review"): "queued",
    ("assign", "queued"): "in_review",
    ("assign", "in_review"): "in_review",
    ("assign", "waiting"): "waiting",
    ("steal", "in_review"): "in_review",
    ("steal", "waiting"): "waiting",
    ("approve", "in_review"): "approved",
    ("ask", "in_review"): "waiting",
    ("answer", "waiting"): "in_review",
    ("lapse", "waiting"): "in_review",
    ("reject", "in_review"): "rejected",
    ("refer", "in_review"): "referred",
    ("join", "in_review"): "duplicate",
    ("withdraw", "received"): "withdrawn",
    ("withdraw", "queued"): "withdrawn",
    ("withdraw", "in_review"): "withdrawn",
    ("withdraw", "waiting"): "withdrawn",
    ("reopen", "approved"): "in_review",
    ("reopen", "rejected"): "in_review",
    ("reopen", "referred"): "in_review",
    ("reopen", "duplicate"): "in_review",
    ("reopen", "withdrawn"): "in_review",
}
STATES = {state for _action, state in LEADS}
ACTIONS = {action for action, _state in LEADS}
FINAL = {"approved", "rejected", "referred", "duplicate", "withdrawn"}
OFFICERS_STEPS = {"claim", "release", "approve", "ask", "reject", "refer", "join", "withdraw"}
ROLES = {"officer", "coordinator", "translator", "clerk", "supervisor", "administrator", "auditor"}
PLACES = ("own", "foreign", "nowhere")
CLAIMS = ("me", "other", "nobody")


def allowed(who: str, action: str, place: str, claim: str, hate: bool) -> bool:
    """Tell by the house's design whether `who` may take a step that the state allows."""
    if who in {"resident", "system"}:
        return action in {"resident": {"answer", "withdraw"}, "system": {"queue", "lapse"}}[who]
    if action == "steal" and claim == "me":
        return False
    if who == "supervisor":
        return action in OFFICERS_STEPS | {"reopen", "assign", "steal"} and place in {"own", "nowhere"}
    if who == "officer" or (who == "coordinator" and hate):
        return place == "own" and (action in {"claim", "steal"} or (action in OFFICERS_STEPS and claim == "me"))
    return False


def expected(who: str, action: str, state: str, place: str, claim: str, hate: bool) -> str:
    """Return the state a step leads to, or the error it ends with."""
    if (action, state) not in LEADS:
        return "CannotMove"
    return LEADS[action, state] if allowed(who, action, place, claim, hate) else "NotAllowed"


def outcome(report: Report, who: object, action: str, everywhere: User) -> str:
    """Take the step, note where it led, and undo it."""
    given = {
        "approve": {"dr_number": "260000001"},
        "reject": {"reject_reason": "spam"},
        "assign": {"to": everywhere},
        "steal": {"reason": "away"},
    }
    try:
        with transaction.atomic():
            workflow.move(report, action=Action(action), by=who, **given.get(action, {}))
            transaction.set_rollback(True)
    except CannotMove as error:
        return type(error).__name__
    return str(report.state)


@pytest.fixture
def cast(staff) -> dict[str, object]:
    people = {role.value: staff(role.value, role, areas=[1]) for role in Role}
    return people | {"resident": RESIDENT, "system": SYSTEM}


def standing(report: Report, state: str, place: str, claimed_by: User | None, hate: bool) -> Report:
    """Let the report in hand stand as the case wants it; the row itself stays."""
    report.state, report.claimed_by, report.possible_hate = state, claimed_by, hate
    report.area = {"own": AREAS[1], "foreign": AREAS[5], "nowhere": None}[place]
    report.decided_at = MOMENT if state in FINAL else None
    return report


MOMENT = datetime(2026, 3, 4, 12, tzinfo=UTC)
AREAS: dict[int, Area] = {}


@pytest.fixture
def areas(db: None) -> Iterator[None]:
    AREAS.update({area.number: area for area in Area.objects.filter(number__in=[1, 5])})
    yield
    AREAS.clear()


@pytest.mark.parametrize("hate", [False, True])
def test_every_state_action_and_role(receipt, cast, staff, areas, hate: bool) -> None:
    assert set(Role.values) == ROLES
    report, other = Report.objects.select_related("report_type").get(), staff("other", Role.OFFICER, areas=[1])
    everywhere = staff("everywhere", Role.OFFICER, citywide=True)
    wrong, tried = [], 0
    for state, action, who, place, claim in product(State.values, Action.values, cast, PLACES, CLAIMS):
        me = cast[who] if isinstance(cast[who], User) else None
        claimant = {"me": me, "other": other, "nobody": None}[claim]
        found = outcome(standing(report, state, place, claimant, hate), cast[who], action, everywhere)
        tried += 1
        if found != expected(who, action, state, place, claim, hate):
            wrong.append((state, action, who, place, claim, found))
    assert wrong == []
    assert tried == 9 * 14 * 9 * 3 * 3
    assert (set(State.values), set(Action.values)) == (STATES, ACTIONS)


def test_a_step_writes_state_history_and_audit(queued: Report, olga: User) -> None:
    with transaction.atomic():
        workflow.move(workflow.locked(queued.pk), action=Action.CLAIM, by=olga, now=MOMENT)
    stored = Report.objects.get()
    assert (stored.state, stored.state_since, stored.claimed_by, stored.decided_at) == ("in_review", MOMENT, olga, None)
    assert list(Move.objects.values_list("action", "source", "target", "by", "at"))[-1] == (
        "claim",
        "queued",
        "in_review",
        olga.pk,
        MOMENT,
    )
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.actor, event.subject) == ("review.claim", f"user:{olga.pk}", f"report:{queued.pk}")
    assert event.details == {"source": "queued", "target": "in_review"}


def take(report: Report, *steps: tuple[Action, object]) -> Report:
    """Take several steps one after the other and return the stored report."""
    for action, by in steps:
        given = {Action.APPROVE: {"dr_number": "260000001"}, Action.REJECT: {"reject_reason": "spam"}}
        workflow.move(workflow.locked(report.pk), action=action, by=by, **given.get(action, {}))
    return Report.objects.get(pk=report.pk)


def test_a_step_by_nobody_in_person_has_no_name_in_the_history(receipt) -> None:
    take(receipt.report, (Action.QUEUE, SYSTEM), (Action.WITHDRAW, RESIDENT))
    assert list(Move.objects.values_list("action", "by")) == [("queue", None), ("withdraw", None)]
    assert list(AuditEvent.objects.order_by("-id").values_list("verb", "actor")[:2]) == [
        ("status.withdraw", "resident"),
        ("processing.enqueue", "system"),
    ]


def test_who_holds_a_report_as_it_moves(queued: Report, olga: User, sue: User) -> None:
    assert take(queued, (Action.CLAIM, olga)).claimed_by == olga
    assert take(queued, (Action.ASK, olga), (Action.ANSWER, RESIDENT)).claimed_by == olga
    assert take(queued, (Action.RELEASE, olga)).claimed_by is None
    assert take(queued, (Action.CLAIM, olga), (Action.APPROVE, sue)).claimed_by == olga
    assert take(queued, (Action.REOPEN, sue)).claimed_by == sue


def test_in_a_colleagues_hands_the_clock_runs_on(queued: Report, olga: User, sue: User) -> None:
    asked = take(queued, (Action.CLAIM, olga), (Action.ASK, olga))
    with transaction.atomic():
        workflow.move(workflow.locked(queued.pk), action=Action.ASSIGN, by=sue, to=sue)
        workflow.move(workflow.locked(queued.pk), action=Action.STEAL, by=olga, reason="handed_over")
    stored = Report.objects.get()
    assert (stored.state, stored.claimed_by) == ("waiting", olga)
    assert (stored.state_since, stored.answer_due_at) == (asked.state_since, asked.answer_due_at)
    assert list(Move.objects.values_list("action", "source", "target", "by", "to", "reason"))[-2:] == [
        ("assign", "waiting", "waiting", sue.pk, sue.pk, ""),
        ("steal", "waiting", "waiting", olga.pk, None, "handed_over"),
    ]
    assert [event.details for event in AuditEvent.objects.order_by("id")][-2:] == [
        {"source": "waiting", "target": "waiting", "to": f"user:{sue.pk}", "before": f"user:{olga.pk}"},
        {
            "source": "waiting",
            "target": "waiting",
            "to": f"user:{olga.pk}",
            "before": f"user:{sue.pk}",
            "reason": "handed_over",
        },
    ]


@pytest.mark.parametrize("to", ["piet", "ada", "gone", None])
def test_it_is_assigned_only_to_who_decides_on_it(queued: Report, sue: User, staff, to: str | None) -> None:
    """Outside their area, without such a role, switched off; and never to nobody."""
    colleagues = {
        "piet": lambda: staff("piet", Role.OFFICER, areas=[5]),
        "ada": lambda: staff("ada", Role.ADMINISTRATOR, Role.CLERK, areas=[1]),
        "gone": lambda: staff("gone", Role.OFFICER, areas=[1], is_active=False),
        None: lambda: None,
    }
    with pytest.raises(OutOfReach), transaction.atomic():
        workflow.move(workflow.locked(queued.pk), action=Action.ASSIGN, by=sue, to=colleagues[to]())
    assert (Report.objects.get().state, Report.objects.get().claimed_by) == ("queued", None)


def test_a_decision_has_a_moment_and_reopening_takes_it_back(queued: Report, olga: User, sue: User) -> None:
    decided = take(queued, (Action.CLAIM, olga), (Action.REJECT, olga))
    assert decided.decided_at == decided.state_since
    assert take(queued, (Action.REOPEN, sue)).decided_at is None


def test_an_impossible_step_changes_nothing_and_says_how_the_report_stands(queued: Report, olga: User) -> None:
    before, moves = Report.objects.values().get(), Move.objects.count()
    with pytest.raises(CannotMove) as refused:
        workflow.move(workflow.locked(queued.pk), action=Action.APPROVE, by=olga)
    assert type(refused.value) is CannotMove
    assert (refused.value.report.pk, refused.value.action) == (queued.pk, Action.APPROVE)
    assert str(refused.value) == "approve is not possible in state queued"
    assert (Report.objects.values().get(), Move.objects.count()) == (before, moves)


def test_a_forbidden_step_changes_nothing(queued: Report, piet: User) -> None:
    before, events = Report.objects.values().get(), AuditEvent.objects.count()
    with pytest.raises(NotAllowed):
        workflow.move(workflow.locked(queued.pk), action=Action.CLAIM, by=piet)
    assert (Report.objects.values().get(), AuditEvent.objects.count()) == (before, events)


def test_the_database_itself_refuses_a_decision_without_its_facts(queued: Report, olga: User) -> None:
    take(queued, (Action.CLAIM, olga))
    for action, constraint in ((Action.APPROVE, "approved_has_dr_number"), (Action.REJECT, "rejected_has_reason")):
        with pytest.raises(Exception, match=constraint), transaction.atomic():
            workflow.move(workflow.locked(queued.pk), action=action, by=olga)


def test_a_report_of_another_type_stays_out_of_a_coordinators_hands(staff) -> None:
    cora = staff("cora", Role.COORDINATOR, areas=[1])
    plain, hate = Resident().file("lost-property").report, Resident().file("hate-incident").report
    assert ReportType.objects.get(slug="hate-incident", state="live").is_hate
    for report in (plain, hate):
        workflow.move(workflow.locked(report.pk), action=Action.QUEUE, by=SYSTEM)
    with pytest.raises(NotAllowed):
        workflow.move(workflow.locked(plain.pk), action=Action.CLAIM, by=cora)
    assert take(hate, (Action.CLAIM, cora)).claimed_by == cora


def assigns_state(node: ast.AST) -> bool:
    """Tell `report.state = ...` and `Report...update(state=...)`."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        parts = [part for target in targets for part in ast.walk(target)]
        return any(isinstance(part, ast.Attribute) and part.attr in {"state", "decided_at"} for part in parts)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"
    return called and any(keyword.arg == "state" for keyword in node.keywords)


def makes(name: str):
    """Return a test for `Name(...)`, `Name.objects.create(...)` and the like."""

    def matches(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func) in {
            name,
            *(f"{name}.objects.{way}" for way in ("create", "bulk_create", "get_or_create", "update_or_create")),
        }

    return matches


def imports(package: str):
    """Return a test for an import from a package."""
    return lambda node: any(name == package or name.startswith(f"{package}.") for name in imported(node))


# Made-up reports are written in bulk, decided from the start.
DEMO = {name for name in modules() if name.startswith("reports/demo/")}


def test_one_writer_each() -> None:
    # A report type has a state of another kind, set by the loader of the catalogue and the workshop; so has an export.
    others = {"reports/catalogue/loader.py", "reports/workshop/actions.py", "reports/workshop/life.py"}
    others |= {"reports/export/actions.py", "reports/export/running.py"}
    assert where(assigns_state) - DEMO - others == {"reports/workflow.py"}
    assert where(makes("Move")) - DEMO == {"reports/workflow.py"}
    assert where(makes("AuditEvent")) - DEMO == {"reports/audit.py"}


def test_one_module_sees_keys() -> None:
    assert where(imports("cryptography")) == {"reports/vault.py"}
    assert where(lambda node: isinstance(node, ast.Attribute) and node.attr == "KEYRING") == {"reports/vault.py"}


def test_the_log_speaks_in_the_verbs_of_the_table() -> None:
    assert set(workflow.EVENTS) == set(Action)
    assert audit.actor(RESIDENT) == "resident"
