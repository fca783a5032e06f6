"""Composing a draft on its pages, as a supervisor without JavaScript does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports.models import AuditEvent, ExtraQuestion, ReportType, Stopper
from reports.sections import SECTIONS
from reports.workshop import actions, checks, composing, outdated, queries, wording
from tests.reports.workshop.conftest import live_version

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]


def url(verb: str, *args: object) -> str:
    return reverse(f"workshop:{verb}", args=args)


def again(version: ReportType) -> ReportType:
    return ReportType.objects.get(pk=version.pk)


@pytest.fixture
def client(sue: User, at_desk: Desk) -> Client:
    return at_desk(sue)


# --- Beginning ---------------------------------------------------------------------
def test_a_new_type_begins_with_the_usual_sections(client: Client, sue: User) -> None:
    typed = {"name_en": "Stolen bicycle", "summary_en": "Somebody took your bicycle."}
    answer = client.post(url("make"), typed)
    made = ReportType.objects.get(slug="stolen-bicycle")
    assert answer.url == url("show", made.pk)
    assert (made.state, made.version, made.author, made.name) == ("draft", 1, sue, "Stolen bicycle")
    assert made.section_keys == ["when", "where", "narrative", "files", "person"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name_en": "Theft", "summary_en": "x"}, "slug"),
        ({"name_en": "도난", "summary_en": "x"}, "slug"),
        ({"name_en": "", "summary_en": "x"}, "name_en"),
        ({"name_en": "Call {phone}", "summary_en": "x"}, "name_en"),
    ],
)
def test_a_new_type_needs_a_name_of_its_own(client: Client, typed: dict[str, str], wrong: str) -> None:
    assert wrong in client.post(url("make"), typed).context["form"].errors


def test_texts_and_rules_are_set(client: Client, draft: ReportType) -> None:
    typed = {
        "name_en": "Stolen bike",
        "summary_en": "Somebody took your bike.",
        "guidance_en": "What does it look like?",
        "warning_en": "Please call {emergency_phone} if you see it.",
        "group": "kind_taken",
        "position": "25",
        "offered": "on",
        "may_be_anonymous": "on",
        "review_target_days": "3",
        "retention_days": "400",
    }
    assert client.post(url("describe", draft.pk), typed).url == url("show", draft.pk) + "#basics"
    after = again(draft)
    assert (after.name, after.group, after.may_be_anonymous, after.is_hate) == (
        "Stolen bike",
        "kind_taken",
        True,
        False,
    )
    assert (after.review_target_days, after.retention_days, after.position) == (3, 400, 25)
    assert AuditEvent.objects.filter(verb="workshop.compose", subject=f"reporttype:{draft.pk}").exists()


def test_a_placeholder_that_nothing_fills_is_refused(client: Client, draft: ReportType) -> None:
    form = client.post(url("describe", draft.pk), {"warning_en": "Call {phone}."}).context["form"]
    assert form.errors["warning_en"] == ["Unknown placeholder: phone"]


def test_headings_of_other_tables_are_no_headings_of_the_start_page() -> None:
    assert [code for code, _wording in queries.headings()] == [
        "kind_taken",
        "kind_damaged",
        "kind_words",
        "kind_money",
        "kind_other",
    ]


# --- Sections -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("go", "section", "keys"),
    [
        ("add", "suspects", ["when", "where", "narrative", "suspects", "files", "person"]),
        ("add", "questions", ["when", "where", "narrative", "questions", "files", "person"]),
        ("add", "screening", ["when", "where", "narrative", "files", "person"]),
        ("add", "mood", ["when", "where", "narrative", "files", "person"]),
        ("up:where", "", ["where", "when", "narrative", "files", "person"]),
        ("up:when", "", ["when", "where", "narrative", "files", "person"]),
        ("down:files", "", ["when", "where", "narrative", "person", "files"]),
        ("down:person", "", ["when", "where", "narrative", "files", "person"]),
        ("out:files", "", ["when", "where", "narrative", "person"]),
        ("up:mood", "", ["when", "where", "narrative", "files", "person"]),
    ],
)
def test_sections_are_put_in_moved_and_left_out(
    client: Client, draft: ReportType, go: str, section: str, keys: list[str]
) -> None:
    assert client.post(url("arrange", draft.pk), {"go": go, "section": section}).status_code == 302
    assert again(draft).section_keys == keys


def test_options_are_switched_by_boxes(client: Client, draft: ReportType) -> None:
    composing.put_in(report_type_id=draft.pk, key="vehicles", by=draft.author)
    ticked = {"go": "options", "vehicles.crash": "on", "vehicles.mood": "on", "where.only_area": "on"}
    client.post(url("arrange", draft.pk), ticked)
    assert again(draft).section_options("vehicles") == {"crash": True}
    assert again(draft).section_options("where") == {"only_area": True}
    client.post(url("arrange", draft.pk), {"go": "options"})
    assert again(draft).section_options("vehicles") == {}


def test_what_was_ticked_is_not_lost_by_another_button(client: Client, draft: ReportType) -> None:
    client.post(url("arrange", draft.pk), {"go": "up:where", "where.only_area": "on"})
    assert again(draft).section_keys[:2] == ["where", "when"]
    assert again(draft).section_options("where") == {"only_area": True}


def test_every_option_of_a_section_has_words() -> None:
    names = {name for section in SECTIONS.values() for name in section.options}
    assert names == wording.OPTIONS.keys()


def test_every_section_can_be_chosen_but_screening(draft: ReportType) -> None:
    ReportType.objects.filter(pk=draft.pk).update(sections=[])
    assert {section.key for section in queries.left_out(again(draft))} == SECTIONS.keys() - {"screening"}


# --- Questions --------------------------------------------------------------------------
def test_a_screening_question_is_asked_and_moved(client: Client, draft: ReportType) -> None:
    stopper = Stopper.objects.get(key="outside-city")
    typed = {"text_en": "Was it in {city}?", "stops_on": "False", "stopper": stopper.pk}
    assert client.post(url("screen", draft.pk), typed).url == url("show", draft.pk) + "#screening"
    first, second = again(draft).screening.all()
    assert (second.key, second.stops_on, second.stopper) == ("was-it-in-city", False, stopper)
    client.post(url("reorder", draft.pk, "screening", second.pk), {"go": "up"})
    assert [row.pk for row in again(draft).screening.all()] == [second.pk, first.pk]
    client.post(url("screen", draft.pk, second.pk), {**typed, "text_en": "Did it happen in {city}?"})
    assert again(draft).screening.first().text == "Did it happen in {city}?"
    assert again(draft).screening.first().key == "was-it-in-city"
    client.post(url("reorder", draft.pk, "screening", first.pk), {"go": "out"})
    assert again(draft).screening.count() == 1


def choices(*labels: str, values: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the rows of answers as a browser posts them."""
    rows = {f"choice-{at}-label_en": label for at, label in enumerate(labels)}
    rows |= {f"choice-{at}-value": value for at, value in enumerate(values)}
    return {**rows, "choice-TOTAL_FORMS": len(labels), "choice-INITIAL_FORMS": 0}


