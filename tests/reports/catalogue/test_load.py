"""Loading a folder: once, twice, and after the agency has edited what was loaded."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from reports.audit import SYSTEM
from reports.catalogue.extract import SHIPPED
from reports.catalogue.folder import CatalogueError
from reports.catalogue.loader import Counts, load
from reports.models import Area, AuditEvent, Code, ExtraChoice, ExtraQuestion, ReportType, Stopper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_loaded")]

LIVE, DRAFT, RETIRED = ReportType.State.LIVE, ReportType.State.DRAFT, ReportType.State.RETIRED
Edit = Callable[..., None]


def load_village(village: Path) -> Counts:
    return load(folder=village, by=SYSTEM)


def versions() -> list[tuple[int, str]]:
    return list(ReportType.objects.order_by("version").values_list("version", "state"))


def test_it_loads_the_city_and_then_finds_nothing_to_do() -> None:
    before = AuditEvent.objects.filter(verb="catalogue.load").count()
    first = load(folder=SHIPPED, by=SYSTEM)
    assert (Area.objects.count(), ReportType.objects.filter(state=LIVE).count()) == (21, 15)
    assert load(folder=SHIPPED, by=SYSTEM) == Counts(unchanged=first.created)
    assert AuditEvent.objects.filter(verb="catalogue.load").count() == before + 1


def test_it_loads_another_agency(village: Path) -> None:
    assert load_village(village) == Counts(created=10)
    area = Area.objects.select_related("bureau").get()
    assert (area.name, area.bureau.code, area.station_phone, area.population) == ("Harbor Side", "V", "555-0100", 1200)
    assert [choice.value for choice in ExtraQuestion.objects.get().choices.all()] == ["small", "big"]


def test_it_takes_translations_from_the_folder_and_then_from_gettext(village: Path) -> None:
    load_village(village)
    with translation.override("es"):
        assert Code.objects.get(code="290").wording == "Daños"
        # Django's own Spanish catalogue knows this word.
        assert Code.objects.get(code="23H").wording == "lunes"
        assert Stopper.objects.get().title == "Llámenos"
        # Nobody has translated the summary: English stands in, never nothing.
        assert ReportType.objects.get().summary == "A window was broken."
    assert ReportType.objects.get().summary_es == ""


def test_it_keeps_an_edited_text_and_updates_the_others(village: Path, edit: Edit) -> None:
    load_village(village)
    ReportType.objects.update(name_en="Window", review_target_days=9)
    edit(name="Smashed window", summary="Someone smashed a window.", review_target_days=3)
    counts = load_village(village)
    report_type = ReportType.objects.get()
    assert (report_type.name, report_type.summary) == ("Window", "Someone smashed a window.")
    assert report_type.review_target_days == 9
    assert (counts.updated, counts.created) == (1, 0)


def test_it_counts_what_it_kept(village: Path) -> None:
    load_village(village)
    Area.objects.update(station_phone="555-0199", is_active=False)
    assert load_village(village) == Counts(kept=1, unchanged=9)
    area = Area.objects.get()
    assert (area.station_phone, area.is_active) == ("555-0199", False)


def test_it_keeps_a_translation_that_the_agency_wrote(village: Path, edit: Edit) -> None:
    load_village(village)
    ReportType.objects.update(summary_es="Rompieron una ventana.")
    edit(summary_es="Una ventana rota.")
    load_village(village)
    assert ReportType.objects.get().summary_es == "Rompieron una ventana."


def test_it_fills_a_translation_that_came_later(village: Path, edit: Edit) -> None:
    load_village(village)
    edit(summary_es="Una ventana rota.")
    load_village(village)
    assert ReportType.objects.get().summary_es == "Una ventana rota."


def test_it_keeps_a_row_that_the_agency_made_first(village: Path) -> None:
    Code.objects.create(table="offence", code="290", name="Vandalism", label_en="Breaking things")
    load_village(village)
    assert Code.objects.get(code="290").label == "Breaking things"


def test_it_brings_a_deleted_row_back(village: Path) -> None:
    load_village(village)
    Code.objects.filter(code="23H").delete()
    assert load_village(village) == Counts(created=1, unchanged=9)


def questions_with(label: str, *, choices: tuple[str, ...]) -> list[dict[str, object]]:
    answers = [{"value": choice, "label": choice.title()} for choice in choices]
    return [{"key": "size", "label": label, "kind": "choice", "required": True, "choices": answers}]


def test_it_rewords_a_question_in_place(village: Path, edit: Edit) -> None:
    load_village(village)
    edit(questions=questions_with("What size is it?", choices=("small", "big")))
    assert load_village(village) == Counts(updated=1, unchanged=9)
    assert (versions(), ExtraQuestion.objects.get().label) == ([(1, LIVE)], "What size is it?")


def test_it_makes_a_new_version_of_a_new_shape(village: Path, edit: Edit) -> None:
    load_village(village)
    edit(questions=questions_with("How big is it?", choices=("small", "big", "huge")))
    load_village(village)
    assert versions() == [(1, RETIRED), (2, LIVE)]
    assert ExtraChoice.objects.filter(question__report_type__version=1).count() == 2
    assert ExtraChoice.objects.filter(question__report_type__version=2).count() == 3
    load_village(village)
    assert len(versions()) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: ReportType.objects.update(name_en="Window"),
        lambda: ReportType.objects.update(sections=[{"key": "when", "options": {}}]),
        lambda: ReportType.objects.update(state=RETIRED),
        lambda: ReportType.objects.get().screening.update(text_en="Danger?"),
        lambda: ReportType.objects.get().questions.all().delete(),
        lambda: ReportType.objects.get().areas.set(Area.objects.all()),
        lambda: ExtraChoice.objects.filter(value="big").update(label_en="Large"),
    ],
)
def test_it_leaves_a_new_shape_as_a_draft_where_the_agency_has_its_own_way(
    village: Path, edit: Edit, change: Callable[[], object]
) -> None:
    load_village(village)
    change()
    state = ReportType.objects.get().state
    edit(may_be_anonymous=True)
    load_village(village)
    assert versions() == [(1, state), (2, DRAFT)]


def test_it_leaves_the_agencys_own_newer_version_live(village: Path, edit: Edit) -> None:
    load_village(village)
    ReportType.objects.update(state=RETIRED)
    ReportType.objects.create(slug="broken-window", version=2, name_en="Ours", summary_en="Ours.", state=LIVE)
    edit(may_be_anonymous=True)
    load_village(village)
    assert versions() == [(1, RETIRED), (2, LIVE), (3, DRAFT)]


def test_it_does_not_return_a_question_that_the_agency_removed(village: Path) -> None:
    load_village(village)
    ExtraQuestion.objects.all().delete()
    load_village(village)
    assert not ExtraQuestion.objects.exists()


def test_it_writes_nothing_when_the_folder_is_wrong(village: Path) -> None:
    (village / "report_types" / "broken-window.json").write_text("{")
    with pytest.raises(CatalogueError):
        load_village(village)
    assert not Area.objects.exists()


def test_it_refuses_two_live_versions(village: Path) -> None:
    load_village(village)
    with pytest.raises(IntegrityError, match="one_live_version_per_report_type"), transaction.atomic():
        ReportType.objects.create(slug="broken-window", version=2, name="Two", summary="Two.", state=LIVE)


def test_it_fills_the_agencys_numbers_into_a_stopper(village: Path, settings: object) -> None:
    load_village(village)
    settings.AGENCY_PHONE, settings.EMERGENCY_PHONE = "555-0111", "112"
    stopper = Stopper.objects.get()
    assert (stopper.body_for(), stopper.phone_for()) == ("Call 555-0111.\n\nOr 112.", "555-0111")
    stopper.title = "Call {nobody} {0} {"
    assert stopper.title_for() == "Call {nobody} {0} {"


def test_it_prints_what_it_did(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogue", folder=village)
    assert capsys.readouterr().out == "Catalogue: 10 created, 0 updated, 0 kept as edited, 0 unchanged.\n"


def test_it_tells_a_wrong_folder_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^The catalogue cannot be loaded\. bureaus\.csv: No such file"):
        call_command("load_catalogue", folder=tmp_path)


@pytest.mark.django_db(transaction=True)
def test_it_loads_once_when_two_servers_start_together(village: Path) -> None:
    results: list[Counts] = []

    def start() -> None:
        try:
            results.append(load_village(village))
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts.created for counts in results) == [0, 10]
