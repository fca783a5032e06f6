"""Logs in at the served product with password and second factor, and writes the cookies down for the scanner."""

import base64
import hashlib
import hmac
import json
import re
import ssl
import time
import urllib.request
from pathlib import Path

from accounts.demo import PASSWORD
from tests.remote import Answer, HttpClient, NoRedirect

LOGIN, APP, HOME = "/admin/login/", "/admin/account/app/", "/admin/account/"
STEP_SECONDS = 30


class Desk(HttpClient):
    """A member of staff's browser."""

    def __init__(self, base: str, trust: ssl.SSLContext | None = None) -> None:
        super().__init__(base)
        cookies, over_tls = urllib.request.HTTPCookieProcessor(self.cookies), urllib.request.HTTPSHandler(context=trust)
        self.opener = urllib.request.build_opener(cookies, over_tls, NoRedirect)
        self.opener.addheaders = [("Referer", f"{base}/")]

    def token(self) -> str:
        """Return the form token, under the name that it has with TLS or without."""
        return next((cookie.value or "" for cookie in self.cookies if cookie.name.endswith("csrf")), "")

    def log_in(self, username: str) -> None:
        """Pass the password, and enrol the second factor that a first log-in asks for."""
        self.get(LOGIN)
        assert self.post(LOGIN, {"login": username, "password": PASSWORD}).status_code == 302, username
        secret = "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", self.get(APP).text))
        assert self.post(APP, {"code": code(secret, time.time())}).status_code == 302, username
        assert self.is_in(), username

    def is_in(self) -> bool:
        """Tell whether the staff's side opens."""
        home: Answer = self.get(HOME)
        return home.status_code == 200

    def as_json(self) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
        """Return the cookies in the scanner's own shape: by domain, path and name."""
        jar: dict[str, dict[str, dict[str, object]]] = {}
        for cookie in self.cookies:
            told = {"value": cookie.value, "expires": cookie.expires, "secure": cookie.secure}
            jar.setdefault(cookie.path, {})[cookie.name] = told | {"port": None, "version": 0}
        return {".localhost.local": jar}

    def write(self, path: Path) -> None:
        """Write the cookies down."""
        path.write_text(json.dumps(self.as_json()))
        path.chmod(0o600)


def code(secret: str, at: float) -> str:
    """Return the six figures of an authenticator app (RFC 6238) at a moment, in seconds since the epoch."""
    counter = int(at // STEP_SECONDS).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
