"""The full matrix: every address of the staff side that the resolver knows × every role × one's own and a foreign
report × GET and POST, held against `tests/audiences.py` and the tables of `reports.permissions`.

A new address is found by itself. Without a declared audience it fails here and in `test_house`; an argument of an
unknown name wants a row in `test_house.ARGUMENTS`, or here in `World` when it names something of a report.

- Whom the table of pages does not name gets 403, whatever the address is about; who is not logged in is led to the
  log-in; both never learn whether something exists.
- What is another's does not exist: the answer is that of an id that nobody has, 404 wherever one is looked for.
- Whom the table names is never refused, unless REFUSED says so, and nothing ever fails with a server error.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts import sessions
from accounts.models import Role, User
from reports import permissions
from reports.models import Report, ReportType, SavedView
from reports.processing import actions as processing
from tests.resident import Resident
from tests.test_house import ARGUMENTS, addresses, audience

LOGIN = "/admin/login/"
METHODS = ("GET", "POST")
UNKNOWN = UUID("00000000-0000-7000-8000-000000000000")
# Whose the report is: their own, another's, one that there is not.
OWN, FOREIGN, NONE = "own", "foreign", "none"
# Who comes: a stranger, an account without a role, each role that the table names alone, and one person with all the
# others together. What that one is refused, no role of theirs opens: roles only ever add to what a person may.
STRANGER, NOBODY, REST = "stranger", "nobody", "rest"
ROLES = frozenset(role.value for role in Role)

# Pages of the admin that are closed to those, too, whom the table names: by hand, each with its reason.
NEVER_DELETED = "accounts_user report bureau area code stopper rejectreason partner messagetemplate supportorganisation"
CLOSED = {
    # Reports are made by residents.
    "admin:reports_report_add",
    # Asked by the admin's own scripts, with the name of a field; no form of ours has one.
    "admin:autocomplete",
    # Switched off or retired instead: their names stand in reports and in the log.
    *(f"admin:{'' if '_' in name else 'reports_'}{name}_delete" for name in NEVER_DELETED.split()),
}
# What one's own report has not either here: copies of a file before its scan, the paper of a report that went nowhere,
# the letter of a decision that nobody filled in. Their own tests hold the foreign report apart.
EMPTY_OF_ONES_OWN = {"files:thumb", "files:view", "review:handover", "review:preview"}
# Open without a log-in, or leading to it.
FRAME = {"admin:login", "admin:logout"}


@dataclass
class World:
    """What stands for the arguments of an address that are about somebody's report."""

    report_id: UUID = UNKNOWN
    passage_id: UUID = UNKNOWN
    attachment_id: UUID = UNKNOWN
    view_id: int = 0

    @classmethod
    def of(cls, report: Report, owner: User | None) -> "World":
        """Return the world of one report, and of somebody who keeps a view of the queue to themselves."""
        view = SavedView.objects.create(owner=owner, name="mine", query="tab=mine").pk if owner else 0
        passage, attachment = report.passages.get(message=None), report.attachments.get()
        return cls(report.pk, passage.pk, attachment.pk, view)


ABOUT_A_REPORT = frozenset(World.__dataclass_fields__)


@dataclass(frozen=True)
class Answer:
    """What came back; `to` is where a redirect leads, without what it was about."""

    status: int
    to: str = ""


class Matrix:
    """Sends every request of the table, each in a transaction that is taken back."""

    def __init__(self, people: dict[str, User], own: Report, foreign: Report, other: User) -> None:
        self.keys = {who: self.session_of(user) for who, user in people.items()}
        mine = {who: World.of(own, user) for who, user in people.items()}
        self.own = defaultdict(lambda: World.of(own, None), mine)
        self.foreign = World.of(foreign, other)

    def worlds(self, who: str) -> dict[str, World]:
        """Return what is one's own, what is not, and what is nowhere."""
        return {OWN: self.own[who], FOREIGN: self.foreign, NONE: World()}

    def session_of(self, user: User) -> str:
        """Return the key of a session that has passed the second factor."""
        client = Client()
        client.force_login(user)
        session = client.session
        sessions.begin(session, proven=True)
        session.save()
        return str(session.session_key)

    def ask(self, who: str, method: str, url: str) -> Answer:
        """Return the answer to one request of somebody."""
        client = Client(raise_request_exception=False)
        if who in self.keys:
            client.cookies["staff"] = self.keys[who]
        with transaction.atomic():
            answer = client.get(url) if method == "GET" else client.post(url)
            if answer.streaming:
                for _part in answer.streaming_content:
                    pass
            transaction.set_rollback(True)
        ids = {str(value) for world in self.worlds(who).values() for value in vars(world).values()}
        to = answer.headers.get("Location", "").split("?")[0]
        return Answer(answer.status_code, "/".join("*" if part in ids else part for part in to.split("/")))


# --- The people and their reports -------------------------------------------------------------
@pytest.fixture
def matrix(staff: Any, settings: Any, tmp_path: Path) -> Matrix:
    """Everybody, a report of Central that is theirs as far as any can be, and one of Harbor that is not."""
    settings.FILES_DIR, settings.CLAMD_URL, settings.LEAST_FILING_SECONDS = tmp_path, "", 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_COOKIES = False
    own, foreign = filed("es", "1"), filed("ko", "5")
    processing.work()
    fields = {"areas": [1], "languages": ["es"]}
    people = {role: staff(role, role, **fields) for role in sorted(ROLES)} | {NOBODY: staff(NOBODY, **fields)}
    for number, named in enumerate({named_by(page) for page in permissions.PAGES}):
        people[rest(named)] = staff(f"rest{number}", *(ROLES - named), **fields)
    return Matrix(people, own, foreign, staff("other", Role.OFFICER, areas=[5]))


