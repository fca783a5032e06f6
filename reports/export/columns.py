"""What an export may hold: one table of all columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.export.source import DOCUMENT, FACTS, MESSAGES, TEXTS, Source, local
from reports.models import CodedFact

Text = str | Promise


@dataclass(frozen=True)
class Misfit:
    """A value that does not fit what its column asks for, and why. Its cell stays empty; the list of these names it.

    `value` is a code or a number of ours, never a resident's words.
    """

    why: Text
    value: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its key, what the page calls it, how a report fills it.

    `heading` stands in the file; `needs` says what is read for it; `sql` is the same value as an expression on report
    `r` with its type `t`, the type's offence `o`, area `a` and bureau `b`, where there is one, and `is_free` that a
    person chose its letters. `never` says why the portal has nothing for this column of a layout.
    """

    key: str
    label: Text
    value: Callable[[Source], Any]
    group: str = "filed"
    personal: bool = False
    heading: str = ""
    needs: frozenset[str] = frozenset()
    sql: str = ""
    is_free: bool = False
    never: Text = ""

    @property
    def title(self) -> str:
        """What stands above it in the file."""
        return self.heading or self.key


def coded(source: Source, kind: CodedFact.Kind) -> list[CodedFact]:
    """Return a report's counted codes of one kind in a fixed order."""
    facts = (fact for fact in source.report.facts.all() if fact.kind == kind)
    return sorted(facts, key=lambda fact: (fact.code, fact.pk))


def offence(source: Source) -> str:
    """Return the offence under which the report was approved; one from before that was chosen has its type's."""
    of_type = source.report.report_type.offence
    return _codes(CodedFact.Kind.OFFENCE)(source) or (of_type.code if of_type else "")


def _codes(kind: CodedFact.Kind) -> Callable[[Source], str]:
    return lambda source: " ".join(fact.code for fact in coded(source, kind))


def _codes_sql(kind: CodedFact.Kind) -> str:
    in_order = "string_agg(f.code, ' ' ORDER BY f.code COLLATE \"C\", f.id)"
    return f"(SELECT {in_order} FROM reports_codedfact f WHERE f.report_id = r.id AND f.kind = '{kind}')"  # noqa: S608


def _counted(key: str, label: Text, kind: CodedFact.Kind) -> Column:
    return Column(key, label, _codes(kind), needs=frozenset({FACTS}), sql=_codes_sql(kind), is_free=True)


def _moment(key: str, label: Text, field: str) -> Column:
    return Column(key, label, lambda source: local(getattr(source.report, field)), sql=f"local({field})")


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _flag(field: str) -> str:
    return f"CASE WHEN r.{field} THEN 'yes' ELSE 'no' END"


PLAIN = [
    Column("reference", _("Reference"), lambda source: source.report.reference, sql="r.reference"),
    Column("dr_number", _("DR number"), lambda source: source.report.dr_number, sql="r.dr_number", is_free=True),
    Column("state", _("State"), lambda source: source.report.state, sql="r.state"),
    Column("type", _("Kind of report"), lambda source: source.report.report_type.slug, sql="t.slug"),
    Column(
        "offence_code",
        _("Offense code"),
        offence,
        needs=frozenset({FACTS}),
        sql=f"coalesce({_codes_sql(CodedFact.Kind.OFFENCE)}, o.code)",
        is_free=True,
    ),
    Column(
        "bureau",
        _("Bureau"),
        lambda source: source.report.area.bureau.code if source.report.area else "",
        sql="b.code",
        is_free=True,
    ),
    Column(
        "area",
        _("Number of the area"),
        lambda source: source.report.area.number if source.report.area else "",
        sql="a.number",
    ),
    Column(
        "area_name",
        _("Name of the area"),
        lambda source: source.report.area.name if source.report.area else "",
        sql="a.name",
        is_free=True,
    ),
    Column("language", _("Language"), lambda source: source.report.language, sql="r.language"),
    Column("anonymous", _("Anonymous"), lambda source: _yes(source.report.is_anonymous), sql=_flag("is_anonymous")),
    Column("priority", _("Priority"), lambda source: source.report.priority, sql="r.priority"),
    Column("premise_code", _("Kind of place (code)"), lambda source: source.report.premise, sql="r.premise"),
    _counted("bias_codes", _("Bias (codes)"), CodedFact.Kind.BIAS),
    _counted("property_codes", _("Property (codes)"), CodedFact.Kind.PROPERTY),
    Column(
        "possible_hate",
        _("Possible hate crime"),
        lambda source: _yes(source.report.possible_hate),
        sql=_flag("possible_hate"),
    ),
    Column("hate_verdict", _("Classified as"), lambda source: source.report.hate_verdict, sql="r.hate_verdict"),
    _moment("occurred_from", _("Occurred from"), "occurred_from"),
    _moment("occurred_until", _("Occurred until"), "occurred_until"),
    _moment("reported_at", _("Reported at"), "reported_at"),
    _moment("decided_at", _("Decided at"), "decided_at"),
    Column(
        "approved_at",
        _("Approved at"),
        lambda source: local(source.report.decided_at) if source.report.state == "approved" else "",
        sql="CASE WHEN r.state = 'approved' THEN local(decided_at) END",
    ),
]


# --- What was said, as it was written and in English ------------------------------------------------
def _language(source: Source) -> str:
    found = source.translated.get(None)
    return (found.source if found else source.language) if source.story else ""


def _conversation(source: Source, *, in_english: bool) -> str:
    told = []
    for message in source.messages:
        who, shown = ("agency" if message.from_agency else "resident"), message.words
        if in_english and not message.from_agency:
            shown = source.english(message.id, shown)[0]
        told.append(f"{message.at} {who}: {shown}")
    return "\n\n".join(told)


SEALED, SPOKEN = frozenset({DOCUMENT}), frozenset({DOCUMENT, TEXTS})
WORDS = [
    Column(
        "narrative_original",
        _("Narrative, as it was written"),
        lambda source: source.story,
        "words",
        personal=True,
        needs=SEALED,
    ),
    Column("narrative_language", _("… the language it is written in"), _language, "words", personal=True, needs=SPOKEN),
    Column(
        "narrative_english",
        _("Narrative in English"),
        lambda source: source.story_in_english[0],
        "words",
        personal=True,
        needs=SPOKEN,
    ),
    Column(
        "narrative_english_by",
        _("… who put it into English: a person, a machine, or the resident"),
        lambda source: source.story_in_english[1],
        "words",
        personal=True,
        needs=SPOKEN,
    ),
    Column(
        "messages_original",
        _("Messages, as they were written"),
        lambda source: _conversation(source, in_english=False),
        "words",
        personal=True,
        needs=SEALED | {MESSAGES},
    ),
    Column(
        "messages_english",
        _("Messages, the resident's in English"),
        lambda source: _conversation(source, in_english=True),
        "words",
        personal=True,
        needs=SPOKEN | {MESSAGES},
    ),
]


def personal_among(columns: Iterable[Column]) -> bool:
    """Tell whether one of the columns holds personal data."""
    return any(column.personal for column in columns)