def test_a_question_of_each_kind_is_asked(client: Client, draft: ReportType) -> None:
    for kind in ExtraQuestion.Kind:
        typed = {"label_en": f"A {kind}?", "kind": kind, "is_personal": "on", **choices("Red", "Red", "")}
        assert client.post(url("ask", draft.pk), {**typed, "go": "save"}).status_code == 302
    rows = list(again(draft).questions.all())[1:]
    assert [(row.key, row.kind, row.is_personal) for row in rows] == [
        ("a-text", "text", True),
        ("a-choice", "choice", True),
        ("a-number", "number", True),
        ("a-date", "date", True),
    ]
    assert [[choice.value for choice in row.choices.all()] for row in rows] == [[], ["red", "red-2"], [], []]


def test_a_reworded_answer_keeps_its_translations(client: Client, draft: ReportType) -> None:
    question = draft.questions.get()
    question.choices.filter(value="with-a-chain").update(label_ko="사슬로")
    typed = {"label_en": "How was it locked?", "kind": "choice", "go": "save"}
    rows = choices("Not at all", "With a strong chain", values=("not-at-all", "with-a-chain"))
    client.post(url("ask", draft.pk, question.pk), {**typed, **rows})
    kept = [(each.value, each.label_en, each.label_ko) for each in question.choices.all()]
    assert kept == [("not-at-all", "Not at all", None), ("with-a-chain", "With a strong chain", "사슬로")]


@pytest.mark.parametrize(
    ("go", "labels"),
    [
        ("add", ["One", "Two", ""]),
        ("out:0", ["Two"]),
        ("up:1", ["Two", "One"]),
        ("down:0", ["Two", "One"]),
        ("out:9", ["One", "Two"]),
        ("out:x", ["One", "Two"]),
    ],
)
def test_buttons_of_the_answers_keep_what_was_typed(
    client: Client, draft: ReportType, go: str, labels: list[str]
) -> None:
    typed = {"label_en": "Typed so far", "kind": "choice", **choices("One", "Two"), "go": go}
    page = client.post(url("ask", draft.pk), typed).context
    assert [row["label_en"].value() for row in page["choices"]] == labels
    assert (page["form"]["label_en"].value(), page["form"]["kind"].value()) == ("Typed so far", "choice")
    assert draft.questions.count() == 1


@pytest.mark.parametrize("words", ["Type", "type", "???"])
def test_no_question_gets_a_key_that_answers_keep_for_themselves(words: str) -> None:
    assert composing.key_for(words, set()) not in {"type", ""}


def test_a_question_of_another_type_is_not_found(client: Client, draft: ReportType) -> None:
    other = live_version("theft").questions.first()
    assert client.get(url("ask", draft.pk, other.pk)).status_code == 404
    assert client.post(url("reorder", draft.pk, "questions", other.pk), {"go": "out"}).status_code == 404
    assert client.post(url("reorder", draft.pk, "moods", other.pk), {"go": "out"}).status_code == 404


