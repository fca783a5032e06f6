"""What the log and the rows of a report say, in an officer's words. A verb without words fails a test."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.catalogue import live
from reports.models import Attachment, CodeTable, Correction, Export, HoldReason, Notice, Priority, Verdict
from reports.reasons import DownloadReason, ExportReason, LetInReason, RevealReason
from reports.review import wording
from reports.review.reasons import ReopenReason, WithdrawReason
from reports.states import Action, StealReason

Details = Mapping[str, Any]
Telling = Callable[[Details], str]
Of = Correction.Of


def said(words: Any, **choices: type[Choices]) -> Telling:
    """Return a telling that puts details into `words`, those named in `choices` by their labels."""

    def tell(details: Details) -> str:
        known = {name: label(choices[name], value) if name in choices else value for name, value in details.items()}
        return str(words) % known

    return tell


def label(choices: type[Choices], value: Any) -> str:
    """Return a choice's label; what the list does not have, or no longer, as it stands."""
    return str(dict(choices.choices).get(value, value))


# What is read out of the log. None: a row of its own tells it (a step, a message, a note, a letter, a translation).
EVENTS: dict[str, Telling | None] = {
    "intake.submit": None,
    "processing.enqueue": None,
    "processing.lapse": None,
    "review.claim": None,
    "review.release": None,
    "review.assign": None,
    "review.steal": None,
    "review.approve": None,
    "review.ask": None,
    "review.reject": None,
    "review.refer": None,
    "review.join": None,
    "review.withdraw": None,
    "review.reopen": None,
    "review.correct": None,
    "review.note": None,
    "review.inform": None,
    "status.answer": None,
    "status.add": None,
    "status.withdraw": None,
    "notices.send": None,
    "translating.write": None,
    "translating.draft": None,
    "review.look": said(gettext_lazy("looked at the report")),
    "review.reveal": said(gettext_lazy("revealed personal data %(reason)s"), reason=RevealReason),
    "review.paper": lambda details: (
        _("downloaded it as a PDF with personal data")
        if details.get("revealed")
        else _("downloaded it as a PDF without personal data")
    ),
    "review.let_in": said(gettext_lazy("let it into the queue: %(reason)s"), reason=LetInReason),
    "review.handover": said(gettext_lazy("downloaded the paper that goes along")),
    "hate.escalate": said(gettext_lazy("escalated the report as a possible hate crime")),
    "hate.classify": said(gettext_lazy("classified the report: %(verdict)s"), verdict=Verdict),
    "retention.hold": said(gettext_lazy("placed a legal hold: %(reason)s"), reason=HoldReason),
    "retention.ask_lift": said(gettext_lazy("asked to lift the legal hold")),
    "retention.keep": said(gettext_lazy("let the legal hold stay")),
    "retention.lift": said(gettext_lazy("lifted the legal hold")),
    "retention.purge": said(gettext_lazy("The details were deleted")),
    "status.contact": said(gettext_lazy("corrected how to reach them")),
    "files.scan": said(gettext_lazy("File %(file)s was looked into: %(found)s"), found=Attachment.Scan),
    "files.view": said(gettext_lazy("looked at file %(file)s")),
    "files.download": said(gettext_lazy("downloaded file %(file)s as it was sent %(reason)s"), reason=DownloadReason),
    "paper.copy": said(gettext_lazy("downloaded their copy")),
    "paper.official": said(gettext_lazy("downloaded the official copy")),
    "feed.pull": said(gettext_lazy("Pulled by a system outside (token %(token)s)")),
    "feed.look": said(gettext_lazy("Looked at by a system outside (token %(token)s)")),
    "feed.fetch": said(gettext_lazy("A system outside fetched file %(file)s (token %(token)s)")),
    "feed.acknowledge": None,
    "translating.look": said(gettext_lazy("opened a text at the translation desk")),
    "translating.ask": said(gettext_lazy("asked for a translation")),
    "translating.unneeded": said(gettext_lazy("marked a text as needing no translation")),
}
# Which drawing goes with what; the first part of the verb says it for the others.
DRAWINGS = {
    "review.look": "look",
    "review.reveal": "shield",
    "review.paper": "paper",
    "files.view": "clip",
    "files.download": "clip",
    "files.scan": "clip",
    "hate.escalate": "shield",
    "hate.classify": "shield",
    "retention.hold": "shield",
    "retention.ask_lift": "shield",
    "retention.keep": "shield",
    "retention.lift": "shield",
    "status.contact": "person",
    "review.handover": "paper",
    "paper.copy": "paper",
    "paper.official": "paper",
    **dict.fromkeys(Export.Format.values, "paper"),
    "feed.pull": "look",
    "feed.look": "look",
    "feed.fetch": "clip",
}


def event(verb: str, details: Details) -> str:
    """Return what an event of the log says; one that nobody has put into words by its own name."""
    telling = EVENTS.get(verb)
    return telling(details) if telling else verb


