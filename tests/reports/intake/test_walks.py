"""Random walks through the whole intake: browsers, tabs that grow old, codes, two languages, in any order.

A short run is part of every change; WALKS=500 makes as many longer ones.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reports import counters
from reports.audit import SYSTEM, first_broken
from reports.intake import actions
from reports.models import AuditEvent, Draft, Job, Report
from reports.processing import actions as processing
from tests.reports.files.conftest import PDF, named
from tests.reports.intake.walked import KINDS, REACH, STOPS, Browser, Expected, Kept, Made, Tab, marks_in
from tests.resident import SCREENING, Resident, with_area

LANGUAGES = ("en", "es", "fa")
PAGES = ("check", "sent", "stop", "later", "elsewhere", "callback")
# Mostly whoever began or opened the draft does something with it; now and then the other browser tries.
WHO = st.sampled_from([None, None, None, 0, 1])
WALKS = int(os.environ.get("WALKS", "0"))


class Intake(Expected, RuleBasedStateMachine):
    """Anything that people do with the pages, in any order."""

    drafts: Bundle[Made] = Bundle("drafts")
    tabs: Bundle[Tab] = Bundle("tabs")

    def __init__(self) -> None:
        super().__init__()
        # All of a walk is rolled back: the next one finds the database as this one did.
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.browsers = [Browser(Resident()), Browser(Resident("es"))]
        self.all: list[Made] = []
        self.marks = self.let_gone = 0
        counters.SPACE = f"walk-{uuid4().hex}"

    def teardown(self) -> None:
        """Let everybody send who still can, look once more at all that was filed, then forget the walk."""
        try:
            for at, draft in enumerate(each for each in self.all if each.state == "open"):
                self.type_in_two_tabs(None, draft, -1 - at, stale=at % 2 == 1)
                self.send(self.who(None, draft), draft, answered=True)
            for draft in self.all:
                if draft.state == "sent":
                    self.is_filed_as_typed(draft)
            assert first_broken() is None
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def who(self, who: int | None, draft: Made) -> Browser:
        """Return one of the browsers, or one that knows the draft."""
        knows = next((each for each in self.browsers if draft in each.known), self.browsers[0])
        return knows if who is None else self.browsers[who]

    # --- What people do -----------------------------------------------------------------------------
    @initialize(target=drafts, slug=st.sampled_from(KINDS))
    def first(self, slug: str) -> Made:
        """Somebody begins."""
        return self.begin(self.browsers[0], slug)

    @precondition(lambda self: len(self.all) < 3)
    @rule(target=drafts, who=st.integers(0, 1), slug=st.sampled_from(KINDS))
    def another(self, who: int, slug: str) -> Made:
        """Somebody begins one more."""
        return self.begin(self.browsers[who], slug)

    def begin(self, browser: Browser, slug: str) -> Made:
        """Begin a draft in a browser."""
        draft = Made(browser.resident.begin(slug), slug)
        browser.learns(draft)
        self.all.append(draft)
        return draft

    @rule(target=tabs, who=WHO, draft=drafts, at=st.integers(0, 7))
    def open_tab(self, who: int | None, draft: Made, at: int) -> Tab:
        """Look at a step: what was typed last stands in it."""
        browser, step = self.who(who, draft), draft.keys[at % len(draft.keys)]
        page = self.get(browser, draft, "step", step)
        if self.is_reached(browser, draft, page):
            assert page.status_code == 200
            self.shows_what_was_typed(draft, step, page)
        return Tab(browser, draft, step, browser.resident.language, draft.steps.get(step))

    @rule(tab=tabs, well=st.booleans(), way=st.sampled_from(["next", "next", "back", "later", "language:es", "add"]))
    def type_into(self, tab: Tab, well: bool, way: str) -> None:
        """Type something new into a page that may be old, and leave it by one of its buttons."""
        self.post(tab, self.typed(tab.draft, tab.step, well=well), way)

    @rule(tab=tabs, check=st.booleans())
    def send_again(self, tab: Tab, check: bool) -> None:
        """Press Continue in a page that may be old, as it was filled in when it was opened."""
        if tab.held:
            self.post(tab, tab.held, "next", query="?check" if check else "")

    @rule(who=WHO, draft=drafts, at=st.integers(0, 7), stale=st.booleans())
    def type_in_two_tabs(self, who: int | None, draft: Made, at: int, stale: bool) -> None:
        """Change a step in one tab, then press Continue in one that was opened before, changed or as it was."""
        browser, step = self.who(who, draft), draft.keys[at % len(draft.keys)]
        for _again in range(2):
            held = draft.steps.get(step)
            self.post(Tab(browser, draft, step, "en", held), self.typed(draft, step, well=True), "next")
        if stale and held:
            self.post(Tab(browser, draft, step, "en", held), held, "next")

    def answer_the_rest(self, browser: Browser, draft: Made) -> None:
        """Answer all that is still open."""
        while step := draft.open_step or ("screening" if draft.stopped else None):
            tab = Tab(browser, draft, step, browser.resident.language, None)
            if not self.post(tab, self.typed(draft, step, well=True), "next"):
                return

    @rule(tab=tabs)
    def be_stopped(self, tab: Tab) -> None:
        """Give an answer that ends the way online."""
        answers = SCREENING[tab.draft.slug] | STOPS[tab.draft.slug]
        self.post(Tab(tab.browser, tab.draft, "screening", tab.language, None), Kept(answers, True, True), "next")

    @rule(tab=tabs, name=st.sampled_from(["a.pdf", "b.pdf"]))
    def add_file(self, tab: Tab, name: str) -> None:
        """Add a file."""
        tab = Tab(tab.browser, tab.draft, "files", tab.language, None)
        kept = self.typed(tab.draft, "files", well=True)
        if self.post(tab, kept, "next", files=[named(name, PDF)]):
            tab.draft.files.append(name)

    @rule(who=WHO, draft=drafts, page=st.sampled_from(PAGES))
    def look(self, who: int | None, draft: Made, page: str) -> None:
        """Ask for any page of a draft."""
        browser = self.who(who, draft)
        answer = self.get(browser, draft, page)
        if page == "sent":
            self.sees_receipt(browser, draft, answer)
        elif self.is_reached(browser, draft, answer):
            self.leads_on(browser, draft, answer)
            if page == "check" and answer.status_code == 200:
                assert marks_in(answer.text) == marks_in(draft.documents())

    @rule(
        who=WHO, draft=drafts, answered=st.sampled_from([True, True, False]), truth=st.sampled_from([True, True, False])
    )
    def press_send(self, who: int | None, draft: Made, answered: bool, truth: bool) -> None:
        """Press Send, with all answered before or as it is."""
        self.send(self.who(who, draft), draft, answered=answered, truth=truth)

    def send(self, browser: Browser, draft: Made, *, answered: bool, truth: bool = True) -> None:
        """Press Send twice."""
        if answered:
            self.answer_the_rest(browser, draft)
        for _time in range(2):
            url = browser.resident.url("intake:submit", draft.id)
            answer = browser.resident.client.post(url, {"truth": "on"} if truth else {})
            if draft in browser.known and draft.state in {"open", "sent"}:
                self.is_sent_or_led(browser, draft, answer, truth=truth)
            else:
                self.is_gone(browser, answer)

    @rule(who=WHO, draft=drafts)
    def ask_to_be_called(self, who: int | None, draft: Made) -> None:
        """Leave a way to be reached instead, where an answer offers it."""
        browser = self.who(who, draft)
        url = browser.resident.url("intake:callback", draft.id)
        answer = browser.resident.client.post(url, with_area({**REACH, "go": "next"}))
        if not self.is_reached(browser, draft, answer):
            return
        offered = draft.stopped and draft.slug == "hate-incident"
        self.leads_on(browser, draft, answer, to="sent" if offered else "step")
        if offered:
            self.has_become(browser, draft, "hate-callback")

    @rule(who=WHO, draft=drafts)
    def save_for_later(self, who: int | None, draft: Made) -> None:
        """Save a draft from its check page, and write the code down."""
        browser = self.who(who, draft)
        answer = browser.resident.client.post(browser.resident.url("intake:later", draft.id))
        if self.is_reached(browser, draft, answer):
            self.leads_on(browser, draft, answer, to="later")
            self.writes_the_code_down(browser, draft)

    @rule(who=WHO, draft=drafts)
    def resume(self, who: int | None, draft: Made) -> None:
        """Open a draft by its code, or by one that is wrong."""
        browser = self.who(who, draft)
        code = draft.code or "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
        answer = browser.resident.client.post(browser.resident.url("intake:resume"), {"code": code})
        if draft.code and draft.state == "open":
            browser.learns(draft)
            self.leads_on(browser, draft, answer)
        else:
            assert answer.status_code in {200, 429}  # who guesses on has to wait

    @precondition(lambda self: self.let_gone < 2)
    @rule(who=WHO, draft=drafts, how=st.sampled_from(["leave", "close", "hide", "discard", "expire", "purge"]))
    def let_go(self, who: int | None, draft: Made, how: str) -> None:
        """Let go of a draft, or of all, in one of the ways there are."""
        self.let_gone += 1
        getattr(self, how)(self.who(who, draft), draft)

    def leave(self, browser: Browser, _draft: Made) -> None:
        """Leave quickly: this browser knows nothing any more."""
        assert browser.resident.client.post(browser.resident.url("intake:leave")).status_code == 200
        browser.known, browser.left = [], True

    def close(self, browser: Browser, _draft: Made) -> None:
        """Close the browser: its cookies are gone."""
        browser.resident = Resident(browser.resident.language)
        browser.known, browser.left = [], False

    def hide(self, browser: Browser, draft: Made) -> None:
        """Forget a draft in this browser."""
        answer = browser.resident.client.post(browser.resident.url("intake:hide", draft.id))
        assert answer.url == browser.resident.url("intake:start")
        browser.known = [each for each in browser.known if each is not draft]

    def discard(self, browser: Browser, draft: Made) -> None:
        """Delete a draft."""
        answer = browser.resident.client.post(browser.resident.url("intake:discard", draft.id))
        assert answer.url == browser.resident.url("intake:start")
        if draft in browser.known and draft.state in {"open", "expired"}:
            draft.state = "gone"

    def expire(self, _browser: Browser, draft: Made) -> None:
        """Let its fourteen days be over."""
        if draft.state == "open":
            Draft.objects.filter(pk=draft.id).update(expires_at=timezone.now() - timedelta(seconds=1))
            draft.state = "expired"

    def purge(self, _browser: Browser, _draft: Made) -> None:
        """Delete what is expired."""
        expired = [each for each in self.all if each.state == "expired"]
        assert actions.purge(by=SYSTEM) == len(expired)
        for each in expired:
            each.state = "gone"

    @precondition(lambda self: any(each.state == "sent" for each in self.all))
    @rule()
    def let_workers_work(self) -> None:
        """Queue what was sent."""
        processing.work()

    @rule(who=st.integers(0, 1), language=st.sampled_from(LANGUAGES))
    def change_language(self, who: int, language: str) -> None:
        """Read on in another language."""
        self.browsers[who].resident.language = language

    @rule(draft=drafts, page=st.sampled_from(PAGES), at=st.integers(0, 7))
    def try_from_elsewhere(self, draft: Made, page: str, at: int) -> None:
        """Ask for pages of a draft in a browser that has nothing to do with it."""
        stranger = Browser(Resident())
        for answer in (
            self.get(stranger, draft, page),
            self.get(stranger, draft, "step", draft.keys[at % len(draft.keys)]),
            stranger.resident.client.post(stranger.resident.url("intake:submit", draft.id), {"truth": "on"}),
        ):
            self.is_gone(stranger, answer)

    # --- What is true after each move ------------------------------------------------------------------
    @invariant()
    def each_draft_is_one_report_or_none(self) -> None:
        """Compare the database with the model: one report, one event and one job for each draft that was sent."""
        sent = {each.id for each in self.all if each.state == "sent"}
        reports = dict(Report.objects.values_list("draft_id", "pk"))
        assert set(reports) == sent
        assert Report.objects.count() == len(sent)
        subjects = list(AuditEvent.objects.filter(verb="intake.submit").values_list("subject", flat=True))
        assert sorted(subjects) == sorted(f"report:{pk}" for pk in reports.values())
        jobs = list(Job.objects.filter(kind=Job.Kind.ENQUEUE).values_list("report_id", flat=True))
        assert sorted(jobs) == sorted(reports.values())
        kept = {each.id for each in self.all if each.state in {"open", "expired"}}
        assert set(Draft.objects.values_list("pk", flat=True)) == kept


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> None:
    """An empty file store; no scanner."""
    settings.FILES_DIR, settings.CLAMD_URL = tmp_path, ""


@pytest.mark.django_db
def test_any_walk_through_the_intake_ends_well(store: None) -> None:
    """The rules and the model are above and in `walked.py`."""
    short = profile(
        max_examples=WALKS or 5,
        stateful_step_count=30 if WALKS else 12,
        deadline=None,
        derandomize=not WALKS,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if WALKS else [Phase.generate],
    )
    run_state_machine_as_test(Intake, settings=short)
