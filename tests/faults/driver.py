"""Residents outside the product who do not give up: each sends again what was not received, and keeps the reference."""

import re
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from typing import Any
from uuid import UUID

from tests.faults.portal import Portal
from tests.product import references
from tests.remote import Answer, HttpClient
from tests.resident import ANSWERS, SCREENING, Resident

HIDDEN = re.compile(r'<input type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"\s*/?>')
LANGUAGE = re.compile(r'<html lang="([\w-]+)"')
AGAIN_SECONDS = 0.3
# A picture of one dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
# Who files what: in which language, and whether with a file. The second writes in Spanish and leaves an address, so
# there is a letter to send, a file to scan and a text to translate.
FILERS = [("hate-incident", "en", False), ("lost-property", "es", True), ("hate-incident", "fa", False)]


@dataclass(frozen=True)
class Filed:
    """An acknowledged report."""

    reference: str
    draft: UUID
    writes: bool
    has_file: bool
    # How often its picture was sent until that was heard.
    sent_file: int = 1


@dataclass
class Record:
    """What residents met."""

    filed: list[Filed] = field(default_factory=list)
    # Seconds of each answer to Send, and of each page that said "not received".
    sends: list[float] = field(default_factory=list)
    turned_away: list[float] = field(default_factory=list)
    # Sent, but the thank-you page had gone before it could be read, as when the clock jumps.
    unread: list[UUID] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class GaveUp(Exception):
    """The driver was asked to stop."""


class Filer(Resident):
    """One browser that sends again, with what the page that turned it away has kept, until it is heard."""

    def __init__(self, driver: "Driver", language: str) -> None:
        self.driver, self.language = driver, language
        self.client: Any = HttpClient(driver.portal_url)  # type: ignore[assignment]

    def insist(
        self, send: Callable[[dict[str, Any]], Answer], fields: dict[str, Any], *, is_sending: bool = False
    ) -> Answer:
        """Send until there is an answer that is not "later"."""
        while not self.driver.closed.is_set():
            try:
                answer = send(fields)
            except (OSError, HTTPException):
                time.sleep(AGAIN_SECONDS)
                continue
            if is_sending:
                self.driver.record.sends.append(answer.seconds)
            if answer.status_code < 500:
                return answer
            fields = self.kept(answer, fields)
            time.sleep(AGAIN_SECONDS)
        raise GaveUp

    def kept(self, answer: Answer, fields: dict[str, Any]) -> dict[str, Any]:
        """Return what "Try again" posts, after a look at the page: its language, and that nothing typed is missing."""
        record, told = self.driver.record, LANGUAGE.search(answer.text)
        if answer.status_code != 503:
            record.complaints.append(f"an answer {answer.status_code}")
            return fields
        record.turned_away.append(answer.seconds)
        if told is None or told[1] != self.language:
            record.complaints.append(f"turned away in {told and told[1]} instead of {self.language}")
        found: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(answer.text):
            found.setdefault(unescape(name), []).append(unescape(value))
        found.pop("csrfmiddlewaretoken", None)
        typed = {name: list(map(str, value if isinstance(value, list) else [value])) for name, value in fields.items()}
        if found != typed:
            record.complaints.append("a page that turned somebody away lost what was typed")
        return found

    def post(self, path: str, fields: dict[str, Any], *, is_sending: bool = False) -> Answer:
        """Post a form until it is heard."""
        return self.insist(lambda kept: self.client.post(path, kept), fields, is_sending=is_sending)

    def file(self, slug: str, *, with_file: bool) -> Filed | None:  # type: ignore[override]
        """Go the whole way and return what was acknowledged."""
        draft = self.begin_and_answer(slug, picture=PNG if with_file else b"")
        return self.send(draft, writes=bool(ANSWERS[slug]["person"].get("email")), has_file=self.stored)

    def begin_and_answer(self, slug: str, *, picture: bytes = b"") -> UUID:
        """Fill every step, and note whether the picture was taken."""
        driver = self.driver
        begun = self.post(self.url("intake:begin", driver.types[slug]), {})
        draft = UUID(begun.url.split("/report/")[1].split("/")[0])
        self.stored, self.sent_file = False, 1
        for step, answers in ({"screening": SCREENING[slug]} | ANSWERS[slug]).items():
            if step == "files" and picture:
                self.stored = self.add_file(draft, picture)
            given = answers | ({"area": driver.area} if "area" in answers else {}) | {"go": "next"}
            if given.get("email"):
                # Of many held reports that name one address only the first writes to it at once.
                given["email"] = f"{draft.hex}@example.org"
            answer = self.post(self.url("intake:step", draft, step), given)
            if answer.status_code != 302:
                driver.record.complaints.append(f"{step} was answered {answer.status_code}")
        return draft

    def try_to_send(self, draft: UUID) -> int:
        """Press Send once; 0 is no answer."""
        try:
            return int(self.client.post(self.url("intake:submit", draft), {"truth": "on"}).status_code)
        except (OSError, HTTPException):
            return 0

    def send(self, draft: UUID, *, writes: bool, has_file: bool) -> Filed | None:
        """Press Send until there is a thank-you page, and read it."""
        sent = self.post(self.url("intake:submit", draft), {"truth": "on"}, is_sending=True)
        if "/sent/" not in sent.url:
            self.driver.record.complaints.append(f"Send was answered {sent.status_code} {sent.url[:40]}")
            return None
        thanks = self.insist(lambda _none: self.client.get(self.url("intake:sent", draft)), {})
        found = references(thanks.text)
        if thanks.status_code != 200 or not found:
            self.driver.record.unread.append(draft)
            return None
        return Filed(found[0], draft, writes, has_file, self.sent_file)

    def add_file(self, draft: UUID, picture: bytes) -> bool:
        """Add a picture, and tell whether it was taken: on a full disk it is not, and the resident reads that."""
        boundary = uuid.uuid4().hex
        self.sent_file = 0

        def send(_kept: object) -> Answer:
            self.sent_file += 1
            return self.send_file(draft, boundary, picture)

        return self.insist(send, {"go": "next"}).status_code == 302

    def send_file(self, draft: UUID, boundary: str, picture: bytes) -> Answer:
        """Post the picture."""
        parts = [("go", "next"), ("csrfmiddlewaretoken", self.client.token())]
        body = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
        ).encode()
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        ).encode()
        body += picture + f"\r\n--{boundary}--\r\n".encode()
        address = self.client.base + self.url("intake:step", draft, "files")
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.client.send(urllib.request.Request(address, data=body, headers=headers))


