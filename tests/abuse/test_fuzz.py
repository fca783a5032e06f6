"""What residents' addresses take, filled with nonsense: the right status, nothing unescaped, never an error."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from reports.models import ReportType
from tests.audiences import AUDIENCES
from tests.resident import Resident

pytestmark = pytest.mark.django_db

MARK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
NASTY = [
    MARK,
    "../../etc/passwd",
    "..%2f..%2f",
    "%00",
    "\x00",
    "\r\nSet-Cookie: a=b",
    "%0d%0aX-Evil: 1",
    "-1",
    "0",
    "9" * 400,
    "1e999",
    "１",
    "en-",
    "xx",
    "zh-hans-CN-x-private",
    "e" * 5_000,
    "' OR 1=1--",
    "${7*7}{{7*7}}{%7%}",
    "\ud7ff\u202eabc",
    "%ff%fe",
    "%",
    " ",
    "//evil.example/",
    "javascript:alert(1)",
    "00000000-0000-0000-0000-000000000000",
]
QUERY = ["check", "kind", "week", "area"]
FORMSET = ["form-TOTAL_FORMS", "form-INITIAL_FORMS", "form-0-kind", "form-99999999999-kind"]
METHODS = ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "GETT", "X" * 300]
RIGHT = {200, 301, 302, 304, 400, 403, 404, 405, 410, 429}


def addresses(resolver: URLResolver | None = None, before: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pattern of every address that residents reach, with its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern, f"{name}{entry.namespace}:" if entry.namespace else name)
        elif isinstance(entry, URLPattern) and AUDIENCES.get(f"{name}{entry.name}") in {"everybody", "browser", "code"}:
            yield f"{name}{entry.name}", pattern.removeprefix("^").removeprefix("en/")


ADDRESSES = dict(addresses())
ARGUMENT = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)\$?")


def filled(pattern: str, nonsense: str, language: str = "en") -> str:
    path = ARGUMENT.sub(lambda _found: quote(nonsense, safe="%/"), pattern)
    is_free = pattern.startswith(("health", "metrics", "api"))
    return f"/{path}" if is_free else f"/{quote(language, safe='%/')}/{path}"


def check(answer: Any, nonsense: str, where: str) -> None:
    assert answer.status_code in RIGHT, (answer.status_code, where)
    told = b"" if answer.streaming else answer.content
    assert b"<script>alert(1)" not in told, where
    assert b"onerror=alert(1)>" not in told, where
    assert b"49" not in told or "7*7" not in nonsense or b"7*7" not in told, where
    for name, value in answer.headers.items():
        assert "\n" not in value, (name, where)
        assert "evil" not in name.lower(), where
    to = answer.headers.get("Location", "")
    assert not to.startswith(("//", "javascript:", "http")), (to, where)


def ask(client: Client, method: str, path: str, **more: Any) -> Any:
    return client.generic(method, path, **more)


def test_every_address_that_takes_something_is_here() -> None:
    assert {"intake:begin", "intake:step", "statistics:download", "intake:start", "status:find"} <= ADDRESSES.keys()
    assert len([pattern for pattern in ADDRESSES.values() if ARGUMENT.search(pattern)]) > 12


@pytest.mark.parametrize("name", ADDRESSES)
def test_nonsense_in_an_address_is_answered_as_such(name: str) -> None:
    client, pattern = Client(raise_request_exception=True), ADDRESSES[name]
    takes = ARGUMENT.search(pattern)
    for nonsense in NASTY if takes else NASTY[:1]:
        path = filled(pattern, nonsense)
        check(client.get(path), nonsense, path)
    for nonsense in NASTY[:4]:
        path = f"{filled(pattern, '1')}?" + "&".join(f"{name}={quote(nonsense)}" for name in QUERY)
        check(client.get(path), nonsense, path)


@pytest.mark.parametrize("language", NASTY)
def test_a_language_that_is_none_is_not_found_or_led_to_one(language: str) -> None:
    client = Client()
    for pattern in ("", "statistics/", "status/"):
        path = filled(pattern, "", language)
        answer = client.get(path)
        check(answer, language, path)
        assert answer.status_code in {302, 404, 400}, path


@pytest.mark.parametrize("nonsense", NASTY)
def test_headers_and_cookies_of_nonsense_change_nothing(nonsense: str) -> None:
    plain = nonsense.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "").replace("\x00", "")
    headers = {"Accept-Language": plain * 3, "Referer": plain, "X-Forwarded-For": plain, "If-None-Match": plain}
    client = Client(headers=headers)
    client.cookies.load(dict.fromkeys(("drafts", "status", "left", "django_language", "staff"), "x"))
    for name in client.cookies:
        client.cookies[name] = plain
    for path in ("/", "/en/", "/es/statistics/", "/en/status/", "/en/status/report/"):
        answer = client.get(path)
        check(answer, nonsense, path)
        assert answer.status_code in {200, 302, 304}, (path, answer.status_code)
    # A host that is not ours is told nothing.
    settings_hosts = Client().get("/en/", headers={"Host": plain.strip() or "evil.example"})
    assert settings_hosts.status_code == 400


@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "GETT", "X" * 300]
)
def test_other_methods_are_refused_or_harmless(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for name, pattern in ADDRESSES.items():
        path = filled(pattern, "1")
        answer = ask(client, method, path)
        assert answer.status_code in RIGHT, (name, answer.status_code)


SEEN = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@how(max_examples=25, deadline=None, suppress_health_check=SEEN)
@given(
    name=st.sampled_from(sorted(ADDRESSES)),
    language=st.sampled_from([code for code, _name in settings.LANGUAGES] + ["xx"]),
    nonsense=WORDS,
    query=st.dictionaries(st.sampled_from(["check", "kind", "week", "area", "next", "q"]), WORDS, max_size=3),
)
def test_anything_in_any_address_is_answered(
    name: str, language: str, nonsense: str, query: dict[str, str], client: Client
) -> None:
    path = filled(ADDRESSES[name], nonsense, language)
    check(client.get(path, query), nonsense, path)


@how(max_examples=25, deadline=None, suppress_health_check=SEEN)
@given(
    step=st.sampled_from(["screening", "when", "where", "items", "narrative", "person", "files", "xx"]),
    posted=st.dictionaries(
        st.sampled_from(
            ["date", "time", "area", "address", "go", "add", "remove", "form-TOTAL_FORMS", "form-0-kind", "part"]
        ),
        st.one_of(WORDS, st.sampled_from(NASTY)),
        max_size=5,
    ),
)
def test_anything_in_any_step_is_answered(step: str, posted: dict[str, str], filing: tuple[Resident, Any]) -> None:
    resident, draft = filing
    answer = resident.fill(draft, step, posted, go=posted.get("go", "next"))
    check(answer, "".join(posted.values()), step)
    check(resident.client.get(resident.url("intake:check", draft)), "", step)


@pytest.fixture
def filing(resident: Resident) -> tuple[Resident, Any]:
    """A draft that was begun."""
    return resident, resident.begin("lost-property")


def test_a_type_that_is_none_is_not_found(client: Client) -> None:
    known = set(ReportType.objects.values_list("pk", flat=True))
    for nonsense in ("0", "99999999999999999999999", str(max(known) + 1), "9" * 4_000):
        answer = client.get(f"/en/begin/{nonsense}/")
        assert answer.status_code == 404, nonsense[:30]
        assert client.post(f"/en/begin/{nonsense}/", {"area": "1"}).status_code == 404