@pytest.mark.parametrize("verb", ["describe", "screen", "ask"])
def test_a_live_version_is_read_and_not_written(client: Client, verb: str) -> None:
    version = live_version("theft")
    assert client.post(url(verb, version.pk), {"name_en": "Other"}).url == url("show", version.pk)
    client.post(url("arrange", version.pk), {"go": "out:when"})
    assert "when" in again(version).section_keys
    page = client.get(url("show", version.pk)).content.decode()
    assert "New version" in page
    assert url("arrange", version.pk) + '"' in page
    assert 'value="out:when"' not in page


# --- What has to be put right ---------------------------------------------------------------
def blocking(version: ReportType) -> list[str]:
    return [str(finding.words) for finding in checks.findings(version) if finding.blocks]


def test_a_complete_draft_has_nothing_to_put_right(draft: ReportType) -> None:
    assert blocking(draft) == []


@pytest.mark.parametrize("slug", ["theft", "hate-incident", "hate-callback", "supplement"])
def test_shipped_types_have_nothing_to_put_right(slug: str) -> None:
    assert blocking(live_version(slug)) == []


@pytest.mark.parametrize("key", ["where", "narrative", "person"])
def test_what_no_report_can_be_without(draft: ReportType, sue: User, key: str) -> None:
    composing.take_out(report_type_id=draft.pk, key=key, by=sue)
    assert len(blocking(again(draft))) == 1


def test_what_is_wrong_is_said_and_keeps_it_from_being_sent(client: Client, draft: ReportType, sue: User) -> None:
    draft.questions.get().choices.last().delete()
    said = "“How was it locked?” needs at least two answers to choose from."
    assert said in client.get(url("show", draft.pk)).content.decode()
    page = client.post(url("submit", draft.pk), follow=True)
    assert [str(message) for message in page.context["messages"]] == [said]
    assert again(draft).state == "draft"


def test_a_missing_language_is_counted_and_named(client: Client, draft: ReportType) -> None:
    # Name, summary, one screening question, one extra question with two answers.
    assert set(checks.lacking_languages(draft.pk).values()) == {6}
    assert queries.missing_by_version()[draft.pk] == 6
    page = client.get(url("show", draft.pk)).content.decode()
    assert "Translate (6 missing)" in page
    assert "Korean: 6" in page
    ReportType.objects.filter(pk=draft.pk).update(name_ko="자전거 도난")
    assert checks.lacking_languages(draft.pk)["ko"] == 5


def test_translating_goes_from_text_to_text_and_back(client: Client, draft: ReportType) -> None:
    listed = client.get(reverse("texts:choose"), {"of": draft.pk, "lacking": "any"})
    assert len(listed.context["page"]) == 6
    page, visited = f"{reverse('texts:edit', args=['reporttype', draft.pk, 'name'])}?of={draft.pk}", []
    while "texts" in page:
        visited.append(page)
        form = client.get(page).context["form"]
        said = {bound.html_name: bound.value() or f"{bound.html_name}!" for bound in form}
        page = client.post(page, said).url
    assert len(visited) == len(set(visited)) == 6
    assert page == url("show", draft.pk)
    assert checks.lacking_languages(draft.pk) == {}


def test_the_english_of_what_was_sent_stays_and_translations_can_be_put_right(client: Client) -> None:
    version = live_version("graffiti")
    page = reverse("texts:edit", args=["reporttype", version.pk, "name"])
    said = {bound.html_name: bound.value() for bound in client.get(page).context["form"]}
    client.post(page, {**said, "en": "Something else", "ko": "낙서!"})
    after = again(version)
    assert (after.name_en, after.name_ko) == (version.name_en, "낙서!")


def test_english_that_changed_after_the_translation_is_named(client: Client, sue: User) -> None:
    """Residents of other languages would read something else; the copy of the version knows it, too."""
    made = actions.copy(report_type_id=live_version("theft").pk, by=sue)
    row = made.screening.get(key="in-city")
    typed = {"text_en": "Did it happen outside {city}?", "stops_on": "True", "stopper": row.stopper_id}
    client.post(url("screen", made.pk, row.pk), {**typed, "help_en": row.help_en})
    (text,) = outdated.texts(again(made))
    assert (text.model, text.pk, text.field, text.english) == (
        "screeningquestion",
        row.pk,
        "text",
        "Did it happen outside {city}?",
    )
    assert "Changed in English after it had been translated" in client.get(url("show", made.pk)).text

    page = reverse("texts:edit", args=[text.model, text.pk, text.field])
    said = {bound.html_name: bound.value() for bound in client.get(page).context["form"]}
    client.post(page, {**said, "ko": "{city} 밖에서 일어난 일인가요?"})
    assert outdated.texts(again(made)) == []


def test_what_was_never_translated_is_not_outdated(client: Client, draft: ReportType) -> None:
    row = draft.screening.get()
    typed = {"text_en": "Was there a gun?", "stops_on": "True", "stopper": row.stopper_id}
    client.post(url("screen", draft.pk, row.pk), typed)
    assert again(draft).outdated == []
