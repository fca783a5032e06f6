"""The log in words: what each verb, detail and subject means. English, as is all of the staff side.

`tests/test_house.py` holds that every verb the portal records has its words here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# By where it happens; a verb that is not here is shown as it stands.
VERBS: list[tuple[Promise, dict[str, Promise]]] = [
    (
        _("Log-on and accounts"),
        {
            "accounts.logon": _("Logged on"),
            "accounts.logout": _("Logged out"),
            "accounts.fail": _("Failed to log on"),
            "accounts.lock": _("Locked an account"),
            "accounts.release": _("Released a locked account"),
            "accounts.invite": _("Invited somebody"),
            "accounts.accept": _("Accepted an invitation"),
            "accounts.password": _("Changed a password"),
            "accounts.ask_reset": _("Asked for a new password"),
            "accounts.add_factor": _("Added a second factor"),
            "accounts.remove_factor": _("Removed a second factor"),
            "accounts.reset_factor": _("Took away somebody's second factor"),
            "accounts.permit": _("Changed permissions"),
            "accounts.address": _("Changed somebody's e-mail address"),
            "accounts.disable": _("Switched an account off"),
            "accounts.enable": _("Switched an account on"),
            "alerts.choose": _("Chose what to be told of"),
            "review.save_view": _("Saved a view of the queue"),
            "review.drop_view": _("Deleted a view of the queue"),
        },
    ),
    (
        _("Looks and personal data"),
        {
            "review.look": _("Opened a report"),
            "review.reveal": _("Showed personal data"),
            "review.search": _("Searched reports"),
            "review.paper": _("Downloaded a report as PDF"),
            "files.view": _("Looked at a file"),
            "files.download": _("Downloaded a file"),
            "translating.look": _("Opened a text to translate"),
        },
    ),
    (
        _("Decisions"),
        {
            "review.let_in": _("Let a held report into the queue"),
            "review.claim": _("Claimed a report"),
            "review.release": _("Released a report"),
            "review.assign": _("Assigned a report"),
            "review.steal": _("Took a report over"),
            "review.correct": _("Corrected a report"),
            "review.note": _("Wrote a note"),
            "review.inform": _("Wrote to the resident"),
            "review.approve": _("Approved a report"),
            "review.ask": _("Asked the resident"),
            "review.reject": _("Rejected a report"),
            "review.refer": _("Referred a report"),
            "review.join": _("Joined a report with another"),
            "review.reopen": _("Reopened a report"),
            "review.withdraw": _("Withdrew a report for the resident"),
            "review.handover": _("Handed reports over"),
            "hate.escalate": _("Escalated as possible hate crime"),
            "hate.classify": _("Classified a hate report"),
        },
    ),
    (
        _("Translations"),
        {
            "translating.ask": _("Asked for a translation"),
            "translating.write": _("Wrote a translation"),
            "translating.unneeded": _("Said that no translation is needed"),
            "translating.draft": _("Drafted a translation"),
        },
    ),
    (
        _("What leaves the portal"),
        {
            "export.ask": _("Asked for an export"),
            "export.finish": _("Finished an export"),
            "export.fail": _("Gave an export up"),
            "export.cancel": _("Cancelled an export"),
            "export.download": _("Downloaded an export"),
            "export.expire": _("Deleted the file of an export"),
            "export.write_out": _("Wrote reports out on the server"),
            "export.save_preset": _("Saved a choice of columns"),
            "export.drop_preset": _("Deleted a choice of columns"),
            "counts.week": _("Downloaded the list of a week's counts"),
            "counts.download": _("Downloaded a table of counts"),
            "counts.fetch": _("Downloaded a published week"),
            "counts.publish": _("Published a week's counts"),
            "statistics.publish": _("Put a week's numbers on the public page"),
            "counts.revise": _("Revised a published week"),
            "counts.subscribe": _("Chose to get published weeks by e-mail, or no more"),
            "counts.send": _("Sent a published week by e-mail"),
            "counts.import_counts": _("Imported counts from before the portal"),
            "counts.differ": _("Found counts that were not right, and put them right"),
            "hate.count": _("Downloaded hate crime numbers"),
            "feed.pull": _("Pulled a report through the feed"),
            "feed.look": _("Looked at a report through the feed"),
            "feed.fetch": _("Fetched a file through the feed"),
            "feed.acknowledge": _("Acknowledged a report through the feed"),
            "feed.make": _("Made a feed token"),
            "feed.revoke": _("Revoked a feed token"),
            "feed.hook": _("Made a webhook"),
            "feed.rotate": _("Changed a webhook's secret"),
            "feed.switch": _("Switched a webhook on or off"),
            "feed.replay": _("Sent to a webhook once more"),
        },
    ),
    (
        _("Residents"),
        {
            "intake.submit": _("Sent a report"),
            "status.answer": _("Answered a question"),
            "status.add": _("Added to a report"),
            "status.contact": _("Corrected their contact"),
            "status.withdraw": _("Withdrew a report"),
            "paper.copy": _("Downloaded the copy of a report"),
            "paper.official": _("Downloaded the official copy"),
        },
    ),
    (
        _("The portal itself"),
        {
            "processing.enqueue": _("Put a report into the queue"),
            "processing.lapse": _("Gave a report back: no answer came"),
            "notices.send": _("Sent a letter"),
            "files.scan": _("Scanned a file"),
        },
    ),
    (
        _("Catalogue and texts"),
        {
            "catalogue.load": _("Loaded the catalogue"),
            "catalogue.import_areas": _("Imported the outlines of areas"),
            "texts.edit": _("Changed a text"),
            "workshop.add": _("Added to the catalogue"),
            "workshop.change": _("Changed the catalogue"),
            "workshop.delete": _("Deleted from the catalogue"),
        },
    ),
    (
        _("The audit log"),
        {
            "auditing.look": _("Looked at the audit log"),
            "auditing.download": _("Downloaded the audit log"),
            "auditing.verify": _("Checked the audit log"),
            "auditing.purge": _("Removed the oldest events of the audit log"),
            "auditing.settings": _("A setting was changed"),
        },
    ),
    (
        _("Retention"),
        {
            "retention.hold": _("Placed a legal hold"),
            "retention.ask_lift": _("Asked to lift a legal hold"),
            "retention.keep": _("Let a legal hold stay"),
            "retention.lift": _("Lifted a legal hold"),
            "retention.purge": _("Deleted a report's details"),
        },
    ),
    (
        _("Backups"),
        {
            "backups.make": _("Made a backup"),
            "backups.restore": _("Brought a backup back"),
        },
    ),
    (
        _("Keys"),
        {
            "keys.rotate": _("Sealed data keys with a new key"),
            "keys.renew_search": _("Made search terms anew"),
        },
    ),
]
WORDS = {verb: words for _title, group in VERBS for verb, words in group.items()}

# What an event's details are about.
DETAILS = {
    "asked": _("asked for by"),
    "again": _("with another number than before"),
    "areas": _("areas"),
    "citywide": _("whole city"),
    "columns": _("columns"),
    "correction": _("correction"),
    "mentioned": _("colleagues mentioned"),
    "actor": _("who"),
    "before": _("until then with"),
    "changed": _("changed"),
    "count": _("number"),
    "created": _("new"),
    "days": _("days"),
    "due": _("to be classified by"),
    "ending": _("week ending"),
    "event": _("event"),
    "every_type": _("every report type"),
    "expires": _("expires"),
    "factor": _("second factor"),
    "field": _("text"),
    "file": _("file"),
    "files": _("files"),
    "first": _("from"),
    "first_of": _("watched from now on"),
    "format": _("format"),
    "found": _("found"),
    "further": _("further page"),
    "hits": _("found"),
    "kind": _("kind"),
    "kinds": _("looked for"),
    "language": _("language"),
    "languages": _("languages"),
    "last": _("until"),
    "misfits": _("not fitting"),
    "messages": _("messages"),
    "name": _("setting"),
    "only_new": _("only what was new"),
    "of": _("of which"),
    "original": _("original"),
    "personal": _("with personal data"),
    "read": _("unread till then"),
    "reason": _("reason"),
    "revealed": _("with personal data"),
    "rows": _("rows"),
    "rule": _("by rule"),
    "shut": _("could not be opened"),
    "shared": _("shared"),
    "source": _("from"),
    "state": _("state"),
    "step": _("at the"),
    "target": _("to"),
    "text": _("text"),
    "to": _("given to"),
    "token": _("token"),
    "type": _("type"),
    "types": _("report types"),
    "updated": _("renewed"),
    "verb": _("what"),
    "verdict": _("found"),
    "version": _("version"),
    "weeks": _("weeks"),
    "words": _("words"),
    "why": _("why"),
    "year": _("year"),
}

ACTORS = {"resident": _("The resident"), "system": _("The portal")}
SUBJECTS = {
    "audit": _("The audit log"),
    "catalogue": _("The catalogue"),
    "counts": _("The weekly counts"),
    "statistics": _("The numbers on the public page"),
    "export": _("Export"),
    "database": _("The database"),
    "hate": _("Hate crime numbers"),
    "keys": _("The keyring"),
    "preset": _("A choice of columns"),
    "reports": _("Reports"),
    "report": _("A report that is gone"),
    "settings": _("Settings of"),
    "token": _("Feed token"),
    "webhook": _("Webhook"),
    "user": _("Account"),
    "view": _("A view of the queue"),
}


def actor(token: str, name: str = "") -> str:
    """Return who acted, in words; `name` is the account's, where there still is one."""
    kind, _colon, which = token.partition(":")
    words = {"user": gettext("Account"), "token": gettext("Feed token")}
    return name or str(ACTORS.get(token, f"{words[kind]} {which}" if kind in words else token))


def subject(token: str) -> str:
    """Return what an event is about, in words."""
    kind, _colon, which = token.partition(":")
    words = str(SUBJECTS.get(kind, kind))
    return words if kind == "report" else f"{words} {which}".strip()


ONLY_IF_SO = {"further", "only_new"}


def details(found: dict[str, object]) -> list[tuple[str, str]]:
    """Return an event's details as pairs of words; what was left empty or goes without saying is not told."""
    told = ((name, value) for name, value in found.items() if value not in ("", None))
    told = ((name, value) for name, value in told if value is not False or name not in ONLY_IF_SO)
    return [(str(DETAILS.get(name, name.replace("_", " "))), _value(name, value)) for name, value in told]


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "verb":
        return str(WORDS.get(str(value), value))
    # Tokens are words joined by signs; dates and names of settings stay as they are.
    return str(value).replace("_", " ") if str(value).islower() else str(value)
