"""Every language the portal offers is spoken to the end, in the words of the glossary."""

import html
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import to_locale

from reports.catalogue import extract
from reports.catalogue.coverage import missing_texts
from reports.models import Area, Code, PublicWeek, ReportType, ScreeningQuestion
from reports.statistics.publishing import CACHE_KEY
from tests.resident import ANSWERS, SCREENING, Resident

LOCALE = settings.BASE_DIR / "locale"
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]
every_language = pytest.mark.parametrize("language", TRANSLATED)

# What must stand in a translation as it stands in the English: names to fill in, tags, phone numbers.
FIXED = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}|</?[a-z][^>]*>|\b[\d-]{9,}\d\b|\b911\b")
# Kept out of the copy from which texts are collected: not ours, or not source.
NOT_SOURCE = shutil.ignore_patterns(".*", "var", "staticfiles", "__pycache__", "*.mo", "*.png", "*.svg", "*.sock")


@cache
def catalogue(language: str) -> Catalog:
    """Return a language's catalogue as it stands in the repository."""
    with (LOCALE / to_locale(language) / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(language: str) -> Iterator[Message]:
    """Yield all messages, without the header."""
    return (message for message in catalogue(language) if message.id)


def forms(text: Any) -> tuple[str, ...]:
    """Return the singular and plural forms of a message's side, or its only one."""
    return tuple(text) if isinstance(text, (list, tuple)) else (text,)


def translations(language: str) -> Iterator[tuple[Message, str]]:
    """Yield each message with each form of its translation; what has none is another test's matter."""
    return ((message, form) for message in messages(language) for form in forms(message.string) if form)


def fixed(text: str) -> list[str]:
    return sorted(FIXED.findall(text))


# --- The catalogues ----------------------------------------------------------


@every_language
def test_no_text_waits_for_its_translation(language: str) -> None:
    assert [message.id for message in messages(language) if not all(forms(message.string))] == []


@every_language
def test_no_translation_is_doubtful_or_left_over(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@every_language
def test_every_plural_form_of_the_language_is_given(language: str) -> None:
    plural = [message for message in messages(language) if message.pluralizable]
    assert plural
    assert {len(message.string) for message in plural} == {catalogue(language).num_plurals}


@every_language
def test_names_tags_and_numbers_stand_in_a_translation_as_in_the_english(language: str) -> None:
    broken = [
        (message.id, form) for message, form in translations(language) if fixed(form) != fixed(forms(message.id)[-1])
    ]
    assert broken == []


@every_language
def test_python_can_fill_every_translation(language: str) -> None:
    assert [(error.args, message.id) for message, errors in catalogue(language).check() for error in errors] == []


@every_language
def test_a_translation_begins_and_ends_like_the_english(language: str) -> None:
    edge = re.compile(r"^\s*|\s*$")
    assert [
        (message.id, form)
        for message, form in translations(language)
        if edge.findall(form) != edge.findall(forms(message.id)[0])
    ] == []


@every_language
def test_the_header_names_the_language_and_says_that_a_speaker_has_still_to_review_it(language: str) -> None:
    head = catalogue(language)
    assert str(head.locale) == to_locale(language)
    assert "Awaits review by a native speaker" in head.header_comment
    assert not head.fuzzy


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext's xgettext is not installed")
def test_collecting_the_texts_anew_changes_no_catalogue(tmp_path: Path, monkeypatch: Any, settings: Any) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(settings.BASE_DIR, copy, ignore=NOT_SOURCE)
    monkeypatch.chdir(copy)
    monkeypatch.setattr(extract, "TEXTS", copy / "reports" / "catalogue" / "texts")
    settings.LOCALE_PATHS = [copy / "locale"]
    call_command("makemessages", locale=[to_locale(language) for language in TRANSLATED], verbosity=0)
    for language in TRANSLATED:
        with (copy / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po").open("rb") as file:
            fresh = read_po(file)
        # Without line numbers and dates: a moved text is the same text.
        assert contents(fresh) == contents(catalogue(language)), f"run `manage.py makemessages -l {language}`"


def contents(of: Catalog) -> dict[Any, Any]:
    """Return what a translator sees of a catalogue."""
    seen = {
        (one.context, one.id): (one.string, sorted(one.flags), sorted(" ".join(one.auto_comments).split()))
        for one in of
        if one.id
    }
    return seen | {("left over", left): None for left in of.obsolete}


# --- The glossary ------------------------------------------------------------


def glossary(language: str) -> list[tuple[str, list[str]]]:
    """Return each English term with the forms that the language may use for it."""
    lines = (LOCALE / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    column = rows[0].index(language)
    return [(row[0], [form.strip() for form in row[column].split(",")]) for row in rows[2:] if row[column] != "–"]


# A form begins a word, where the script has spaces between words and no article is written together with the next.
WORDS_STAND_APART = {"es", "fil", "ru", "vi", "hy", "hi", "pa"}


@every_language
def test_every_term_is_translated_as_the_glossary_says(language: str) -> None:
    edge = r"(?<!\w)" if language in WORDS_STAND_APART else ""
    astray = [
        (term, message.id, form)
        for term, allowed in glossary(language)
        for message, form in translations(language)
        if re.search(rf"\b{re.escape(term)}s?\b", FIXED.sub(" ", forms(message.id)[0]), re.IGNORECASE)
        and not any(re.search(edge + re.escape(one), form, re.IGNORECASE) for one in allowed)
    ]
    assert astray == []


# --- The catalogue of report types, codes and pages, as it stands in the database ---


@pytest.mark.django_db
@every_language
def test_every_shipped_text_has_its_column_in_the_language(language: str) -> None:
    assert missing_texts(language) == []
    assert Code.objects.exclude(label_en="").count() > 200


# --- The pages ---------------------------------------------------------------

# Whole sentences of the pages; single words may be the same in two languages.
SENTENCE = re.compile(r"\S+ \S+ \S+")


def words_of(response: Any) -> str:
    """Return what of a page is read out or shown: its text, and the texts in attributes."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', page)
    text = re.sub(r"<[^>]+>", " ", page)
    return " ".join(html.unescape(" ".join([text, *spoken])).split())


def english_sentences(language: str) -> list[str]:
    """Return the translated English sentences that hold no name to fill in."""
    found = (forms(message.id)[0] for message in messages(language) if message.string != message.id)
    return [text for text in found if SENTENCE.search(text) and not fixed(text)]


def stopped(slug: str) -> dict[str, str]:
    """Return answers to the first questions of which the last ends the online path."""
    last = (
        ScreeningQuestion.objects.filter(report_type__slug=slug, report_type__state="live").order_by("position").last()
    )
    assert last
    return SCREENING[slug] | {last.key: "yes" if last.stops_on else "no"}


def public_week() -> None:
    """Publish a week in which some figures are shown and some are not."""
    kinds = list(ReportType.objects.filter(state="live").values_list("slug", flat=True))
    areas = [*Area.objects.order_by("number").values_list("number", "name"), (0, "")]
    figures = [[None, *[9] * len(areas)] for _ in [*kinds, "all"]]
    ending, now = date(2026, 11, 21), timezone.now()
    PublicWeek.objects.create(
        ending=ending, counted_at=now, types=kinds, hate_types=[], areas=areas, figures=figures, least=5, least_hate=11
    )
    caches["default"].delete(CACHE_KEY)


def pages(language: str) -> Iterator[tuple[str, Any]]:
    """Yield every page from the start to the status of a hate report and a theft report."""
    resident = Resident(language)
    client, url = resident.client, resident.url
    yield "start", client.get(url("intake:start"))
    caches["default"].delete(CACHE_KEY)
    yield "no numbers", client.get(url("statistics:show"))
    public_week()
    yield "numbers", client.get(url("statistics:show"))
    yield "find", client.get(url("status:find"))
    yield "wrong code", client.post(url("status:find"), {"reference": "R-7K4M-93QX", "access_code": "0000-0000-0000"})
    yield "no such page", client.get(url("intake:start") + "nowhere")
    yield "no such draft", client.get(url("intake:step", uuid4(), "when"))
    for slug in ANSWERS:
        pk = ReportType.objects.get(slug=slug, state="live").pk
        yield f"{slug}, before", client.get(url("intake:begin", pk))
        draft = resident.begin(slug)
        yield (
            f"{slug}, stopped",
            resident.client.post(url("intake:step", draft, "screening"), stopped(slug) | {"go": "next"}, follow=True),
        )
        for step in ("screening", *ANSWERS[slug]):
            yield f"{slug}, {step}", client.get(url("intake:step", draft, step))
            yield f"{slug}, {step}, nothing given", resident.fill(draft, step, {})
        full = resident.answer_all(slug)
        yield f"{slug}, check", client.get(url("intake:check", full))
        yield f"{slug}, not ticked", client.post(url("intake:submit", full), {})
        resident.submit(full)
        sent = client.get(url("intake:sent", full))
        yield f"{slug}, sent", sent
        codes = {"reference": sent.context["reference"], "access_code": sent.context["access_code"]}
        yield f"{slug}, status", client.post(url("status:find"), codes, follow=True)


# One language from left to right and one from right to left: that a text is there is asked of all above, and that
# every text is asked for, of the language that nobody speaks (test_pseudo.py).
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "fa"])
def test_no_page_falls_back_into_english(language: str) -> None:
    english = english_sentences(language)
    assert len(english) > 200
    left = {}
    for name, response in pages(language):
        words = words_of(response)
        if found := [sentence for sentence in english if sentence in words]:
            left[name] = found
    assert left == {}


@pytest.mark.django_db
def test_the_start_page_and_the_first_steps_speak_spanish() -> None:
    resident = Resident("es")
    start = words_of(resident.client.get(resident.url("intake:start")))
    assert "Cuéntenos qué pasó" in start
    assert "Nunca preguntamos por el estatus migratorio de nadie." in start
    assert "Incidente de odio" in start
    assert "Tell us what happened" not in start
    assert "We never ask" not in start
    draft = resident.begin("hate-incident")
    screening = words_of(resident.client.get(resident.url("intake:step", draft, "screening")))
    assert "¿Pasó en Los Angeles?" in screening
    assert "Did it happen" not in screening
    step = words_of(resident.client.get(resident.url("intake:step", draft, "when")))
    assert "¿Qué día pasó?" in step
    assert "What day" not in step


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("es-MX,es;q=0.9,en;q=0.5", "es"),
        ("zh-TW,zh;q=0.9", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-US", "zh-hans"),
        ("zh", "zh-hans"),
        ("yue-HK", "zh-hant"),
        ("tl", "fil"),
        ("tl-PH,en;q=0.5", "fil"),
        ("fil-PH", "fil"),
        ("iw", "he"),
        ("iw-IL", "he"),
        ("fa-AF", "fa"),
        ("prs", "fa"),
        ("pa-Guru-IN", "pa"),
        ("hyw", "hy"),
        ("ko-KR,ko;q=0.9", "ko"),
        ("xx,ja;q=0.2", "ja"),
        ("xx", "en"),
    ],
)
def test_a_browser_gets_the_nearest_of_our_languages(db: None, asked: str, given: str) -> None:
    response = Client(headers={"accept-language": asked}).get("/", follow=True)
    with translation.override(given):
        assert response.wsgi_request.path == reverse("intake:start")
    rtl = given in {"fa", "ar", "he"}
    assert f'lang="{given}" dir="{"rtl" if rtl else "ltr"}"' in response.content.decode()


@pytest.mark.django_db
@every_language
def test_every_page_names_all_languages_and_its_address_in_them(language: str) -> None:
    resident = Resident(language)
    page = resident.client.get(resident.url("status:find")).content.decode()
    assert re.findall(r'rel="alternate" hreflang="([^"]+)"', page) == [code for code, _name in settings.LANGUAGES]
    for code, _name in settings.LANGUAGES:
        assert f'lang="{code}"' in page
        assert translation.get_language_info(code)["name_local"] in page
