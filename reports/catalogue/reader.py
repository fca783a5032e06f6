"""Reading a catalogue folder. Everything doubtful is refused with the file, the line or key, and the reason.

bureaus.csv  areas.csv  codes/<table>.csv  stoppers.json  report_types/<slug>.json  support.json  reasons.json
partners.json  messages.json
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import override

from reports.catalogue.folder import Catalogue, CatalogueError, Entry, Record
from reports.models import (
    Area,
    Bureau,
    Code,
    CodeTable,
    ExtraChoice,
    ExtraQuestion,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    ScreeningQuestion,
    Stopper,
    SupportOrganisation,
)
from reports.sections import unknown_parts

# Whose rows are made later: a child's parent, and the people.
LINKS = ("report_type", "question", "author", "approved_by")
# What is left out of an organisation is empty; only what tells which one it is may not be.
PARTNER_WORDS = {"key": None, "kind": None, "name": None, "address": "", "phone": "", "url": ""}
SUPPORT_WORDS = {"key": None, "name": None, "phone": "", "text_line": "", "url": ""}


def read(folder: Path) -> Catalogue:
    """Return the folder's catalogue, checked against the models and against itself; raises CatalogueError."""
    catalogue = Catalogue(
        bureaus=_each(_bureau, _table(folder, "bureaus.csv")),
        areas=[_area(record) for record in _table(folder, "areas.csv")],
        codes=[entry for table in CodeTable for entry in _codes(folder, table)],
        stoppers=[_stopper(record) for record in _objects(folder, "stoppers.json")],
        report_types=[_report_type(record) for record in _type_files(folder)],
        support=_each(_support, _own(folder, "support.json")),
        reasons=_each(_reason, _own(folder, "reasons.json")),
        partners=_each(_partner, _own(folder, "partners.json")),
        messages=_each(_message, _own(folder, "messages.json")),
    )
    _check_keys(catalogue)
    _check_links(catalogue)
    return catalogue


def _table(folder: Path, name: str) -> Iterator[Record]:
    with _open(folder, name) as file:
        lines = csv.DictReader(file, restkey="columns too many")
        for line in lines:
            yield Record(line, place=f"{name}, line {lines.line_num}")


def _open(folder: Path, name: str) -> Any:
    try:
        return (folder / name).open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise CatalogueError(f"{name}: {error.strerror} in {folder}.") from None


def _json(folder: Path, name: str) -> Any:
    with _open(folder, name) as file:
        try:
            return json.load(file)
        except json.JSONDecodeError as error:
            raise CatalogueError(f"{name}, line {error.lineno}: {error.msg}.") from None


def _objects(folder: Path, name: str) -> Iterator[Record]:
    yield from _children(Record({"entries": _json(folder, name)}, place=name), "entries", key="key", what="entry")


def _type_files(folder: Path) -> Iterator[Record]:
    for path in sorted((folder / "report_types").glob("*.json")):
        name = f"report_types/{path.name}"
        data = _json(folder, name)
        if not isinstance(data, dict):
            raise CatalogueError(f"{name}: must be one object.")
        yield Record(data, place=name)


def _children(record: Record, name: str, *, key: str, what: str) -> Iterator[Record]:
    """Yield the objects of a list, each placed by its own key, or by its number while that is missing."""
    for at, data in enumerate(record.items(name), start=1):
        if not isinstance(data, dict):
            raise record.fail(f"{what} {at} must be an object.")
        yield Record(data, place=f"{record.place}, {what} {data.get(key) or at}")


def _each(make: Callable[[Record, int], Entry], records: Iterable[Record]) -> list[Entry]:
    return [make(record, position) for position, record in enumerate(records, start=1)]


def _bureau(record: Record, position: int) -> Entry:
    values = {"code": record.word("code"), "name": record.word("name"), "position": position}
    return _checked(Bureau, record, Entry(record.place, values))


def _area(record: Record) -> Entry:
    values = {
        "number": record.number("number"),
        "name": record.word("name"),
        "station_address": record.word("station_address"),
        "station_zip": record.word("zip"),
        "station_phone": record.word("phone", default=""),
        "population": record.number("population"),
    }
    return _checked(Area, record, Entry(record.place, values, links={"bureau": record.word("bureau")}))


