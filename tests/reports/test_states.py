"""The life of a report, held against a table written by hand."""

import pytest
from django.utils.functional import Promise

from reports import states
from reports.review import wording
from reports.states import EXPLANATIONS, Action, State
from reports.workflow import EVENTS

# Between officers only: the state stays.
HANDS = {"assign": {"in_review", "waiting"}, "steal": {"in_review", "waiting"}}
# Action: the states from which it is possible, and where it leads. Written by hand, from the house's design.
TABLE = {
    "queue": ({"received"}, "queued"),
    "claim": ({"queued"}, "in_review"),
    "release": ({"in_review"}, "queued"),
    "assign": ({"queued"}, "in_review"),
    "approve": ({"in_review"}, "approved"),
    "ask": ({"in_review"}, "waiting"),
    "answer": ({"waiting"}, "in_review"),
    "lapse": ({"waiting"}, "in_review"),
    "reject": ({"in_review"}, "rejected"),
    "refer": ({"in_review"}, "referred"),
    "join": ({"in_review"}, "duplicate"),
    "withdraw": ({"received", "queued", "in_review", "waiting"}, "withdrawn"),
    "reopen": ({"approved", "rejected", "referred", "duplicate", "withdrawn"}, "in_review"),
}
FINAL = {"approved", "rejected", "referred", "duplicate", "withdrawn"}
EVERY_STATE = {"received", "queued", "in_review", "waiting"} | FINAL


def test_every_action_leads_where_the_table_says() -> None:
    found = {
        (action.value, state.value): (states.target(action, state) or State.RECEIVED).value
        for action in Action
        for state in State
        if states.target(action, state) is not None
    }
    expected = {(action, source): target for action, (sources, target) in TABLE.items() for source in sources}
    expected |= {(action, state): state for action, stays in HANDS.items() for state in stays}
    assert found == expected


def test_the_named_sets() -> None:
    assert set(State.values) == EVERY_STATE
    assert {state.value for state in states.FINAL} == FINAL
    assert {state.value for state in states.OPEN} == EVERY_STATE - FINAL
    assert {state.value for state in states.WITH_OFFICER} == {"in_review", "waiting"}
    assert {action.value for action in states.BY_RESIDENT} == {"answer", "withdraw"}
    assert {action.value for action in states.BY_SYSTEM} == {"queue", "lapse"}


def test_no_report_is_stuck() -> None:
    left = {source for sources, _target in TABLE.values() for source in sources}
    assert left == EVERY_STATE


@pytest.mark.parametrize("state", State)
def test_every_state_is_named_and_explained_and_can_be_translated(state: State) -> None:
    assert isinstance(state._label_, Promise)
    assert isinstance(EXPLANATIONS[state], Promise)
    assert state in wording.STATES
    assert str(EXPLANATIONS[state]).endswith(".")


def test_labels_tell_states_apart() -> None:
    assert len({str(label) for label in State.labels}) == len(State)
    assert len({str(text) for text in EXPLANATIONS.values()}) == len(State)
    assert len(set(wording.STATES.values())) == len(State)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_named_and_audited(action: Action) -> None:
    assert isinstance(action._label_, Promise)
    assert action in wording.DONE
    capability, verb = EVENTS[action].split(".")
    assert capability in {"processing", "review", "status"}
    assert verb
