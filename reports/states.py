"""The life of a report: its states, who may move it where, and the named sets. Imports nothing of ours."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a report stands. The labels are what residents read."""

    RECEIVED = "received", _("Received")
    QUEUED = "queued", _("Waiting to be read")
    IN_REVIEW = "in_review", _("Being read")
    WAITING = "waiting", _("We need your answer")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Closed")
    REFERRED = "referred", _("Passed on")
    DUPLICATE = "duplicate", _("Joined with another report")
    WITHDRAWN = "withdrawn", _("Withdrawn")


EXPLANATIONS = {
    State.RECEIVED: _("Your report is safe with us. It is being prepared for an officer."),
    State.QUEUED: _("Your report is in line. An officer will read it soon."),
    State.IN_REVIEW: _("An officer is reading your report."),
    State.WAITING: _("An officer has a question for you. Please read it below and answer."),
    State.APPROVED: _("An officer has approved your report. It now has an official number."),
    State.REJECTED: _("An officer has closed your report. The reason is below."),
    State.REFERRED: _("Your report was passed on to the office that can help with it."),
    State.DUPLICATE: _("This was reported before. Your report was joined with the other one."),
    State.WITHDRAWN: _("This report was taken back, as you asked. No one will work on it."),
}


class Action(TextChoices):
    """What can be done with a report so that its state changes."""

    QUEUE = "queue", _("put into the queue")
    CLAIM = "claim", _("claim")
    RELEASE = "release", _("release")
    ASSIGN = "assign", _("assign to a colleague")
    STEAL = "steal", _("take over from a colleague")
    APPROVE = "approve", _("approve")
    ASK = "ask", _("ask the resident")
    ANSWER = "answer", _("answer")
    LAPSE = "lapse", _("answer time ran out")
    REJECT = "reject", _("reject")
    REFER = "refer", _("refer")
    JOIN = "join", _("join with another report")
    WITHDRAW = "withdraw", _("withdraw")
    REOPEN = "reopen", _("reopen")


@dataclass(frozen=True)
class Transition:
    """One row of the table: from any of `sources`, `action` leads to `target`; from any of `stays` it leads nowhere.

    Where the state stays, the report only changes hands: what runs in that state, such as the time to answer, runs on.
    """

    action: Action
    sources: frozenset[State]
    target: State
    stays: frozenset[State] = frozenset()


FINAL = frozenset({State.APPROVED, State.REJECTED, State.REFERRED, State.DUPLICATE, State.WITHDRAWN})
OPEN = frozenset(State) - FINAL
WITH_OFFICER = frozenset({State.IN_REVIEW, State.WAITING})

TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition(Action.QUEUE, frozenset({State.RECEIVED}), State.QUEUED),
        Transition(Action.CLAIM, frozenset({State.QUEUED}), State.IN_REVIEW),
        Transition(Action.RELEASE, frozenset({State.IN_REVIEW}), State.QUEUED),
        Transition(Action.ASSIGN, frozenset({State.QUEUED}), State.IN_REVIEW, stays=WITH_OFFICER),
        Transition(Action.STEAL, frozenset(), State.IN_REVIEW, stays=WITH_OFFICER),
        Transition(Action.APPROVE, frozenset({State.IN_REVIEW}), State.APPROVED),
        Transition(Action.ASK, frozenset({State.IN_REVIEW}), State.WAITING),
        Transition(Action.ANSWER, frozenset({State.WAITING}), State.IN_REVIEW),
        Transition(Action.LAPSE, frozenset({State.WAITING}), State.IN_REVIEW),
        Transition(Action.REJECT, frozenset({State.IN_REVIEW}), State.REJECTED),
        Transition(Action.REFER, frozenset({State.IN_REVIEW}), State.REFERRED),
        Transition(Action.JOIN, frozenset({State.IN_REVIEW}), State.DUPLICATE),
        Transition(Action.WITHDRAW, OPEN, State.WITHDRAWN),
        Transition(Action.REOPEN, FINAL, State.IN_REVIEW),
    )
}


def target(action: Action, source: State) -> State | None:
    """Return where `action` leads from `source`, or None where the table has no such row."""
    transition = TRANSITIONS[action]
    if source in transition.stays:
        return source
    return transition.target if source in transition.sources else None


class StealReason(TextChoices):
    """Why a report is taken over from a colleague. A list, as it stands in the audit log."""

    AWAY = "away", _("the officer is away")
    HANDED_OVER = "handed_over", _("agreed with the officer")
    URGENT = "urgent", _("it cannot wait")
    RELATED = "related", _("it belongs to another report of mine")


# The resident's own actions and the portal's; every other one is an officer's and stands in permissions.
BY_RESIDENT = frozenset({Action.ANSWER, Action.WITHDRAW})
BY_SYSTEM = frozenset({Action.QUEUE, Action.LAPSE})
