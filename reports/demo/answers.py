"""The answers of one report, step by step, in the shape in which the sections' forms give them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from shapely.geometry import shape

from reports.catalogue import live, outlines
from reports.demo import details, people, places, stories, things
from reports.demo.draw import Draw, Weighted
from reports.models import Area, AreaBoundary, CodeTable, ExtraQuestion, ReportType, ScreeningQuestion
from reports.sections import sections_of, when
from reports.sections.bias import Act, Target
from reports.sections.screening import NO, YES

Part = dict[str, Any]

# How often each shipped type is filed beside the others; an agency's own types come as often as lost property.
TYPES = {
    "lost-property": 34,
    "theft-from-vehicle": 50,
    "hate-incident": 9,
    "theft": 26,
    "package-theft": 16,
    "vehicle-parts": 14,
    "vandalism": 18,
    "graffiti": 9,
    "hit-and-run": 22,
    "harassing-contact": 6,
    "identity-theft": 13,
    "card-fraud": 15,
    "illegal-dumping": 7,
    "supplement": 6,
}
LANGUAGES = {"en": 66, "es": 26, "ko": 5, "hy": 4, "zh-hans": 3, "zh-hant": 2}
OTHER_LANGUAGE = 1
NO_AREA = 0.06
# Of those that tell an address, so many set a mark on the map, some 500 m around the middle of the area.
MARKED = 0.3
AROUND = 0.01
BIASES = {
    "12": 20,
    "21": 18,
    "41": 12,
    "32": 14,
    "14": 10,
    "24": 8,
    "71": 6,
    "31": 4,
    "42": 3,
    "43": 3,
    "33": 5,
    "99": 4,
}
OTHER_BIAS = 0.5
SEVERAL = Weighted({1: 84, 2: 13, 3: 3})
TARGETS = Weighted({Target.ME: 62, Target.PERSON: 16, Target.GROUP: 13, Target.PLACE: 9})
# Hours of the day at which things happen.
CLOCKS = Weighted(dict(enumerate((4, 4, 3, 3, 2, 2, 2, 3, 4, 4, 4, 5, 6, 5, 5, 5, 6, 7, 7, 7, 7, 7, 6, 5))))
MINUTES = (0, 0, 15, 30, 30, 45, 10, 50)
DELAYS = Weighted({0: 38, 1: 28, 2: 12, 3: 7, 5: 5, 8: 4, 14: 3, 30: 2, 75: 1})


class Choices:
    """What the catalogue and the settings offer now, with how often each is chosen."""

    def __init__(self, languages: list[str]) -> None:
        report_types = live.types()
        self.types = {report_type.pk: report_type for report_type in report_types}
        self.type_ids = Weighted({each.pk: TYPES.get(each.slug, TYPES["lost-property"]) for each in report_types})
        self.languages = Weighted({code: LANGUAGES.get(code, OTHER_LANGUAGE) for code in languages})
        self.areas = {report_type.pk: _areas(report_type) for report_type in report_types}
        self.sections = {each.pk: [section.key for section in sections_of(each)] for each in report_types}
        self.screening = {each.pk: list(each.screening.all()) for each in report_types}
        self.questions = {each.pk: _questions(each) for each in report_types}

    @cached_property
    def property_codes(self) -> frozenset[str]:
        """The codes of things that residents may choose."""
        return frozenset(code.code for code in live.codes(CodeTable.PROPERTY, offered_only=True))

    @cached_property
    def premises(self) -> dict[str, Weighted[str]]:
        """Where things happen, by report type; codes that are not offered are left out."""
        offered = {code.code for code in live.codes(CodeTable.LOCATION, offered_only=True)}
        usual = {**places.PREMISES, "": places.ANYWHERE}
        return {slug: _among(codes, offered) for slug, codes in usual.items()}

    @cached_property
    def middles(self) -> dict[int, tuple[float, float]]:
        """A place in each area of the map, as longitude and latitude; none where there is no map."""
        points = {row.pk: shape(row.outline).representative_point() for row in AreaBoundary.objects.all()}
        return {pk: (point.x, point.y) for pk, point in points.items()}

    @cached_property
    def biases(self) -> Weighted[str]:
        """The groups that hate is aimed at."""
        offered = live.codes(CodeTable.BIAS, offered_only=True)
        return Weighted({code.code: BIASES.get(code.code, OTHER_BIAS) for code in offered})


def _among(codes: Mapping[str, float], offered: set[str]) -> Weighted[str]:
    return Weighted({code: share for code, share in codes.items() if code in offered} or {"": 1})


def _areas(report_type: ReportType) -> Weighted[Area]:
    among = {area.pk for area in report_type.areas.all()} or {area.pk for area in live.areas()}
    return Weighted({area: places.BUSY.get(area.number, 1.0) for area in live.areas() if area.pk in among})


def _questions(report_type: ReportType) -> list[tuple[ExtraQuestion, list[str]]]:
    """Return the type's own questions, each with the values of its choices."""
    return [(each, [choice.value for choice in each.choices.all()]) for each in report_type.questions.all()]


