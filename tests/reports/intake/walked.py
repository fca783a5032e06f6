"""What must come of any walk through the intake: a model of drafts, browsers and old tabs, held against the real pages.

It knows what was typed last in each step and who may see it. `test_walks.py` makes the moves.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from reports.documents import opened
from reports.models import Report, ReportType
from reports.sections import SECTIONS, sections_of
from reports.sections.base import document_of
from tests.resident import ANSWERS, SCREENING, STORY, Resident, with_area

KINDS = ("lost-property", "hate-incident")
MARK = re.compile(r"m[0-9]{5}k")
# Where a step holds free words; the others are choices.
WORDS = {"where": "address", "items": "form-0-brand", "bias": "words", "narrative": "story", "files": "note"}
WORDS["person"] = "name"
# What makes a step's answers not valid, and is kept all the same.
WRONG = {
    "when": {"date": "2999-01-01"},
    "where": {"premise": "nonsense"},
    "items": {"form-0-value": "many"},
    "bias": {"acts": "nonsense"},
    "questions": {"happened-before": "nonsense", "lost-and-found": "nonsense"},
    "person": {"email": "not an address", "part": "nonsense"},
}
STOPS = {"lost-property": {"stolen": "yes"}, "hate-incident": {"threat": "yes"}}
REACH = {"name": "Mina", "phone": "+1 213 555 0142", "area": "20"}


def marks_in(content: Any) -> set[str]:
    """Return the marks in a text or in answers."""
    return set(MARK.findall(content if isinstance(content, str) else json.dumps(content)))


@cache
def keys_of(slug: str) -> list[str]:
    """Return the steps of a kind, in order."""
    return [section.key for section in sections_of(ReportType.objects.get(slug=slug, state="live"))]


@dataclass
class Kept:
    """What is known of a step: as it was posted last."""

    raw: dict[str, Any]
    valid: bool
    stops: bool = False


@dataclass(eq=False)
class Made:
    """A draft as the model knows it."""

    id: UUID
    slug: str
    steps: dict[str, Kept] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    state: str = "open"
    code: str = ""
    kind: str = ""
    receipt: tuple[str, str] = ("", "")

    @property
    def keys(self) -> list[str]:
        """The steps, in order."""
        return keys_of(self.slug)

    @property
    def open_step(self) -> str | None:
        """The first step that is not answered well."""
        return next((key for key in self.keys if key != "files" and not self._is_well(key)), None)

    def _is_well(self, key: str) -> bool:
        return key in self.steps and self.steps[key].valid

    @property
    def stopped(self) -> bool:
        """Whether an answer ends the way online."""
        return "screening" in self.steps and self.steps["screening"].stops

    def documents(self) -> dict[str, Any]:
        """Return what is to be filed of what was typed last."""
        report_type = ReportType.objects.get(slug=self.slug, state="live")
        found = {}
        for key in self.keys:
            raw = self.steps[key].raw if key in self.steps else {}
            data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in raw.items()})
            form = SECTIONS[key].form(data, report_type=report_type)
            assert form.is_valid(), (key, form.errors)
            found[key] = json.loads(json.dumps(document_of(form)))
        return found


@dataclass(eq=False)
class Browser:
    """A browser: what it may still know, newest first."""

    resident: Resident
    known: list[Made] = field(default_factory=list)
    left: bool = False

    def learns(self, draft: Made) -> None:
        """Begin or open a draft."""
        self.known = [draft, *(each for each in self.known if each is not draft)][:8]


@dataclass(eq=False)
class Tab:
    """A page that was opened once and stays as it was."""

    browser: Browser
    draft: Made
    step: str
    language: str
    held: Kept | None


class Expected:
    """Holds answers of the portal against the model."""

    browsers: list[Browser]
    marks: int

    # --- Asking -------------------------------------------------------------------------------------
    def typed(self, draft: Made, step: str, *, well: bool) -> Kept:
        """Return new answers to a step, marked as nothing before."""
        self.marks += 1
        answers = SCREENING[draft.slug] if step == "screening" else ANSWERS[draft.slug][step]
        raw, words = with_area(dict(answers)), WORDS.get(step)
        if words and "anonymous" not in raw:
            raw[words] = f"{STORY} m{self.marks:05d}k"
        return Kept(raw if well else raw | WRONG.get(step, {}), valid=well or step not in WRONG)

    def get(self, browser: Browser, draft: Made, page: str, *step: str) -> Any:
        """Ask for a page of a draft."""
        return browser.resident.client.get(browser.resident.url(f"intake:{page}", draft.id, *step))

    def post(self, tab: Tab, kept: Kept, way: str, *, query: str = "", files: list[SimpleUploadedFile] = []) -> bool:  # noqa: B006
        """Send a tab's form by one of its buttons; return whether it was taken."""
        with translation.override(tab.language):
            url = reverse("intake:step", args=[tab.draft.id, tab.step])
        button = {"add": "1"} if way == "add" else {"go": way}
        added = {"files": files} if files else {}
        answer = tab.browser.resident.client.post(url + query, {**kept.raw, **button, **added})
        if not self.is_reached(tab.browser, tab.draft, answer):
            return False
        tab.draft.steps[tab.step] = kept
        self.leads_where_it_should(tab, kept, way, query, answer)
        return True

    # --- What must come of it -----------------------------------------------------------------------
    def leads_where_it_should(self, tab: Tab, kept: Kept, way: str, query: str, answer: Any) -> None:
        """Check where a button of a step leads."""
        draft, at = tab.draft, tab.draft.keys.index(tab.step)
        if way == "next" and not kept.valid:
            assert answer.status_code == 200
            self.shows_what_was_typed(draft, tab.step, answer)
            return
        if way == "back" and at == 0:
            assert "/begin/" in answer.url
            return
        following = "check" if query or at + 1 == len(draft.keys) else f"step/{draft.keys[at + 1]}"
        expected = {
            "next": "stop" if kept.stops else following,
            "back": "check" if query else f"step/{draft.keys[at - 1]}",
            "later": "later",
        }
        self.leads_on(tab.browser, draft, answer, to=expected.get(way, f"step/{tab.step}"))
        if way == "later":
            self.writes_the_code_down(tab.browser, draft)

    def is_reached(self, browser: Browser, draft: Made, answer: Any) -> bool:
        """Tell whether a browser may work at a draft; check what it is told if not."""
        if draft in browser.known and draft.state == "open":
            assert answer.status_code in {200, 302}, answer.status_code
            return True
        if draft in browser.known and draft.state == "sent":
            self.leads_on(browser, draft, answer, to="sent")
        else:
            self.is_gone(browser, answer)
        return False

    def is_gone(self, browser: Browser, answer: Any) -> None:
        """Check that a browser is told nothing but that there is nothing."""
        left_by_form = browser.left and answer.request["REQUEST_METHOD"] == "POST"
        assert answer.status_code == (200 if left_by_form else 410)
        assert marks_in(answer.text) == set()

    def leads_on(self, browser: Browser, draft: Made, answer: Any, *, to: str = "") -> None:
        """Check that an answer is a page of this draft, or leads to one, and to which."""
        if answer.status_code == 200:
            assert not to
            return
        assert answer.status_code == 302
        assert f"/report/{draft.id}/{to}" in answer.url, (answer.url, to)
        page = browser.resident.client.get(answer.url, follow=True)
        assert page.status_code == 200
        assert f"/report/{draft.id}/" in page.request["PATH_INFO"]

    def shows_what_was_typed(self, draft: Made, step: str, page: Any) -> None:
        """Check that a step's page holds what was typed last in it, and nothing of another's."""
        kept = draft.steps.get(step)
        assert marks_in(page.text) == (marks_in(kept.raw) if kept else set())

    def writes_the_code_down(self, browser: Browser, draft: Made) -> None:
        """Check that a saved draft has one code for good."""
        code = self.get(browser, draft, "later").context["code"]
        assert draft.code in {"", code}
        draft.code = code

    def sees_receipt(self, browser: Browser, draft: Made, page: Any) -> None:
        """Check that reference and code are shown where they may be, the same each time."""
        if draft.state != "sent" or draft not in browser.known:
            self.is_gone(browser, page)
            return
        shown = (page.context["reference"], page.context["access_code"])
        assert draft.receipt in {("", ""), shown}
        draft.receipt = shown

    def is_sent_or_led(self, browser: Browser, draft: Made, answer: Any, *, truth: bool) -> None:
        """Check what Send leads to."""
        if draft.state == "sent":
            self.leads_on(browser, draft, answer, to="sent")
        elif step := draft.open_step:
            self.leads_on(browser, draft, answer, to=f"step/{step}")
        elif draft.stopped:
            self.leads_on(browser, draft, answer, to="step/screening" if truth else "stop")
        elif not truth:
            assert answer.status_code == 200
        else:
            self.leads_on(browser, draft, answer, to="sent")
            self.has_become(browser, draft)

    def has_become(self, browser: Browser, draft: Made, kind: str = "") -> None:
        """Check that a draft is a report now."""
        draft.state, draft.kind = "sent", kind or draft.slug
        assert Report.objects.get(draft_id=draft.id).language == browser.resident.language
        self.is_filed_as_typed(draft)

    def is_filed_as_typed(self, draft: Made) -> None:
        """Check that each step's last words were filed, and no others."""
        report = Report.objects.get(draft_id=draft.id)
        parts = opened(report)
        assert report.report_type.slug == draft.kind
        if draft.kind != draft.slug:
            assert (parts["person"], marks_in(parts)) == ({"name": REACH["name"], "phone": REACH["phone"]}, set())
            return
        expected = draft.documents()
        assert [each["name"] for each in parts["files"].pop("each")] == draft.files
        assert list(report.attachments.values_list("position", flat=True)) == list(range(1, len(draft.files) + 1))
        assert parts == expected
