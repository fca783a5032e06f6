"""The cast: Olga reads Central, Piet reads Harbor, Sue supervises the Central bureau, Ada keeps the accounts."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from accounts import sessions
from accounts.models import Role, User
from reports import counters, vault
from reports.catalogue import live
from reports.models import Area, Bureau, Report
from reports.processing import nudge, outages
from reports.sections import composed
from reports.templatetags import remembered
from tests import databases, keeping
from tests.resident import Receipt, Resident

_blocker: Any = None
# A busy machine is not a Redis that hangs: the short patience of the product would make counts vanish now and then.
counters.TIMEOUT_SECONDS = 10.0
# Nor does the catalogue grow old while a slow test counts its statements; who edits it lets go of it.
settings.CATALOGUE_CACHE_SECONDS = 3600
# The shell without windows of its own takes a fifth less of a processor for the same pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Make the database before Django looks for one. It stays until the next run."""
    databases.copy_to(connection.creation._get_test_db_name())
    databases.grant_laying_down()
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests that really commit clear the audit log."""
    global _blocker
    _blocker = django_db_blocker
    with django_db_blocker.unblock():
        let_go_of_the_log()


def let_go_of_the_log() -> None:
    """Let the audit log be emptied with all other tables."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_auditevent DISABLE TRIGGER audit_no_truncate")


@pytest.fixture(autouse=True, scope="session")
def committed_rows_stay() -> Iterator[None]:
    """Spare the emptying of every table after a test that commits: the database is copied anew then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Copy the database anew after a test that really committed."""
    marker = item.get_closest_marker("django_db")
    commits = "transactional_db" in getattr(item, "fixturenames", ()) or (marker and marker.kwargs.get("transaction"))
    if commits:
        with _blocker.unblock():
            connection.close()
            databases.copy_to(str(connection.settings_dict["NAME"]))
            let_go_of_the_log()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the faults, which take minutes and would keep one worker of two waiting; end with the browser.

    Its driver leaves an event loop behind in the process, under which Django refuses the database. Of its journeys the
    long ones come first, for the same reason as the faults.
    """

    def turn(item: pytest.Item) -> tuple[int, bool]:
        faults, browser, long = (bool(item.get_closest_marker(name)) for name in ("faults", "browser", "long"))
        return browser - faults, not long

    items.sort(key=turn)


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Forget what the process keeps between requests, the language of the last one among it."""
    translation.activate(settings.LANGUAGE_CODE)
    live.clear()
    vault.forget_keyring()
    remembered.forget()
    composed.forget()
    outages._rest_until.clear()
    # Counts of a test before this one stay behind in Redis under another name.
    counters.SPACE = f"test-{uuid4().hex}"
    counters._rest_until = nudge._rest_until = 0.0
    yield
    live.clear()


@pytest.fixture
def resident(db: None) -> Resident:
    """A resident who reads English."""
    return Resident()


@pytest.fixture
def receipt(resident: Resident) -> Receipt:
    """A theft from a vehicle in Central, just received."""
    receipt, resident.client.cookies = keeping.once(
        "receipt", lambda: (resident.file("theft-from-vehicle"), resident.client.cookies)
    )
    return receipt


@pytest.fixture
def staff(db: None) -> Callable[..., User]:
    """Make a member of staff: staff("olga", Role.OFFICER, areas=[1])."""

    def make(name: str, *roles: Role, areas: list[int] = [], bureaus: list[str] = [], **fields: Any) -> User:  # noqa: B006
        user = User.objects.create_user(name, password="a long enough password", is_staff=True, roles=roles, **fields)
        user.areas.set(Area.objects.filter(number__in=areas))
        user.bureaus.set(Bureau.objects.filter(code__in=bureaus))
        return user

    return make


@pytest.fixture
def olga(staff: Callable[..., User]) -> User:
    """An officer of Central."""
    return staff("olga", Role.OFFICER, areas=[1])


@pytest.fixture
def piet(staff: Callable[..., User]) -> User:
    """An officer of Harbor, to whom Central's reports do not exist."""
    return staff("piet", Role.OFFICER, areas=[5])


@pytest.fixture
def sue(staff: Callable[..., User]) -> User:
    """A supervisor of the Central bureau."""
    return staff("sue", Role.SUPERVISOR, bureaus=["OCB"])


@pytest.fixture
def ada(staff: Callable[..., User]) -> User:
    """An administrator, who sees no report."""
    return staff("ada", Role.ADMINISTRATOR)


@pytest.fixture
def at_desk() -> Callable[[User], Client]:
    """Log a member of staff in, the second factor passed."""

    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        sessions.begin(session, proven=True)
        session.save()
        return client

    return login


@pytest.fixture
def queued(receipt: Receipt) -> Report:
    """A report in the queue of Central."""
    from reports.processing import actions

    def work() -> list[EmailMessage]:
        actions.work()
        return mail.outbox

    mail.outbox = keeping.once("queued", work, is_told=True)
    return receipt.report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it: one for a whole process of tests, as its driver wants to be alone."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it to run the journeys")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
