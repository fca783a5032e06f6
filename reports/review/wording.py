"""Officers' words for what residents read in softer ones. English, as is all of the staff side (cors.middleware)."""

from reports.models import Along
from reports.states import Action, State

STATES = {
    State.RECEIVED: "Received",
    State.QUEUED: "Unclaimed",
    State.IN_REVIEW: "In review",
    State.WAITING: "Waiting for resident",
    State.APPROVED: "Approved",
    State.REJECTED: "Rejected",
    State.REFERRED: "Referred",
    State.DUPLICATE: "Duplicate",
    State.WITHDRAWN: "Withdrawn",
}

# What happened, as the history tells it.
DONE = {
    Action.QUEUE: "Put into the queue",
    Action.CLAIM: "Claimed",
    Action.RELEASE: "Released to the queue",
    Action.ASSIGN: "Assigned",
    Action.STEAL: "Taken over",
    Action.APPROVE: "Approved",
    Action.ASK: "Asked the resident",
    Action.ANSWER: "The resident answered",
    Action.LAPSE: "The time to answer ran out",
    Action.REJECT: "Rejected",
    Action.REFER: "Referred",
    Action.JOIN: "Joined with another report",
    Action.WITHDRAW: "Withdrawn as the resident asked",
    Action.REOPEN: "Reopened",
}

# A resident is asked "Where did it happen?"; an officer looks for the heading. Sections that are not here keep theirs.
TITLES = {
    "screening": "Screening",
    "bias": "Bias",
    "when": "When",
    "where": "Where",
    "vehicles": "Vehicles",
    "items": "Items",
    "questions": "Further questions",
    "person": "Person reporting",
}

# What went along with a referral.
ALONG = {
    Along.FACTS: "Kind of report, days and area; nothing personal",
    Along.STORY: "What the resident wrote",
    Along.PERSON: "Name, contact and address",
    Along.FILES: "Files",
}
