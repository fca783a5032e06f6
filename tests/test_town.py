"""Another agency takes the portal over with settings and folders alone, and nothing of Los Angeles is left."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Role
from cors import colours
from reports.audit import SYSTEM
from reports.catalogue.loader import Counts, load
from reports.models import Area, Report, ReportType
from reports.processing import actions as processing
from tests.desk import decide, show
from tests.reports.catalogue.conftest import nothing_loaded  # noqa: F401 (a fixture)
from tests.resident import Resident, with_area
from tests.town import TOWN, environment, read_settings, settings_of_the_town

LANGUAGES = ["en", "es", "ar"]
# What would tell the city that the portal was first built for; in Arabic letters, too.
STRANGE = re.compile(
    r"Los.Angeles|LAPD|877-?275|California|\bCHP\b|LA vs|CA vs|\b211\b|لوس أنج|كاليفورنيا", re.IGNORECASE
)
STYLES = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)", re.IGNORECASE)
NO = "no"
COW = {
    "screening": {"on-the-road-now": NO, "in-city": "yes", "hurt-or-threatened": NO},
    "when": {"date": "2026-03-02", "time": "21:30"},
    "where": {"address": "Covered Bridge Rd", "area": "3", "premise": "13"},
    "questions": {"animal": "cow", "tag": "VT 0815"},
    "narrative": {"story": "A brown cow stood behind the bridge."},
    "files": {},
    "person": {"part": "myself", "name": "Ana Flores", "email": "ana@example.org"},
}


@pytest.fixture(autouse=True, scope="module")
def its_settings() -> Iterator[dict[str, Any]]:
    with settings_of_the_town() as changed, override_settings(LEAST_FILING_SECONDS=0):
        yield changed


@pytest.fixture
def town(nothing_loaded: None) -> Counts:  # noqa: F811
    """Its catalogue, loaded into an empty portal, which has never shown the numbers of another city."""
    cache.clear()
    return load(folder=settings.CATALOGUE_DIR, by=SYSTEM)


def at_home(page: Any) -> str:
    """Return a page's words, once nothing strange is among them."""
    text: str = page.content.decode()
    assert STRANGE.findall(text) == []
    assert STYLES.findall(text) == []
    return text


def walk(client: Client, start: str) -> dict[str, str]:
    """Follow every link of the residents' pages; return the pages by address."""
    pages: dict[str, str] = {}
    ahead = [start]
    while ahead:
        address = ahead.pop()
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        text = pages[address] = at_home(page) if page["Content-Type"].startswith("text/html") else ""
        links = re.findall(r'<a\b[^>]*href="(/[^"#]*)', text)
        ahead += [link for link in dict.fromkeys(links) if link not in pages and link not in ahead]
    return pages


# --- The folder ------------------------------------------------------------------
def test_the_file_sets_what_the_page_says(its_settings: dict[str, Any]) -> None:
    page = (TOWN.parent / "agency.md").read_text(encoding="utf-8")
    assert [name for name in environment() if f"`{name}`" not in page] == []
    assert {"AGENCY_NAME", "LANGUAGES", "CATALOGUE_DIR", "DR_NUMBER_PATTERN", "TIME_ZONE"} <= its_settings.keys()


def test_it_loads_and_then_finds_nothing_to_do(town: Counts) -> None:
    assert load(folder=settings.CATALOGUE_DIR, by=SYSTEM) == Counts(unchanged=town.created)
    assert list(Area.objects.values_list("name", flat=True)) == ["Village", "Riverside", "Hill Farms"]
    offered = ReportType.objects.filter(state="live").order_by("position").values_list("slug", flat=True)
    assert list(offered) == ["lost-property", "damaged-property", "loose-animal"]


def test_it_has_every_text_in_its_languages(town: Counts) -> None:
    from reports.catalogue.coverage import missing_texts

    assert {language: list(missing_texts(language)) for language in ("es", "ar")} == {"es": [], "ar": []}


