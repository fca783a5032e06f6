"""The headers of every answer, by the kind of route: one table, exact, held against every address and method.

A new address finds its kind by its audience (`tests/audiences.py`); one that answers otherwise wants a row here.
"""

import re
import runpy
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import Morsel
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, path, reverse
from django.utils import translation

from accounts.models import Role
from cors import urls
from reports.intake import guard
from reports.processing import actions as processing
from reports.vitals import lines
from tests.audiences import AUDIENCES
from tests.reports.files.conftest import picture
from tests.resident import Resident
from tests.sources import BASE_DIR
from tests.test_house import ARGUMENTS, addresses, audience
from tests.test_matrix import ABOUT_A_REPORT, OTHER_ARGUMENTS, World, first

# --- The table -------------------------------------------------------------------------------
STRICT = "base-uri 'self'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
# An opened file may load, run and reach nothing.
LOCKED = "default-src 'none'; sandbox"
NEVER_KEPT = "max-age=0, must-revalidate, no-cache, no-store, private"
DENIED = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "hid=(), midi=(), payment=(), serial=(), usb=()"
)
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": DENIED,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What differs from answer to answer and decides nothing about who may do what with it.
FREE = {
    "Allow",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "ETag",
    "Expires",
    "Last-Modified",
    "Location",
    "Retry-After",
    "X-Request-ID",
}