def _codes(folder: Path, table: CodeTable) -> Iterator[Entry]:
    name = f"codes/{table}.csv"
    # Not every agency counts by every table.
    if not (folder / name).exists():
        return
    for position, record in enumerate(_table(folder, name), start=1):
        values = {
            "table": table.value,
            "code": record.word("code"),
            "name": record.word("name"),
            "category": record.word("category", default=""),
            "offered": record.flag("offered"),
            "is_exclusive": record.flag("exclusive"),
            "position": position,
        }
        # The code outlives the line number, so translators' comments do not change with every new line.
        place = f"{name}, {values['code']}"
        yield _checked(Code, record, Entry(record.place, values, {"label": record.text("label", place=place)}))


def _stopper(record: Record) -> Entry:
    values = {
        "key": record.word("key"),
        "is_emergency": record.flag("is_emergency"),
        "phone": record.word("phone", default=""),
        "shows_stations": record.flag("shows_stations"),
        "other_type": record.word("other_type", default=""),
        "callback_type": record.word("callback_type", default=""),
    }
    texts = {"title": record.text("title"), "body": record.text("body")}
    return _checked(Stopper, record, Entry(record.place, values, texts))


def _own(folder: Path, name: str) -> Iterator[Record]:
    # What an agency may do without, or keep in the admin alone.
    if (folder / name).exists():
        yield from _objects(folder, name)


def _support(record: Record, position: int) -> Entry:
    values = {
        **{name: record.word(name, default=default) for name, default in SUPPORT_WORDS.items()},
        **{name: record.items(name) for name in ("needs", "languages", "report_types")},
        "hate_only": record.flag("hate_only"),
        "position": position,
    }
    texts = {name: record.text(name) for name in ("description", "hours")}
    return _checked(SupportOrganisation, record, Entry(record.place, values, texts))


def _reason(record: Record, position: int) -> Entry:
    values = {"key": record.word("key"), "position": position}
    return _checked(RejectReason, record, Entry(record.place, values, {"text": record.text("text")}))


def _partner(record: Record, position: int) -> Entry:
    values = {
        **{name: record.word(name, default=default) for name, default in PARTNER_WORDS.items()},
        "named_in_letters": record.flag("named_in_letters", default=True),
        "position": position,
    }
    return _checked(Partner, record, Entry(record.place, values, {"description": record.text("description")}))


def _message(record: Record, position: int) -> Entry:
    values = {**{name: record.word(name) for name in ("key", "kind", "name")}, "position": position}
    entry = _checked(MessageTemplate, record, Entry(record.place, values, {"text": record.text("text")}))
    row = MessageTemplate(**entry.values)
    try:
        for language, _name in settings.LANGUAGES:
            row.check_text(entry.texts["text"].in_language(language) or entry.texts["text"].english)
    except ValidationError as error:
        raise record.fail(f"text: {error.messages[0]}") from None
    return entry


def _report_type(record: Record) -> Entry:
    values = {
        "slug": record.word("slug"),
        "sections": record.items("sections"),
        "group": record.word("group", default=""),
        "offered": record.flag("offered", default=True),
        "may_be_anonymous": record.flag("may_be_anonymous"),
        "is_hate": record.flag("is_hate"),
        "review_target_days": record.number("review_target_days", default=5),
        "retention_days": record.number("retention_days", default=1825),
        "position": record.number("position", default=0),
    }
    texts = {name: record.text(name) for name in ("name", "summary", "guidance", "warning")}
    children = {
        "screening": _each(_screening, _children(record, "screening", key="key", what="screening")),
        "questions": _each(_question, _children(record, "questions", key="key", what="question")),
    }
    links = {"offence": record.word("offence", default="")}
    return _checked(ReportType, record, Entry(record.place, values, texts, links, children))


def _screening(record: Record, position: int) -> Entry:
    values = {
        "key": record.word("key"),
        "stops_on": record.flag("stops_on", default=True),
        "position": position,
    }
    texts = {"text": record.text("text"), "help": record.text("help")}
    links = {"stopper": record.word("stopper")}
    return _checked(ScreeningQuestion, record, Entry(record.place, values, texts, links))