@dataclass
class Filing:
    """One report in the making: who, which type, when, and the answers given so far."""

    choices: Choices
    facts: Draw
    telling: Draw
    report_type: ReportType
    language: str
    sent_at: datetime
    zone: ZoneInfo
    parts: dict[str, Part] = field(default_factory=dict)
    street: str = ""
    nouns: tuple[str, ...] = ()

    def part(self, step: str) -> Part:
        """Return the answers of a step already given, or an empty dict."""
        return self.parts.get(step, {})


def screening(filing: Filing) -> Part:
    """Answer every question so that the online path goes on."""
    questions: list[ScreeningQuestion] = filing.choices.screening[filing.report_type.pk]
    return {"type": filing.report_type.pk, **{each.key: NO if each.stops_on else YES for each in questions}}


def bias(filing: Filing) -> Part:
    """Name one to three groups, what was done and to whom."""
    draw = filing.facts
    codes = list(dict.fromkeys(filing.choices.biases.pick(draw) for _ in range(SEVERAL.pick(draw))))
    alone = [code for code in codes if (row := live.code(CodeTable.BIAS, code)) and row.is_exclusive]
    acts = list(dict.fromkeys(draw.pick(Act.values) for _ in range(SEVERAL.pick(draw))))
    answers: Part = {"motivations": alone[:1] or codes, "acts": acts, "target": str(TARGETS.pick(draw))}
    if draw.chance(0.55):
        answers["words"] = draw.pick(stories.texts(filing.language).WORDS_USED)
    return answers


def occurred(filing: Filing) -> Part:
    """Say when: a day, mostly with a time, sometimes until when, seldom not known. Never after the report was sent."""
    draw = filing.facts
    if draw.chance(0.04):
        return {"unknown": True}
    sent = filing.sent_at.astimezone(filing.zone)
    day = sent.date() - timedelta(days=DELAYS.pick(draw))
    latest = sent.hour if day == sent.date() else 24
    clock = time(min(CLOCKS.pick(draw), latest - 1), draw.pick(MINUTES)) if latest else None
    known = clock is not None and draw.chance(0.82) and not when.skipped(day, clock)
    answers: Part = {"date": day.isoformat()} | ({"time": clock.isoformat()} if clock and known else {})
    if day < sent.date() and draw.chance(0.2):
        answers["until_date"] = (day + timedelta(days=1)).isoformat()
    return answers


def where(filing: Filing) -> Part:
    """Name the place, mostly its area, and what kind of place it is."""
    draw, choices = filing.facts, filing.choices
    area = None if draw.chance(NO_AREA) else choices.areas[filing.report_type.pk].pick(draw).pk
    premises = choices.premises.get(filing.report_type.slug) or choices.premises[""]
    premise = premises.pick(draw) if draw.chance(0.9) else ""
    if filing.report_type.section_options("where").get("only_area"):
        return {"area": area} if area else {}
    part, filing.street = places.where(draw, language=filing.language, area=area, premise=premise)
    return part | _mark(filing, area) if "address" in part else part


def _mark(filing: Filing, area: int | None) -> Part:
    """Mark a place near the middle of the area, where the map knows it; whether it does changes no other answer."""
    draw, middle = filing.facts, filing.choices.middles.get(area or 0)
    is_marked, east, north = draw.chance(MARKED), draw.random() - 0.5, draw.random() - 0.5
    if not (is_marked and middle):
        return {}
    longitude, latitude = middle[0] + east * AROUND, middle[1] + north * AROUND
    found = outlines.area_at(longitude, latitude)
    if found is None or found.pk != area:
        longitude, latitude = middle
    return {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}