@dataclass(frozen=True)
class Kind:
    """The exact headers of a kind of route, besides ALWAYS; `vary` holds every set that may stand there."""

    vary: tuple[str, ...]
    cache: str = NEVER_KEPT
    csp: str = STRICT
    disposition: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Return them all but Vary."""
        saved = {"Content-Disposition": self.disposition} if self.disposition else {}
        return {**ALWAYS, "Cache-Control": self.cache, "Content-Security-Policy": self.csp, **saved, **self.more}


BY_SESSION = ("Accept-Language, Cookie",)
BY_COOKIE = ("", "Cookie")
APART = {"Cross-Origin-Resource-Policy": "same-origin"}
KINDS = {
    "resident": Kind(BY_COOKIE),
    "leave": Kind(BY_COOKIE, more={"Clear-Site-Data": '"cache"'}),
    "staff": Kind(BY_SESSION),
    "probe": Kind(("Accept-Language",)),
    "public": Kind(("",), cache="max-age=300, public"),
    "public file": Kind(("",), cache="max-age=300, public", disposition="attachment"),
    "resident's paper": Kind(BY_COOKIE, disposition="attachment"),
    "staff's file": Kind(BY_SESSION, disposition="attachment"),
    "copy of a picture": Kind(BY_SESSION, csp=LOCKED, disposition="inline", more=APART),
    "original": Kind(BY_SESSION, csp=LOCKED, disposition="attachment", more=APART),
    # The feed's own answers, those that want a key, and what Django answers for it.
    "feed": Kind(("", "Accept-Language"), cache="no-store, private"),
    "feed refused": Kind(("", "Accept-Language"), cache="no-store, private", more={"WWW-Authenticate": "Bearer"}),
    "api": Kind(("", "Accept-Language")),
    "look": Kind(("Accept-Language",), cache="max-age=300, public"),
    "drawing": Kind(("Accept-Language",), cache="max-age=300, public", csp=LOCKED),
    "static": Kind(("", "Accept-Encoding"), cache="max-age=60, public"),
    "error": Kind(("", "Accept-Language", "Cookie", *BY_SESSION)),
}
# By who may open it; every page of `permissions.PAGES` is the staff's.
OF_AUDIENCE = {**dict.fromkeys(("everybody", "browser", "code"), "resident"), "token": "api"}
# By name, where the view has answered with what it is for. Any other answer is that of the audience.
OF_ROUTE = {
    "health": "probe",
    "look_style": "look",
    "look_picture": "drawing",
    "vitals:live": "probe",
    "vitals:ready": "probe",
    "vitals:metrics": "probe",
    "intake:leave": "leave",
    "api_unknown": "feed",
    "api:document": "api",
    "statistics:show": "public",
    "statistics:dictionary": "public",
    "statistics:download": "public file",
    "paper:copy": "resident's paper",
    "paper:official": "resident's paper",
    "review:paper": "staff's file",
    "review:handover": "staff's file",
    "auditing:download": "staff's file",
    "counts:download": "staff's file",
    "counts:fetch": "staff's file",
    "export:download": "staff's file",
    "files:view": "copy of a picture",
    "files:thumb": "copy of a picture",
    "files:download": "original",
}
# What always answers as its row says, whatever the status.
WHOLLY = {"leave", "probe", "feed", "api"}
# What has no language is refused as the probes answer.
OTHERWISE = {"look": "probe", "drawing": "probe"}
FEED_ANSWERS = {200: "feed", 401: "feed refused"}
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# What a form needs to give its file.
TYPED = {
    "files:download": {"reason": "evidence"},
    "auditing:download": {"reason": "review"},
    "counts:download": {"layout": "ytd", "as_of": "2026-11-21", "what": "all", "format": "csv"},
}
GIVEN = {"files:view", "files:thumb", "files:download", "auditing:download", "counts:download", "review:paper"}
ALL_ARGUMENTS = {**ARGUMENTS, **OTHER_ARGUMENTS, "year": 2026, "kind": "csv", "rest": "v9/nothing", "name": "hills"}


def kind_of(name: str, answer: Any) -> str:
    """Return which row an answer has to fit."""
    usual = OF_AUDIENCE.get(audience(name), "staff")
    if audience(name) == "token":
        return FEED_ANSWERS.get(answer.status_code, "api")
    own = OF_ROUTE.get(name, usual)
    return own if own in WHOLLY or answer.status_code == 200 else OTHERWISE.get(own, usual)


def in_order(value: str, mark: str) -> str:
    """Return the parts of a header sorted, as their order means nothing."""
    return f"{mark} ".join(sorted(part.strip() for part in value.split(mark) if part.strip()))


def misfits(kind: str, answer: Any) -> dict[str, str]:
    """Return the headers of an answer that are not exactly those of its kind: more, fewer or others."""
    found = {name: value for name, value in answer.headers.items() if name not in FREE}
    vary = in_order(found.pop("Vary", ""), ",")
    found["Content-Security-Policy"] = in_order(found.get("Content-Security-Policy", ""), ";")
    found["Cache-Control"] = in_order(found.get("Cache-Control", ""), ",")
    if "Content-Disposition" in found:
        found["Content-Disposition"] = found["Content-Disposition"].partition(";")[0]
    right = KINDS[kind].headers()
    differ = {name: found.get(name, "missing") for name, _value in found.items() ^ right.items()}
    return differ if vary in KINDS[kind].vary else {**differ, "Vary": vary}


# --- Every address and every method ---------------------------------------------------------------
def routes() -> Iterator[tuple[str, list[str]]]:
    """Yield every named address with the names of its arguments."""
    for name, pattern in addresses(get_resolver()):
        if not name.endswith(":"):
            yield name, re.findall(r"<(?:\w+:)?(\w+)>", pattern)


@pytest.fixture
def world(staff: Any, at_desk: Any, settings: Any, tmp_path: Path) -> SimpleNamespace:
    """A report with a picture, a resident who has its code, one who may do all that any of the staff may."""
    settings.FILES_DIR, settings.CLAMD_URL, settings.LEAST_FILING_SECONDS = tmp_path, "", 0
    resident = Resident("es")
    files = {"files": [SimpleUploadedFile("a.jpg", picture())]}
    receipt = resident.file("hate-incident", narrative={"story": "Rompieron la ventana"}, files=files)
    processing.work()
    resident.come_back(receipt)
    boss = staff("boss", *Role, areas=[1], languages=["es"])
    about = World.of(receipt.report, boss)
    return SimpleNamespace(about=about, draft=receipt.report.draft_id, resident=resident.client, desk=at_desk(boss))


@pytest.fixture
def empty(staff: Any, at_desk: Any) -> SimpleNamespace:
    """One who may do all that any of the staff may, a resident, and no report."""
    desk = at_desk(staff("boss", *Role, areas=[1]))
    return SimpleNamespace(about=World(), draft=ARGUMENTS["draft_id"], resident=Client(), desk=desk)


def url_of(name: str, arguments: list[str], world: Any) -> str:
    """Return an address about the report, in the resident's language."""

    def filled(argument: str) -> Any:
        if argument in ABOUT_A_REPORT:
            return getattr(world.about, argument)
        if argument in {"object_id", "pk"} and name.startswith("admin:"):
            return world.about.report_id if name.startswith("admin:reports_report_") else first(name)
        return world.draft if argument == "draft_id" else ALL_ARGUMENTS[argument]

    with translation.override("es"):
        return reverse(name, kwargs={argument: filled(argument) for argument in arguments})