# What somebody did, after their name; what nobody did says it all by itself.
STEPS = {
    Action.QUEUE: gettext_lazy("Put into the queue"),
    Action.CLAIM: gettext_lazy("claimed the report"),
    Action.RELEASE: gettext_lazy("gave it back to the queue"),
    Action.ASSIGN: gettext_lazy("assigned it"),
    Action.STEAL: gettext_lazy("took it over"),
    Action.APPROVE: gettext_lazy("approved the report"),
    Action.ASK: gettext_lazy("asked the resident"),
    Action.ANSWER: gettext_lazy("answered"),
    Action.LAPSE: gettext_lazy("The time to answer ran out"),
    Action.REJECT: gettext_lazy("rejected the report"),
    Action.REFER: gettext_lazy("passed the report on"),
    Action.JOIN: gettext_lazy("joined it with another report"),
    Action.WITHDRAW: gettext_lazy("withdrew the report"),
    Action.REOPEN: gettext_lazy("reopened the report"),
}


def move(action: str, details: Details) -> str:
    """Return what a step did, with why where there is a list of reasons for it."""
    done = str(STEPS.get(Action(action)) or wording.DONE[Action(action)])
    reason = details.get("reason")
    return f"{done}: {_why(Action(action), reason)}" if reason else done


def _why(action: Action, reason: str) -> str:
    return live.reject_reason(reason) if action == Action.REJECT else label(REASONS.get(action, StealReason), reason)


REASONS: dict[Action, type[Choices]] = {Action.WITHDRAW: WithdrawReason, Action.REOPEN: ReopenReason}


def correction(of: str, details: Details) -> str:
    """Return what was put right, from what to what, and why."""
    told = {
        "what": Of(of).label,
        "before": value(of, details["before"]),
        "after": value(of, details["after"]),
        "reason": label(Correction.Reason, details["reason"]),
    }
    return _("corrected the %(what)s from “%(before)s” to “%(after)s”: %(reason)s") % told


def value(of: str, stored: Any) -> str:
    """Return a value of a correction in words; ids and codes that the catalogue does not have stand as they are."""
    if stored in (None, "", []):
        return _("none")
    return VALUES[Of(of)](stored)


def _area(pk: int) -> str:
    area = live.area(pk)
    return area.name if area else str(pk)


def _code(table: CodeTable, code: str) -> str:
    known = live.code(table, code)
    return f"{code} {known.name}" if known else code


def _item(row: Details) -> str:
    named = _code(CodeTable.PROPERTY, row["code"])
    loss = live.code(CodeTable.LOSS, row["loss"]) if row.get("loss") else None
    return f"{named} ({loss.name})" if loss else named


VALUES: dict[Correction.Of, Callable[[Any], str]] = {
    Of.AREA: _area,
    Of.TYPE: lambda pk: live.report_type(pk).name,
    Of.OFFENCE: lambda code: _code(CodeTable.OFFENCE, code),
    Of.BIAS: lambda codes: ", ".join(_code(CodeTable.BIAS, code) for code in codes),
    Of.PROPERTY: lambda rows: ", ".join(map(_item, rows)),
    Of.PREMISE: lambda code: _code(CodeTable.LOCATION, code),
    Of.PRIORITY: lambda number: str(Priority(number).label),
}


def message(question: str, details: Details) -> str:
    """Return that something was written, and by which side."""
    return _("wrote to the resident") if details["from_agency"] else _("wrote to us")


def notice(kind: str, details: Details) -> str:
    """Return which letter went, or waits, and on which way."""
    told = {"kind": label(Notice.Kind, kind), "channel": label(Notice.Channel, details["channel"])}
    if details["sent_at"]:
        return _("Told the resident by %(channel)s: %(kind)s") % told
    return _("Waits to be sent by %(channel)s: %(kind)s") % told


def translation(origin: str, details: Details) -> str:
    """Return that a translation was made, of what, and which version it is."""
    if origin == "machine":
        return _("A machine drafted a translation")
    if details["version"] > 1:
        return _("corrected a translation (version %(version)s)") % details
    return _("wrote a translation")


def note(what: str, details: Details) -> str:
    """Return that a note was written."""
    return _("wrote a note")


def receipt(number: str, details: Details) -> str:
    """Return which system outside has the report, under which number of its own."""
    return _("%(system)s has it as %(number)s") % {"system": details["system"], "number": number}


def file(kind: str, details: Details) -> str:
    """Return that a file came in."""
    return _("added file %(file)s: %(kind)s") % {"file": details["file"], "kind": label(Attachment.Kind, kind)}


def export(kind: str, details: Details) -> str:
    """Return that it was in an export, as what, whether with personal data, and why."""
    told = {"kind": label(Export.Format, kind), "reason": label(ExportReason, details["reason"])}
    if details["personal"]:
        return _("exported it with personal data as %(kind)s %(reason)s") % told
    return _("exported it as %(kind)s %(reason)s") % told


SOURCES: dict[str, Callable[[str, Details], str]] = {
    "move": move,
    "correction": correction,
    "message": message,
    "notice": notice,
    "translation": translation,
    "note": note,
    "file": file,
    "receipt": receipt,
    "event": event,
    "export": export,
}
