"""A browser at an address of its own that remembers every answer, and fills in forms as they stand on their pages."""

import urllib.request
import uuid
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookiejar import Cookie
from time import monotonic
from typing import Any
from urllib.error import HTTPError

from tests.remote import Answer, HttpClient, NoRedirect

Fields = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One request and what was answered."""

    method: str
    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class At(urllib.request.HTTPHandler):
    """Connects from one address of this machine."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def http_open(self, request: urllib.request.Request) -> Any:
        """Open one connection."""
        return self.do_open(partial(HTTPConnection, source_address=(self.address, 0)), request)  # type: ignore[arg-type]


class Browser(HttpClient):
    """Cookies, forms, and a memory."""

    def __init__(self, base: str, seen: list[Exchange], *, address: str = "127.0.0.1", **headers: str) -> None:
        super().__init__(base)
        self.seen = seen
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(cookies, NoRedirect, At(address))
        self.opener.addheaders = [(name.replace("_", "-"), value) for name, value in headers.items()]

    def send(self, request: urllib.request.Request) -> Answer:
        """Send one request, and remember what came back."""
        begun = monotonic()
        try:
            response = self.opener.open(request, timeout=60)
        except HTTPError as error:
            response = error
        body = response.read()
        self.seen.append(
            Exchange(request.get_method(), request.full_url, response.status, dict(response.headers), body)
        )
        to = response.headers.get("Location", "")
        return Answer(response.status, body.decode(errors="replace"), to, monotonic() - begun)

    def open(self, path: str) -> Answer:
        """Open a page that there is, wherever it leads."""
        answer = self.get(path)
        while answer.status_code in {301, 302}:
            answer = self.get(answer.url)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer

    def press(self, path: str, typed: Fields, *, leads: bool = True) -> Answer:
        """Post what was typed; it has to lead on, or with `leads` off to be answered with 200."""
        answer = self.post(path, typed)
        assert answer.status_code == (302 if leads else 200), (path, answer.status_code, complaints(answer.text))
        return answer

    def fill(self, page: str, action: str, typed: Fields) -> Answer:
        """Open a page, fill in its form that goes to `action`, and send it."""
        forms = forms_of(self.open(page).text)
        assert action in forms, (page, action, sorted(forms))
        return self.press(action, {**forms[action], **typed})

    def upload(self, path: str, typed: Fields, files: dict[str, list[tuple[str, bytes]]]) -> Answer:
        """Post a form with files."""
        mark = uuid.uuid4().hex
        fields = [
            (name, each) for name, value in typed.items() for each in (value if isinstance(value, list) else [value])
        ]
        fields.append(("csrfmiddlewaretoken", self.token()))
        head = f'--{mark}\r\nContent-Disposition: form-data; name="'
        body = b"".join(f'{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields)
        for name, each in files.items():
            for title, content in each:
                body += f'{head}{name}"; filename="{title}"\r\n\r\n'.encode() + content + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        answer = self.send(urllib.request.Request(self.base + path, data=body, headers=headers))
        assert answer.status_code == 302, (path, answer.status_code, complaints(answer.text))
        return answer

    def carry(self, name: str, value: str) -> None:
        """Take a cookie along."""
        where = {"domain": "localhost.local", "domain_specified": False, "domain_initial_dot": False}
        rest: Any = {"port": None, "port_specified": False, "path_specified": True, "secure": False, "expires": None}
        more: Any = {"discard": True, "comment": None, "comment_url": None, "rest": {}}
        self.cookies.set_cookie(Cookie(0, name, value, path="/", **where, **rest, **more))  # type: ignore[arg-type]


class _Forms(HTMLParser):
    """Gathers what each form would send if nobody touched it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self.fields: list[tuple[str, str]] = []
        self.area, self.select = "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        name = has.get("name", "")
        if tag == "form":
            self.fields = self.forms.setdefault(has.get("action", "").partition("#")[0], [])
        elif tag == "input" and name:
            is_chosen = "checked" in has or has.get("type") not in {"checkbox", "radio", "submit", "file", "button"}
            self.fields += [(name, has.get("value", ""))] if is_chosen else []
        elif tag == "textarea":
            self.area = name
            self.fields.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in has:
            self.fields.append((self.select, has.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area:
            name, text = self.fields[-1]
            self.fields[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def forms_of(page: str) -> dict[str, dict[str, list[str]]]:
    """Return the forms of a page by where they go, each with its fields as they stand."""
    reader = _Forms()
    reader.feed(page)
    found: dict[str, dict[str, list[str]]] = {}
    for action, fields in reader.forms.items():
        for name, value in fields:
            found.setdefault(action, {}).setdefault(name, []).append(value)
        found.get(action, {}).pop("csrfmiddlewaretoken", None)
    return found


def complaints(page: str) -> str:
    """Return what a page says is wrong, roughly."""
    lines = [line.strip() for line in page.splitlines()]
    at = [number for number, line in enumerate(lines) if "error" in line.lower() or "invalid" in line.lower()]
    return "\n".join(line for number in at[:12] for line in lines[number : number + 3])