def _question(record: Record, position: int) -> Entry:
    values = {
        "key": record.word("key"),
        "kind": record.word("kind"),
        "required": record.flag("required"),
        "is_personal": record.flag("is_personal"),
        "position": position,
    }
    texts = {"label": record.text("label"), "help": record.text("help")}
    choices = _each(_choice, _children(record, "choices", key="value", what="choice"))
    entry = _checked(ExtraQuestion, record, Entry(record.place, values, texts, children={"choices": choices}))
    if bool(choices) != (values["kind"] == ExtraQuestion.Kind.CHOICE):
        raise record.fail("choices belong to questions of the kind choice, and only to those.")
    return entry


def _choice(record: Record, position: int) -> Entry:
    values = {"value": record.word("value"), "position": position}
    return _checked(ExtraChoice, record, Entry(record.place, values, {"label": record.text("label")}))


def _checked(model: type[Model], record: Record, entry: Entry) -> Entry:
    """Return the entry if the model's own fields accept it."""
    record.close()
    with override("en"):
        row = model(**entry.columns())
        try:
            row.clean_fields(exclude={*entry.links, *LINKS})
        except ValidationError as error:
            raise record.fail(_first_message(error)) from None
    return entry


def _first_message(error: ValidationError) -> str:
    name, messages = min(error.message_dict.items())
    return f"{name}: {messages[0]}"


def _check_keys(catalogue: Catalogue) -> None:
    _unique(catalogue.bureaus, "code")
    _unique(catalogue.areas, "number")
    _unique(catalogue.codes, "table", "code")
    _unique(catalogue.stoppers, "key")
    _unique(catalogue.report_types, "slug")
    for rows in (catalogue.support, catalogue.reasons, catalogue.partners, catalogue.messages):
        _unique(rows, "key")
    for entry in catalogue.report_types:
        _unique(entry.children["screening"], "key")
        _unique(entry.children["questions"], "key")
        for question in entry.children["questions"]:
            _unique(question.children["choices"], "value")


def _unique(entries: list[Entry], *names: str) -> None:
    seen: set[tuple[Any, ...]] = set()
    for entry in entries:
        key = tuple(entry.values[name] for name in names)
        if key in seen:
            raise CatalogueError(f"{entry.place}: {names[-1]} {key[-1]} stands there twice.")
        seen.add(key)


def _check_links(catalogue: Catalogue) -> None:
    slugs = {entry.values["slug"] for entry in catalogue.report_types}
    for area in catalogue.areas:
        _known(area, "bureau", area.links["bureau"], {entry.values["code"] for entry in catalogue.bureaus})
    for stopper in catalogue.stoppers:
        for name in ("other_type", "callback_type"):
            _known(stopper, name, stopper.values[name], slugs | {""})
    for organisation in catalogue.support:
        for slug in organisation.values["report_types"]:
            _known(organisation, "report type", slug, slugs)
    _check_types(catalogue)


def _check_types(catalogue: Catalogue) -> None:
    stoppers = {entry.values["key"] for entry in catalogue.stoppers}
    offences = _codes_of(catalogue, CodeTable.OFFENCE) | {""}
    groups = _codes_of(catalogue, CodeTable.CATEGORY) | {""}
    for report_type in catalogue.report_types:
        _known(report_type, "offence", report_type.links["offence"], offences)
        _known(report_type, "group", report_type.values["group"], groups)
        for part in unknown_parts(report_type.values["sections"]):
            raise CatalogueError(f"{report_type.place}: section {part} is not in the catalogue.")
        for question in report_type.children["screening"]:
            _known(question, "stopper", question.links["stopper"], stoppers)


def _codes_of(catalogue: Catalogue, table: CodeTable) -> set[str]:
    return {entry.values["code"] for entry in catalogue.codes if entry.values["table"] == table}


def _known(entry: Entry, what: str, name: str, names: set[str]) -> None:
    if name not in names:
        raise CatalogueError(f"{entry.place}: {what} {name} is not in the catalogue.")