class Driver:
    """Several residents at once, each filing one report after another while asked to."""

    def __init__(self, portal: Portal, *, residents: int = 4) -> None:
        self.portal_url = f"http://localhost:{portal.port}"
        types = portal.database.ask("SELECT slug, id FROM reports_reporttype WHERE state = 'live'")
        self.types = dict(types)
        self.area = str(portal.database.ask("SELECT id FROM reports_area WHERE number = 1")[0][0])
        self.record = Record()
        # Drafts of single tests, which no row counts.
        self.apart: list[UUID] = []
        self.going, self.closed = threading.Event(), threading.Event()
        self.busy = 0
        self._lock = threading.Lock()
        self.threads = [threading.Thread(target=self.live, args=(number,), daemon=True) for number in range(residents)]
        for thread in self.threads:
            thread.start()

    def live(self, number: int) -> None:
        """File while asked to."""
        turn = number
        while not self.closed.is_set():
            if not self.going.wait(0.2):
                continue
            with self._lock:
                self.busy += 1
            slug, language, with_file = FILERS[turn % len(FILERS)]
            turn += 1
            try:
                if filed := Filer(self, language).file(slug, with_file=with_file):
                    self.record.filed.append(filed)
            except GaveUp:
                return
            except Exception as error:
                self.record.complaints.append(f"the driver failed: {error!r}")
            finally:
                with self._lock:
                    self.busy -= 1

    def begin(self) -> Record:
        """Let them file, and return a new record of what they meet."""
        self.record = Record()
        self.going.set()
        return self.record

    def pause(self) -> None:
        """Let each end the report that it is at."""
        self.going.clear()

    def is_idle(self) -> bool:
        """Tell whether nobody is at a report."""
        return self.busy == 0

    def close(self) -> None:
        """Stop for good."""
        self.closed.set()