def ask(client: Client, method: str, url: str, typed: dict[str, str], **more: Any) -> Any:
    """Send one request and take back what it did."""
    carried = client.cookies.copy()
    with transaction.atomic():
        send = getattr(client, method.lower())
        answer = send(url, typed, **more) if method == "POST" else send(url, **more)
        read(answer)
        transaction.set_rollback(True)
    client.cookies = carried
    return answer


def read(answer: Any) -> bytes:
    """Return the whole body; what was streamed is closed then."""
    return b"".join(answer) if answer.streaming else answer.content


def visits(name: str, world: Any) -> Iterator[tuple[Client, str]]:
    """Yield who asks how: strangers in every way; who may open it too, in Django's own admin by looking alone."""
    yield from ((Client(), method) for method in METHODS)
    inside = world.resident if audience(name) in OF_AUDIENCE else world.desk
    yield from ((inside, method) for method in (("GET",) if name.startswith("admin:") else METHODS))


@pytest.mark.django_db
def test_every_address_answers_every_method_with_exactly_the_headers_of_its_kind(world: Any) -> None:
    wrong, given = [], set()
    for name, arguments in routes():
        url = url_of(name, arguments, world)
        for client, method in visits(name, world):
            answer = ask(client, method, url, TYPED.get(name, {}))
            kind = kind_of(name, answer)
            given |= {name} if answer.status_code == 200 and name in OF_ROUTE else set()
            if found := misfits(kind, answer):
                wrong.append((name, method, answer.status_code, kind, found))
    assert wrong == [], "\n".join(map(str, wrong))
    # Else nothing would be proven about the files.
    assert given >= GIVEN


# A public file is asked for in tests/reports/statistics; here is the row that every address must have.
def test_every_row_is_of_an_address_and_every_address_has_one() -> None:
    names = {name for name, _arguments in routes()}
    assert set(OF_ROUTE) - names == set()
    assert {name for name in names if not audience(name)} == set()
    assert set(OF_ROUTE.values()) | set(OF_AUDIENCE.values()) | {
        "staff",
        "static",
        "error",
        *FEED_ANSWERS.values(),
    } == set(KINDS)


def test_a_wider_policy_or_a_missing_header_would_be_found(client: Client) -> None:
    answer = client.get("/health/live")
    assert misfits("probe", answer) == {}
    answer.headers["Content-Security-Policy"] += " https://cdn.example"
    del answer.headers["Referrer-Policy"]
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Vary"] = "*"
    assert set(misfits("probe", answer)) == {
        "Content-Security-Policy",
        "Referrer-Policy",
        "Access-Control-Allow-Origin",
        "Vary",
    }


# --- Errors and static files -----------------------------------------------------------------
def broken(_request: HttpRequest) -> Any:
    """Fail as a fault of ours does."""
    raise RuntimeError


def away(_request: HttpRequest) -> Any:
    """Fail as without a database."""
    raise OperationalError


urlpatterns = [path("broken", broken), path("away", away), *urls.urlpatterns]
FORGET = "/admin/account/forgotten/"
# What is asked, by the status that it is answered with.
ERRORS: list[tuple[int, str, str, dict[str, Any]]] = [
    (400, "GET", "/en/", {"headers": {"host": "evil.example"}}),
    (400, "GET", "/nowhere", {"headers": {"host": "evil.example"}}),
    (403, "POST", "/en/status/", {}),
    (404, "GET", "/nowhere", {}),
    (404, "GET", "/en/nowhere", {}),
    (404, "GET", "/static/nowhere.css", {}),
    (405, "POST", "/en/statistics/", {}),
    (429, "POST", FORGET, {"data": {"email": "ana@example.org"}}),
    (500, "GET", "/broken", {}),
    (503, "GET", "/away", {}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "method", "url", "more"), ERRORS)
def test_an_error_page_has_the_headers_of_every_page(
    settings: Any, monkeypatch: Any, status: int, method: str, url: str, more: Any
) -> None:
    # The outage is not remembered for the tests after this one.
    monkeypatch.setattr(lines, "_last_outage", lines._last_outage)
    settings.ROOT_URLCONF, settings.ACCOUNT_RATE_LIMITS = __name__, {"reset_password": "1/m/ip"}
    client = Client(raise_request_exception=False, enforce_csrf_checks=status == 403)
    send = client.post if method == "POST" else client.get
    answer = send(url, **more)
    if status == 429:
        answer = send(url, **more)
    assert (answer.status_code, misfits("error", answer)) == (status, {})


def test_a_static_file_is_for_our_pages_alone(client: Client) -> None:
    answer = client.get("/static/css/staff.css")
    assert (answer.status_code, misfits("static", answer)) == (200, {})
    assert read(answer)


