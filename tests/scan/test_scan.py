"""The pieces of `make scan` fit, without the scanner: its table, its modules, its log-in."""

import io
import urllib.request
from email.message import Message
from typing import Any
from urllib.response import addinfourl

import pytest
from django.core.management import call_command
from django.test import Client

from tests.scan.accepted import ACCEPTED, open_findings
from tests.scan.outside import Outside
from tests.scan.scanner import LEFT_OUT, MODULES, SIDES, command, cut_off, report
from tests.scan.staff import Desk, code


class InProcess(urllib.request.HTTPHandler):
    """Hands a request to the product in this process, before a network is tried."""

    handler_order = 100

    def http_open(self, request: urllib.request.Request) -> Any:
        headers = {**request.headers, **request.unredirected_hdrs}
        kind = headers.pop("Content-type", "text/plain")
        asked = {"content_type": kind, "headers": headers, "REMOTE_ADDR": "127.0.0.1"}
        answer = Client(enforce_csrf_checks=True).generic(
            request.get_method(), request.selector, request.data or b"", **asked
        )
        told = Message()
        for name, value in answer.headers.items():
            told[name] = value
        for cookie in answer.cookies.values():
            told["Set-Cookie"] = cookie.OutputString()
        response = addinfourl(io.BytesIO(answer.content), told, request.full_url, answer.status_code)
        response.msg = answer.reason_phrase  # type: ignore[attr-defined]
        return response


@pytest.mark.parametrize("username", sorted({side.login for side in SIDES} - {""}))
def test_a_demonstrations_log_in_gets_in_and_its_cookies_are_written(
    db: None, settings, tmp_path, capsys, username: str
) -> None:
    settings.DEBUG = True
    call_command("demo_accounts")
    settings.DEBUG = settings.DEMO = False
    desk = Desk("http://localhost")
    desk.opener.add_handler(InProcess())
    assert not desk.is_in()
    desk.log_in(username)
    jar = desk.as_json()[".localhost.local"]["/"]
    assert {"staff", "csrf"} <= jar.keys()
    assert all({"value", "expires", "secure", "port", "version"} == told.keys() for told in jar.values())
    desk.write(tmp_path / "cookies.json")
    assert (tmp_path / "cookies.json").stat().st_mode & 0o077 == 0


def test_its_figures_are_those_of_any_authenticator() -> None:
    """The first line of the table in RFC 6238, of which an app shows the last six figures."""
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_each_module_is_used_or_left_out_for_a_reason() -> None:
    assert set(MODULES).isdisjoint(LEFT_OUT)
    assert all(reason.strip() for reason in LEFT_OUT.values())
    assert len(set(MODULES)) == len(MODULES)


def test_each_side_is_bounded_and_never_ends_its_own_session(tmp_path) -> None:
    for side in SIDES:
        words = command(side, base="https://localhost:1", outside="http://127.0.0.1:2/", folder=tmp_path)
        assert {"--max-scan-time", "--max-attack-time", "--no-bugreport"} <= set(words)
        assert words[words.index("--output") + 1] == str(report(side, tmp_path))
        assert ("--cookie" in words) == bool(side.login)
        assert not side.login or "https://localhost:1/admin/logout/*" in words


def test_what_was_cut_off_is_told(tmp_path) -> None:
    (tmp_path / f"{SIDES[0].name}.log").write_text(
        "[*] Launching module sql\nMax attack time was reached for module sql, stopping.\n"
    )
    assert cut_off(SIDES[0], tmp_path) == ["sql"]


def test_only_what_has_a_reason_is_accepted() -> None:
    assert all(known.kind and known.reason for known in ACCEPTED)
    finding = {"method": "GET", "path": "/en/", "parameter": "", "info": "Possible interesting methods "}
    asked = [
        {**finding, "info": f"{finding['info']}(using OPTIONS) on https://localhost:1/en/: OPTIONS (405)"},
        {**finding, "info": f"{finding['info']}(using OPTIONS) on https://localhost:1/en/: OPTIONS (405) PUT (200)"},
    ]
    told = {"vulnerabilities": {"CRLF Injection": [finding]}, "anomalies": {}, "additionals": {"HTTP Methods": asked}}
    assert [line.partition(":")[0] for line in open_findings(told)] == ["CRLF Injection", "HTTP Methods"]
    assert open_findings({**told, "vulnerabilities": {"CRLF Injection": []}})[0].endswith("PUT (200)")


def test_who_is_tempted_outside_is_remembered() -> None:
    outside = Outside()
    for path in ("", "get_ssrf.php?session_id=1", "ssrf/1/2/3/"):
        urllib.request.urlopen(outside.url + path).close()
    outside.close()
    assert outside.asked == ["/ssrf/1/2/3/"]