def test_fewer_languages_want_no_other_tables(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


# --- Residents ---------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_it_knows_another_city(town: Counts, language: str) -> None:
    client = Client()
    pages = walk(client, f"/{language}/")
    assert len(pages) > 12
    start = pages[f"/{language}/"]
    assert "Cedar Hollow Police Department" in start
    assert 'tel:802-555-0140"' in start
    assert re.findall(r'rel="alternate" hreflang="([^"]+)"', start) == LANGUAGES
    assert {"en": "Report to your town", "es": "Reporte a su pueblo", "ar": "بلِّغ بلدتك"}[language] in start
    assert {"en": "Animal on the road", "es": "Animal en la carretera", "ar": "حيوان على الطريق"}[language] in start


def test_a_language_it_does_not_speak_has_no_page(town: Counts) -> None:
    assert Client().get("/ko/").status_code == 404
    assert Client().get("/", headers={"Accept-Language": "ko, es"}).url == "/es/"


def filed(resident: Resident) -> Report:
    """Send a report of the town's own kind, looking at each page on the way."""
    draft = resident.begin("loose-animal")
    for step, answers in COW.items():
        at_home(resident.client.get(resident.url("intake:step", draft, step)))
        answer = resident.fill(draft, step, with_area(answers))
        assert answer.status_code == 302, (step, answer.context["form"].errors)
    at_home(resident.client.get(resident.url("intake:check", draft)))
    resident.submit(draft)
    sent = resident.client.get(resident.url("intake:sent", draft))
    at_home(sent)
    paper = PdfReader(BytesIO(resident.client.get(resident.url("paper:copy", draft)).content))
    assert STRANGE.findall("".join(page.extract_text() for page in paper.pages)) == []
    return Report.objects.get(reference=sent.context["reference"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_goes_its_whole_way(town: Counts, staff: Any, at_desk: Any, language: str) -> None:
    report = filed(Resident(language))
    processing.work()
    officer = staff("cole", Role.OFFICER, areas=[3])
    desk = at_desk(officer)
    assert report.reference in at_home(desk.get(reverse("review:queue")))
    decide(desk, report, "claim")
    at_home(show(desk, report))
    decide(desk, report, "approve", dr_number="260012345")
    assert not approved(report)
    decide(desk, report, "approve", dr_number="26-CH-0042")
    assert approved(report)
    processing.work()
    assert [letter.subject for letter in mail.outbox]
    assert STRANGE.findall("".join(letter.subject + letter.body for letter in mail.outbox)) == []
    assert all("Cedar Hollow" in letter.body for letter in mail.outbox)


def approved(report: Report) -> bool:
    """Tell whether it stands approved."""
    return bool(Report.objects.get(pk=report.pk).state == "approved")


def test_its_staff_log_in_at_home(town: Counts) -> None:
    assert "Cedar Hollow Police Department" in at_home(Client().get(reverse("account_login")))


# --- What it looks like ------------------------------------------------------------
def test_its_colours_and_its_logo_come_from_our_own_origin(town: Counts) -> None:
    client = Client()
    start = client.get("/en/").content.decode()
    sheets = re.findall(r'rel="stylesheet"\s+href="([^"]+)"', start)
    assert sheets[-1].startswith("/look.css?v=")
    assert "--teal: #5b2a86;" in client.get(sheets[-1]).content.decode()
    login = client.get(reverse("account_login")).content.decode()
    assert sheets[-1] in login
    assert '<img class="brand-logo" src="/look/logo?v=' in login
    assert client.get("/look/logo").content == (TOWN / "logo.svg").read_bytes()
    hills = client.get("/look/hills").content.decode()
    assert colours.ACCENT not in hills
    assert "#f2c14e" in hills
    assert client.get("/look/nothing").status_code == 404


def test_its_papers_take_its_colours(its_settings: dict[str, Any]) -> None:
    assert its_settings["PAPER_COLOURS"]["teal"] == "#5b2a86"


# --- What is refused at start --------------------------------------------------------
@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"AGENCY_COLOUR": "#ffcc00"}, r"too light to be read: .* 1\.3 to 1, and 4\.5 is needed.*such as #"),
        ({"AGENCY_COLOUR": "purple"}, "AGENCY_COLOUR must be a colour such as #"),
        ({"AGENCY_ACCENT": "#333333"}, "AGENCY_ACCENT #333333 is too dark"),
        ({"AGENCY_LOGO": "docs/town/nowhere.svg"}, "AGENCY_LOGO cannot be read"),
        ({"AGENCY_LOGO": "docs/town/town.env"}, "AGENCY_LOGO must name an .svg, .png or .webp file"),
        ({"AGENCY_LOGO": "docs/screenshots/languages-start.png"}, "weighs .* bytes"),
        ({"AGENCY_LANGUAGES": "en,tlh"}, "AGENCY_LANGUAGES names tlh: it may name en, es"),
        ({"AGENCY_LANGUAGES": "es"}, "must name en as well"),
        ({"AGENCY_TEXTS_DIR": "docs"}, "AGENCY_TEXTS_DIR: there is no <language>"),
    ],
)
def test_it_refuses_to_start_and_says_why(variables: dict[str, str], sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_settings(**variables)
