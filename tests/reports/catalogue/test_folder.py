"""The shipped folder, and what is said about one that cannot be loaded."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from reports.catalogue.extract import SHIPPED
from reports.catalogue.folder import Catalogue, CatalogueError
from reports.catalogue.reader import read
from reports.models import CodeTable, ExtraQuestion
from reports.models.catalogue import PLACEHOLDER, placeholders


@pytest.fixture(scope="module")
def city() -> Catalogue:
    return read(SHIPPED)


def names(city: Catalogue, table: str) -> dict[str, str]:
    values = [entry.values for entry in city.codes]
    return {value["code"]: value["name"] for value in values if value["table"] == table}


def test_it_ships_the_whole_city(city: Catalogue) -> None:
    counts = [len(names(city, table)) for table in ("bias", "location", "property", "loss", "offence")]
    assert (len(city.bureaus), len(city.areas), counts) == (4, 21, [36, 46, 67, 9, 23])


@pytest.mark.parametrize("table", list(CodeTable))
def test_it_reads_every_code_as_the_file_has_it(city: Catalogue, table: str) -> None:
    with (SHIPPED / "codes" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        assert names(city, table) == {line["code"]: line["name"] for line in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("table", "code", "name"),
    [
        ("bias", "24", "Islamic (Muslim)"),
        ("bias", "28", "Church of Jesus Christ (Mormon)"),
        ("location", "24", "Specialty Store"),
        ("property", "09", "Credit/Debit Cards"),
        ("property", "37", "Trucks"),
        ("loss", "7", "Stolen/Etc"),
        ("offence", "23F", "From Motor Vehicle"),
    ],
)
def test_it_does_not_shift_the_official_codes(city: Catalogue, table: str, code: str, name: str) -> None:
    assert names(city, table)[code] == name


def test_it_offers_a_resident_only_what_has_plain_words_and_a_heading(city: Catalogue) -> None:
    headings = names(city, CodeTable.CATEGORY)
    for entry in city.codes:
        if entry.values["offered"]:
            assert entry.texts["label"].english, entry.place
        if entry.values["table"] in {"bias", "location", "property"}:
            assert entry.values["category"] in headings, entry.place


def test_it_never_offers_what_must_not_be_reported_online(city: Catalogue) -> None:
    things = [entry.values for entry in city.codes if entry.values["table"] == "property"]
    offered = {thing["code"] for thing in things if thing["offered"]}
    assert not offered & {"10", "11", "13", "49", "59", "03", "24", "37", "80"}


def test_it_lets_not_sure_stand_alone(city: Catalogue) -> None:
    bias = [entry.values for entry in city.codes if entry.values["table"] == "bias"]
    assert {values["code"] for values in bias if values["is_exclusive"]} == {"88", "99"}


def test_it_says_whom_to_call_on_every_stopper(city: Catalogue) -> None:
    for stopper in city.stoppers:
        assert stopper.values["phone"], stopper.place
        assert "{emergency_phone}" in stopper.texts["body"].english or stopper.values["key"] == "outside-city"


def test_it_uses_every_stopper_and_every_kind_of_question(city: Catalogue) -> None:
    screening = [child for entry in city.report_types for child in entry.children["screening"]]
    questions = [child for entry in city.report_types for child in entry.children["questions"]]
    assert {child.links["stopper"] for child in screening} == {entry.values["key"] for entry in city.stoppers}
    assert {child.values["kind"] for child in questions} == set(ExtraQuestion.Kind)


def test_it_stops_a_hate_report_that_an_officer_must_hear(city: Catalogue) -> None:
    hate = next(entry for entry in city.report_types if entry.values["slug"] == "hate-incident")
    stops = {child.values["key"]: child.links["stopper"] for child in hate.children["screening"]}
    for key in ("threat", "contact-or-injury", "damage", "weapon", "stalking"):
        assert stops[key] == "hate-with-an-officer"


# A hit and run is a crime without a NIBRS code: traffic offences are not counted there.
CRIMES_WITHOUT_CODE = {"hit-and-run"}


def test_it_threatens_only_those_who_report_a_crime(city: Catalogue) -> None:
    for entry in city.report_types:
        is_crime = bool(entry.links["offence"]) or entry.values["slug"] in CRIMES_WITHOUT_CODE
        assert ("148.5" in entry.texts["warning"].english) is is_crime, entry.place


OFFENCES = {
    "theft": "23H",
    "theft-from-vehicle": "23F",
    "package-theft": "23H",
    "vehicle-parts": "23G",
    "vandalism": "290",
    "graffiti": "290",
    "harassing-contact": "90Z",
    "identity-theft": "26F",
    "card-fraud": "26B",
    "illegal-dumping": "90Z",
}


def test_it_counts_each_type_under_its_offence_and_the_others_under_none(city: Catalogue) -> None:
    assert {
        entry.values["slug"]: entry.links["offence"] for entry in city.report_types if entry.links["offence"]
    } == OFFENCES


def test_it_asks_every_type_on_the_start_page_what_must_not_wait_for_a_form(city: Catalogue) -> None:
    for entry in city.report_types:
        if entry.values["offered"] and entry.values["slug"] != "lost-property":
            stoppers = {child.links["stopper"] for child in entry.children["screening"]}
            assert stoppers & {"emergency", "hate-emergency", "scam-now", "dumping-now"}, entry.place
            assert stoppers & {"outside-city", "identity-elsewhere"}, entry.place
            assert stoppers & {"hurt-or-threatened", "hate-with-an-officer"}, entry.place
            assert stoppers & {"known-suspect", "hate-with-an-officer"}, entry.place


def test_it_sends_freeways_to_the_highway_patrol(city: Catalogue) -> None:
    slugs = {
        entry.values["slug"]
        for entry in city.report_types
        if "freeway" in {child.links["stopper"] for child in entry.children["screening"]}
    }
    assert slugs >= {"theft", "theft-from-vehicle", "vehicle-parts", "vandalism", "graffiti", "hit-and-run"}


def test_it_offers_a_call_back_wherever_hate_stops_the_way(city: Catalogue) -> None:
    offering = {entry.values["key"] for entry in city.stoppers if entry.values["callback_type"]}
    assert offering == {"hate-emergency", "hate-with-an-officer"}
    asking = {
        entry.values["slug"]
        for entry in city.report_types
        if offering & {child.links["stopper"] for child in entry.children["screening"]}
    }
    assert asking == {"hate-incident", "vandalism", "graffiti"}


def test_it_names_nothing_that_stays_unfilled(city: Catalogue) -> None:
    # What a message may name besides, the reader has checked: it depends on what the message is for.
    of_messages = {entry.texts["text"].place for entry in city.messages}
    for text in (text for text in city.all_texts() if text.place not in of_messages):
        assert set(PLACEHOLDER.findall(text.english)) <= placeholders().keys(), text.place


def test_it_ships_the_folder_of_the_setting() -> None:
    assert settings.CATALOGUE_DIR == SHIPPED


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


TYPE = "report_types/broken-window.json"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("areas.csv", "1,Harbor Side,V", "1,Harbor Side,W", "areas.csv, line 2: bureau W is not in the catalogue."),
        ("areas.csv", "1,Harbor Side", "one,Harbor Side", "areas.csv, line 2: number must be a whole number."),
        ("bureaus.csv", "V,Village", "V,Village\nV,Other", "bureaus.csv, line 3: code V stands there twice."),
        ("bureaus.csv", "V,Village", "V,", "bureaus.csv, line 2: name is missing."),
        ("codes/offence.csv", "code,name,label,", "code,name,lable,", "codes/offence.csv, line 2: unknown lable."),
        ("stoppers.json", '"phone"', "phone", "stoppers.json, line 8: Expecting property name"),
        ("stoppers.json", "{agency_phone}", "{fone}", "stoppers.json, entry call-us: body: Unknown placeholder: fone"),
        (TYPE, '"call-us"', '"call-me"', "screening danger: stopper call-me is not"),
        (TYPE, '"290"', '"291"', "report_types/broken-window.json: offence 291 is not"),
        (TYPE, '"when"', '"whenever"', "section whenever is not in the catalogue."),
        (TYPE, '"summary"', '"group": "kind_lost", "summary"', "broken-window.json: group kind_lost is not in the"),
        ("stoppers.json", '"phone"', '"callback_type": "call", "phone"', "call-us: callback_type call is not in the"),
        (TYPE, '"choice"', '"text"', "question size: choices belong to questions of"),
        (TYPE, '"choice"', '"colour"', "question size: kind: Value 'colour' is not a valid choice."),
        (TYPE, '"size"', '"type"', "question type: key: This key is taken"),
        (TYPE, '"required": true', '"required": 1', "question size: required must be yes or no"),
        (TYPE, "A window was broken.", "", "report_types/broken-window.json: summary: This field cannot be"),
    ],
)
def test_it_names_the_place_of_a_mistake(village: Path, file: str, old: str, new: str, message: str) -> None:
    replace(village / file, old, new)
    with pytest.raises(CatalogueError) as error:
        read(village)
    assert message in str(error.value)


def test_it_names_a_missing_file(village: Path) -> None:
    (village / "areas.csv").unlink()
    with pytest.raises(CatalogueError, match=r"areas\.csv: No such file"):
        read(village)


def test_it_refuses_a_slug_that_two_files_share(village: Path, edit: Callable[..., None]) -> None:
    path = village / "report_types" / "broken-window.json"
    path.with_name("copy.json").write_text(path.read_text())
    with pytest.raises(CatalogueError, match="slug broken-window stands there twice"):
        read(village)
