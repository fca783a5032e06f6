"""A report in the codes of the FBI's NIBRS (data elements by their numbers; tables of the 2019.1 specification).

Every code is checked against the tables that lie beside this file, not against the catalogue, which an agency may
extend. What does not fit, or was never asked, stays empty and is listed with its reason. Nothing is guessed.
"""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.export.columns import Column, Misfit, Text, coded, offence
from reports.export.source import DOCUMENT, FACTS, Source
from reports.models import CodedFact, Verdict

TABLES = Path(__file__).resolve().parent / "tables"
Kind = CodedFact.Kind
GROUP = "nibrs"
NO_BIAS, UNKNOWN_BIAS = "88", "99"
MOST_BIASES = 5
INCIDENT_NUMBER = re.compile(r"[A-Z0-9-]{1,12}")
WHOLE_DAY = timedelta(hours=23, minutes=59)
NOT_ASKED = _("The portal does not ask this.")


@cache
def table(name: str) -> dict[str, str]:
    """Return one code table: code to official name."""
    with (TABLES / f"nibrs_{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def checked(codes: Iterable[str], name: str, why: Text) -> str | Misfit:
    """Return codes apart by blanks if all of them stand in the table."""
    told = list(codes)
    unknown = [code for code in told if code not in table(name)]
    return Misfit(why, " ".join(unknown)) if unknown else " ".join(told)


def _number(source: Source) -> str | Misfit:
    number = source.report.dr_number
    if not number:
        return Misfit(_("It has no official number yet."))
    return number if INCIDENT_NUMBER.fullmatch(number) else Misfit(_("The number is not 1 to 12 letters and digits."))


def _hour(source: Source) -> str | Misfit:
    first, last = source.report.occurred_from, source.report.occurred_until
    if first is None:
        return Misfit(_("When it happened is not known."))
    local = timezone.localtime(first)
    # A day without a time is stored as the whole day.
    is_day = (local.hour, local.minute) == (0, 0) and last is not None and last - first >= WHOLE_DAY
    return f"{local:%Y%m%d}" if is_day else f"{local:%Y%m%d %H}"


def _offence(source: Source) -> str | Misfit:
    code = offence(source)
    if not code:
        return Misfit(_("This kind of report is no NIBRS offense, or none was chosen."))
    return checked(code.split(), "offenses", _("The offense code is not in the table."))


def _bias(position: int) -> Callable[[Source], str | Misfit]:
    return lambda source: _biases(source, position)


def _biases(source: Source, position: int) -> str | Misfit:
    report = source.report
    codes = [fact.code for fact in coded(source, Kind.BIAS)]
    concerns_hate = report.possible_hate or report.report_type.is_hate or bool(codes)
    if not concerns_hate or report.hate_verdict in {Verdict.INCIDENT, Verdict.NEITHER}:
        return NO_BIAS if position == 0 else ""
    if report.hate_verdict != Verdict.CRIME:
        return Misfit(_("It was not classified yet whether it is a hate crime.")) if position == 0 else ""
    if position == 0 and (len(codes) > MOST_BIASES or not codes):
        return Misfit(_("A hate crime has one to five biases."), " ".join(codes))
    if position >= len(codes):
        return ""
    return checked([codes[position]], "bias_motivations", _("The bias code is not in the table."))


def _location(source: Source) -> str | Misfit:
    if not source.report.premise:
        return Misfit(_("The kind of place is not known."))
    return checked([source.report.premise], "locations", _("The code of the place is not in the table."))


def _losses(source: Source) -> str | Misfit:
    facts = coded(source, Kind.PROPERTY)
    if any(not fact.loss for fact in facts):
        return Misfit(_("How it was lost was not said by an officer yet."))
    return checked((fact.loss for fact in facts), "property_loss_types", _("NIBRS has no code for this kind of loss."))


def _things(source: Source) -> str | Misfit:
    codes = (fact.code for fact in coded(source, Kind.PROPERTY))
    return checked(codes, "property_descriptions", _("The property code is not in the table."))


def _values(source: Source) -> str:
    """Return whole dollars in the order of the property codes; a dash where the value is not known."""
    return " ".join(
        "-" if fact.value is None else str(fact.value.quantize(Decimal(1), ROUND_HALF_UP))
        for fact in coded(source, Kind.PROPERTY)
    )


# Only a part in it that leaves no doubt who the victim is.
VICTIMS = {"myself": "I", "family": "I", "business": "B"}


def _victim(source: Source) -> str | Misfit:
    part = source.parts.get("person", {}).get("part", "")
    return VICTIMS.get(part) or Misfit(_("Whether the victim is a person, a business or a group was not said."))


def _offenders(name: str, known: frozenset[str]) -> Callable[[Source], str]:
    """Return what was seen of each person, in their order; U where it was not."""

    def value(source: Source) -> str:
        each = source.parts.get("suspects", {}).get("each", [])
        return " ".join(one.get(name, "U") if one.get(name) in known else "U" for one in each)

    return value


def _ages(source: Source) -> str | Misfit:
    each = source.parts.get("suspects", {}).get("each", [])
    told = [one["age"] for one in each if one.get("age")]
    return Misfit(_("A resident tells an age by a group that is no age of NIBRS."), " ".join(told)) if told else ""


def _column(number: str, name: str, label: Text, value: Callable[[Source], Any], *needs: str) -> Column:
    return Column(f"nibrs_{number.lower()}", label, value, GROUP, heading=f"{number} {name}", needs=frozenset(needs))


def _never(number: str, name: str, label: Text) -> Column:
    return Column(
        f"nibrs_{number.lower()}", label, lambda source: "", GROUP, heading=f"{number} {name}", never=NOT_ASKED
    )


COLUMNS = [
    _column("2", "Incident Number", _("Incident number (DR number)"), _number),
    _column("3", "Incident Date/Hour", _("Date and hour"), _hour),
    _column("6", "UCR Offense Code", _("Offense"), _offence, FACTS),
    _never("7", "Offense Attempted/Completed", _("Attempted or completed")),
    *(
        _column(f"8A{'' if at == 0 else f'-{at + 1}'}", "Bias Motivation", _("Bias"), _bias(at), FACTS)
        for at in range(MOST_BIASES)
    ),
    _column("9", "Location Type", _("Kind of place"), _location),
    _column("14", "Type Property Loss", _("How each thing was lost"), _losses, FACTS),
    _column("15", "Property Description", _("Things"), _things, FACTS),
    _column("16", "Value of Property", _("Value of each, in dollars"), _values, FACTS),
    _never("17", "Date Recovered", _("Day on which a thing was found again")),
    _column("25", "Type of Victim", _("Kind of victim"), _victim, DOCUMENT),
    _never("26", "Age of Victim", _("Age of the victim")),
    _never("27", "Sex of Victim", _("Sex of the victim")),
    _never("28", "Race of Victim", _("Race of the victim")),
    _never("29", "Ethnicity of Victim", _("Ethnicity of the victim")),
    _never("30", "Resident Status of Victim", _("Whether the victim lives there")),
    _never("33", "Type Injury", _("Injury")),
    _never("35", "Relationship of Victim to Offender", _("Relationship")),
    _column("37", "Age of Offender", _("Age of each person who was seen"), _ages, DOCUMENT),
    _column(
        "38", "Sex of Offender", _("Sex of each person who was seen"), _offenders("sex", frozenset("MFU")), DOCUMENT
    ),
    _never("39", "Race of Offender", _("Race of each person who was seen")),
    _never("39A", "Ethnicity of Offender", _("Ethnicity of each person who was seen")),
]