def named_by(page: str) -> frozenset[str]:
    """Return the roles that the table of pages names."""
    return frozenset(role.value for role in permissions.PAGES[page])


def rest(named: frozenset[str]) -> str:
    """Return how the person with all the other roles is called here."""
    return f"{REST}:{','.join(sorted(ROLES - named))}"


def filed(language: str, area: str) -> Report:
    """Send a hate report with a file, so that it is in the reach of every role that has one."""
    resident = Resident(language)
    note = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    narrative = {"story": "Rompieron la ventana" if language == "es" else "누가 차 유리창을 깼어요"}
    where = {"area": area, "premise": "50"}
    return resident.file("hate-incident", where=where, narrative=narrative, files={"files": [note]}).report


# --- The table ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Address:
    """One address of the staff side: its name, whose it is, the names of its arguments."""

    name: str
    page: str
    arguments: tuple[str, ...]

    @property
    def is_about_a_report(self) -> bool:
        """Tell whether an argument names something of a report."""
        return bool(set(self.arguments) & ABOUT_A_REPORT) or self.name.startswith("admin:reports_report_")

    def url(self, world: World) -> str:
        """Return the address with its arguments filled in."""
        filled = {name: self.argument(name, world) for name in self.arguments}
        return reverse(self.name, kwargs=filled)

    def argument(self, name: str, world: World) -> Any:
        """Return an argument: of the world, the first row of the admin's model, or one that always serves."""
        if name in ABOUT_A_REPORT:
            return getattr(world, name)
        if name in {"object_id", "pk"} and self.name.startswith("admin:"):
            return world.report_id if self.is_about_a_report else first(self.name)
        if name == "type_id":
            return ReportType.objects.filter(state="live").values_list("pk", flat=True)[0]
        return OTHER_ARGUMENTS.get(name) or ARGUMENTS[name]


OTHER_ARGUMENTS = {"app_label": "reports", "content_type_id": 1, "url": "nowhere", "token": "x"}


def first(name: str) -> Any:
    """Return the key of the last row of the model that an address of the admin is about; 1 where there is none."""
    if name == "admin:view_on_site":
        return 1
    app, model = name.removeprefix("admin:").split("_")[:2]
    row = apps.get_model(app, model).objects.order_by("-pk").first()
    return row.pk if row else 1


def table() -> Iterator[Address]:
    """Yield every address of the staff side."""
    for name, pattern in addresses(get_resolver()):
        page = audience(name)
        if name != "admin:" and (page in permissions.PAGES or page == "staff"):
            arguments = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
            yield Address(name, page, tuple(arguments))


def visitors(address: Address) -> list[str]:
    """Return who comes to an address."""
    if address.page == "staff":
        return [STRANGER, NOBODY, *sorted(ROLES)]
    named = named_by(address.page)
    return [STRANGER, rest(named), *sorted(named)]


# --- The tests -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_tables_say(matrix: Matrix) -> None:
    wrong, asked, hidden = [], 0, set()
    for address, method in product(table(), METHODS):
        for who in visitors(address):
            answers = {
                world: matrix.ask(who, method, address.url(about))
                for world, about in matrix.worlds(who).items()
                if world == OWN or (address.is_about_a_report and who != STRANGER)
            }
            asked += len(answers)
            if not fits(address, who, method, answers):
                wrong.append((address.name, who, method, answers))
            if answers[OWN] != answers.get(FOREIGN, answers[OWN]):
                hidden.add(address.name)
    assert wrong == [], "\n".join(map(str, wrong))
    assert asked > 1_000
    # Each address about a report shows one's own to somebody: else nothing is proven about the foreign one.
    about = {each.name for each in table() if each.is_about_a_report and not each.name.startswith("admin:")}
    assert about - hidden == EMPTY_OF_ONES_OWN


def fits(address: Address, who: str, method: str, answers: dict[str, Answer]) -> bool:
    """Tell whether the answers about one's own, a foreign and no report are what the tables say."""
    each = set(answers.values())
    if address.name in FRAME or (method == "GET" and each == {Answer(405)}):
        return all(answer.status < 500 for answer in each)
    if who == STRANGER:
        return each == {Answer(302, LOGIN)}
    if address.name in CLOSED:
        return each <= {Answer(403), Answer(405)}
    if who.startswith(REST):
        # The admin says of a row that is not there that it is not, before it asks who wants to know.
        nowhere = Answer(302, "/admin/") if address.name.endswith("_history") else Answer(403)
        return each <= {Answer(403), nowhere}
    shown = answers[OWN]
    is_open = shown.status in OPEN and shown.to != LOGIN
    if FOREIGN not in answers:
        return is_open
    return is_open and answers[FOREIGN] == answers[NONE] and answers[FOREIGN].status in {302, 404, 405}


# A page, a redirect, what an empty form or a wrong moment is answered with, or a part of the page that is not there.
OPEN = {200, 302, 400, 404, 405, 409, 410, 422}