def vehicles(filing: Filing) -> Part:
    """Describe one vehicle, seldom two; in a crash, each with what it had to do with it."""
    if filing.report_type.section_options("vehicles").get("crash"):
        return details.crashed(filing.facts, filing.language)
    return {"each": [things.vehicle(filing.facts, filing.language) for _ in range(1 + filing.facts.chance(0.03))]}


def items(filing: Filing) -> Part:
    """Describe one to four things."""
    draw, language = filing.facts, filing.language
    in_car = "vehicles" in filing.choices.sections[filing.report_type.pk]
    drawn = things.things(draw, in_car=in_car, offered=filing.choices.property_codes)
    filing.nouns = tuple(thing.nouns.get(language, thing.nouns["en"]) for thing in drawn)
    return {"each": [things.item(draw, thing, language) for thing in drawn]}


def questions(filing: Filing) -> Part:
    """Answer what must be answered, and half of the rest."""
    answers: Part = {"type": filing.report_type.pk}
    for question, values in filing.choices.questions[filing.report_type.pk]:
        if question.required or filing.facts.chance(0.5):
            answers[question.key] = _answer(filing, question, values)
    return {key: answer for key, answer in answers.items() if answer not in {"", None}}


def _answer(filing: Filing, question: ExtraQuestion, values: list[str]) -> Any:
    draw, words = filing.facts, stories.texts(filing.language)
    if question.kind == ExtraQuestion.Kind.CHOICE:
        return draw.pick(values) if values else None
    if question.kind == ExtraQuestion.Kind.NUMBER:
        return draw.between(4, 90) * 10
    if question.kind == ExtraQuestion.Kind.DATE:
        return (filing.sent_at.astimezone(filing.zone).date() - timedelta(days=draw.between(20, 700))).isoformat()
    if question.is_personal:
        return f"CLM-{draw.digits(7)}"
    return draw.pick(words.CAMERAS if "camera" in question.key else words.FREE_TEXT)


def files(filing: Filing) -> Part:
    """Say nothing of files; `demo.files` adds a few."""
    return {}


def narrative(filing: Filing) -> Part:
    """Tell the story that fits the other answers."""
    occurrence = when.parsed(filing.part("when"))
    codes = filing.part("bias").get("motivations", [])
    row = live.code(CodeTable.BIAS, codes[0]) if codes else None
    scene = stories.Scene(
        kind=filing.report_type.slug,
        premise=filing.part("where").get("premise", ""),
        street=filing.street or filing.facts.pick(places.STREETS),
        nouns=filing.nouns,
        vehicle=(filing.part("vehicles").get("each") or [{}])[0],
        day=occurrence.get("date"),
        clock=occurrence.get("time"),
        why=row.category if row else "",
    )
    return {"story": stories.story(filing.facts, filing.telling, scene, filing.language)}


def person(filing: Filing) -> Part:
    """Say who files, or that they would rather not."""
    return people.person(
        filing.facts,
        language=filing.language,
        is_hate=filing.report_type.is_hate,
        may_be_anonymous=filing.report_type.may_be_anonymous,
    )


def day_of(filing: Filing) -> date:
    """Return the local day on which the report was sent."""
    return filing.sent_at.astimezone(filing.zone).date()


MAKERS: dict[str, Callable[[Filing], Part]] = {
    "original": lambda filing: details.original(filing.facts, day_of(filing)),
    "contacts": lambda filing: details.contacts(filing.facts, filing.language, day_of(filing)),
    "accounts": lambda filing: details.accounts(filing.facts, filing.language, day_of(filing)),
    "damage": lambda filing: details.damage(filing.facts),
    "dumping": lambda filing: details.dumping(filing.facts, filing.language),
    "suspects": lambda filing: details.suspects(filing.facts, filing.language),
    "screening": screening,
    "bias": bias,
    "when": occurred,
    "where": where,
    "vehicles": vehicles,
    "items": items,
    "questions": questions,
    "narrative": narrative,
    "files": files,
    "person": person,
}


def fill(filing: Filing) -> None:
    """Answer every step of the report's type that the demo knows, in the order of the type."""
    for step in filing.choices.sections[filing.report_type.pk]:
        if step in MAKERS:
            filing.parts[step] = MAKERS[step](filing)