# --- Forms only from our own pages ---------------------------------------------------------------
# Leaving at once works without anything; it forgets, and does nothing else. The feed asks for a key instead, and looks
# at no cookie.
WITHOUT_TOKEN = {
    "intake:leave",
    *(name for name, who in AUDIENCES.items() if who == "token"),
    "api_unknown",
    "api:document",
}


@pytest.mark.django_db
def test_no_address_takes_a_form_without_its_token(empty: Any) -> None:
    taken = set()
    for name, arguments in routes():
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = empty.resident.cookies.copy()
        answer = ask(strict, "POST", url_of(name, arguments, empty), {})
        if answer.status_code != 403 or misfits("error", answer):
            taken.add(name)
    assert taken == WITHOUT_TOKEN


# --- Cookies, TLS and proxies, by setting ---------------------------------------------------------
def settings_with(monkeypatch: Any, **environment: str) -> dict[str, Any]:
    """Return the settings as a process with this environment reads them."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(BASE_DIR / "cors" / "settings.py"))


OURS = ("CSRF_COOKIE", "SESSION_COOKIE", "LANGUAGE_COOKIE")


@pytest.mark.parametrize("secure", [True, False])
def test_cookies_are_bound_to_host_and_tls_where_there_is_tls(monkeypatch: Any, settings: Any, secure: bool) -> None:
    known = settings_with(monkeypatch, SECURE_COOKIES=str(secure))
    for name in OURS:
        assert known[f"{name}_NAME"].startswith("__Host-") is secure
        assert (known[f"{name}_SECURE"], known[f"{name}_HTTPONLY"], known[f"{name}_SAMESITE"]) == (secure, True, "Lax")
        assert name + "_DOMAIN" not in known
        assert name + "_PATH" not in known
    for name, value in known.items():
        if name.startswith(OURS) or name == "SECURE_COOKIES":
            setattr(settings, name, value)
    client = Client()
    for url in ("/en/status/", "/admin/login/"):
        client.get(url, secure=secure)
    client.post("/en/leave/", secure=secure)
    for morsel in client.cookies.values():
        assert is_bound(morsel, secure), morsel.OutputString()
    assert len(client.cookies) >= 2


def is_bound(morsel: Morsel, secure: bool) -> bool:
    """Tell whether a cookie is sent to this host alone, seen by no script, and gone with the browser."""
    flags = bool(morsel["secure"]), bool(morsel["httponly"]), morsel["samesite"], morsel["path"], morsel["domain"]
    # One that is deleted has nothing left to hide.
    expected = (secure, True, "Lax", "/", "") if morsel.value else (*flags[:2], "Lax", "/", "")
    is_short = not morsel["expires"] or not morsel.value
    return morsel.key.startswith("__Host-") is secure and flags == expected and is_short


@pytest.mark.parametrize(("seconds", "sent"), [("0", None), ("3600", "max-age=3600; includeSubDomains; preload")])
def test_browsers_are_told_to_stay_with_tls_for_as_long_as_the_setting_says(monkeypatch, settings, seconds, sent):
    known = settings_with(monkeypatch, SECURE_HSTS_SECONDS=seconds)
    for name in ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"):
        setattr(settings, name, known[name])
    assert Client().get("/health/live", secure=True).headers.get("Strict-Transport-Security") == sent
    assert "Strict-Transport-Security" not in Client().get("/health/live").headers


def test_without_tls_all_but_the_probes_lead_to_it(monkeypatch: Any, settings: Any) -> None:
    known = settings_with(monkeypatch, SECURE_SSL_REDIRECT="True")
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, known["SECURE_REDIRECT_EXEMPT"]
    answer = Client().get("/en/status/")
    assert (answer.status_code, answer.url, misfits("error", answer)) == (301, "https://testserver/en/status/", {})
    assert Client().get("/health/live").status_code == 200


TOLD = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_FOR": "198.51.100.7, 192.0.2.9",
    "HTTP_X_FORWARDED_HOST": "evil.example",
}


@pytest.mark.parametrize(("behind", "address"), [("False", "127.0.0.1"), ("True", "192.0.2.9")])
def test_a_proxy_is_believed_only_where_the_setting_names_one(monkeypatch, settings, behind, address) -> None:
    known = settings_with(monkeypatch, BEHIND_TLS_PROXY=behind)
    settings.BEHIND_TLS_PROXY = known["BEHIND_TLS_PROXY"]
    settings.SECURE_PROXY_SSL_HEADER = known.get("SECURE_PROXY_SSL_HEADER")
    request = RequestFactory().get("/", **TOLD)
    assert request.is_secure() is (behind == "True")
    assert guard.address_of(request.META) == address
    assert "evil" not in request.get_host()
    assert known["ALLAUTH_TRUSTED_PROXY_COUNT"] == int(behind == "True")
    assert not known.get("USE_X_FORWARDED_HOST")


# --- Nobody is led astray -------------------------------------------------------------------------
EVIL = [
    "//evil.example/x",
    "///evil.example/x",
    "https://evil.example/x",
    "https:evil.example",
    "https:///evil.example",
    "/\\evil.example/x",
    "\\\\evil.example\\x",
    "http:\\\\evil.example",
    "javascript:alert(1)//evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "//testserver@evil.example/",
    " //evil.example",
]
NAMES = ("next", "url", "to", "redirect", "redirect_to", "return", "return_to", "back", "again", "continue", "go", "of")
LEADING = {"entrance", "enrolment", "own", "everybody"}


def leads_away(answer: Any) -> bool:
    """Tell whether an answer leads, or has a link, to another host."""
    to = answer.headers.get("Location", "").strip().replace("\\", "/").replace("\t", "")
    is_ours = not to or re.match(r"/(?!/)|https?://testserver/|\?", to)
    found = b"" if answer.streaming else answer.content
    return not is_ours or bool(re.search(rb"(?:href|src|action)=\"[^\"/?#]*(?:[/\\]{2}|:)[^\"/?#]*evil", found))


@pytest.mark.parametrize("evil", ["//evil.example", "https:evil.example", "/\\evil.example"])
def test_an_answer_that_leads_away_would_be_found(evil: str) -> None:
    assert leads_away(HttpResponse(headers={"Location": evil}))
    assert leads_away(HttpResponse(f'<a href="{evil}">'))
    assert not leads_away(HttpResponse('<a href="/en/?next=//evil.example">', headers={"Location": "/en/"}))


@pytest.mark.django_db
def test_no_parameter_leads_to_another_host(empty: Any) -> None:
    led = set()
    for name, arguments in routes():
        if audience(name) not in LEADING or name == "intake:leave":
            continue
        url, inside = url_of(name, arguments, empty), empty.desk if audience(name) != "everybody" else empty.resident
        # One visit a way in: every parameter of a name at once is read as its own.
        for number, evil in enumerate(EVIL):
            typed = dict.fromkeys(NAMES, evil)
            method = METHODS[2 * (number % 2)]
            answer = ask(inside, method, url, typed, query_params=typed)
            led |= {(name, evil)} if leads_away(answer) else set()
    assert led == set()


@pytest.mark.django_db
@pytest.mark.parametrize("evil", EVIL)
def test_who_proves_who_they_are_goes_on_within_the_portal(olga: Any, at_desk: Any, evil: str) -> None:
    typed = {"password": "a long enough password", "next": evil}
    client = at_desk(olga)
    for url in ("/admin/account/again/", "/admin/logout/"):
        answer = client.post(url, typed, query_params={"next": evil})
        assert answer.status_code == 302
        assert not leads_away(answer)


# --- The host, and what caches could be poisoned with ------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
)
@pytest.mark.parametrize("url", ["/en/", "/en/statistics/", "/admin/login/", "/nowhere", "/health/ready"])
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(host: str, url: str) -> None:
    answer = Client().get(url, headers={"host": host})
    assert (answer.status_code, b"evil" in answer.content) == (400, False)
    assert "evil" not in str(answer.headers)


POISON = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "X-Forwarded-Scheme": "http",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/admin/login/",
    "X-Rewrite-URL": "/admin/login/",
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "PUT",
}
KEPT = ["/en/statistics/", "/en/statistics/dictionary.json", "/es/status/", "/admin/login/", "/en/", "/nowhere"]


@pytest.mark.django_db
@pytest.mark.parametrize("url", KEPT)
def test_no_header_changes_what_a_cache_would_keep(url: str) -> None:
    assert told(Client().get(url, headers=POISON)) == told(Client().get(url))


def told(answer: Any) -> tuple[int, str, dict[str, str]]:
    """Return an answer without what is drawn anew each time."""
    drawn = r'name="(?:csrfmiddlewaretoken|ticket)" value="[^"]*"'
    own = {name: value for name, value in answer.headers.items() if name not in {"X-Request-ID", "Expires"}}
    csp = in_order(own.pop("Content-Security-Policy"), ";")
    return answer.status_code, re.sub(drawn, "", answer.text), {**own, "CSP": csp}
