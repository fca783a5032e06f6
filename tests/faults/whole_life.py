"""The life of one report over HTTP, from the first page to the day it is deleted, with a word wherever one can be."""

import re
import socket
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone, translation

from cors import queues
from tests.accounts.conftest import code
from tests.canary import LETTERS, PDF, picture
from tests.faults.browsing import Browser, forms_of
from tests.faults.watched import Watched
from tests.product import references, wait_for

CODE = re.compile(r'class="code-value"[^>]*>([0-9A-Z-]{14,19})<')
# Of this machine, of the network that the proxy saw, and of what a form takes as a phone.
ADDRESS, FORWARDED, AT_DESK, PHONE = "127.87.65.43", "203.0.113.187", "198.51.100.7", "213 555 7391"
DR_NUMBER = "260077431"
WAITING = "SELECT count(*) FROM reports_job WHERE done_at IS NULL AND run_after < now() + interval '1 minute'"
LONG_AGO = "UPDATE reports_report SET decided_at = decided_at - interval '9000 days'"


def url(name: str, *args: object) -> str:
    """Return an address, the resident's in Spanish."""
    with translation.override("es"):
        return reverse(name, args=args)


class Life:
    """Who takes part, and what they say."""

    def __init__(self, portal: Watched, known: dict) -> None:
        self.portal, self.known = portal, known
        known["raws"]["person"] |= {"phone": [PHONE], "texts": ["on"]}
        self.secrets = [known["password"], known["app"].lower()]
        self.words: list[str] = [*known["words"], *self.secrets, ADDRESS, FORWARDED, PHONE.replace(" ", "")]
        agent = {"User_Agent": self.word(), "X_Forwarded_For": FORWARDED}
        base = f"http://localhost:{portal.port}"
        self.resident = Browser(base, portal.exchanges, address=ADDRESS, **agent)
        self.elsewhere = Browser(base, portal.exchanges, address=ADDRESS, **agent)
        self.desk = Browser(base, portal.exchanges, X_Forwarded_For=AT_DESK)
        self.system = Browser(base, portal.exchanges, Authorization=f"Bearer {known['token']}")
        self.draft = self.report = UUID(int=0)
        self.reference = self.access_code = ""

    def word(self) -> str:
        """Return a fresh word."""
        made = f"canary{uuid4().hex.translate(LETTERS)}"
        self.words.append(made)
        return made

    def files(self) -> dict[str, list[tuple[str, bytes]]]:
        """Return two files with words in their names and in them."""
        paper = PDF % self.word().encode()
        return {"files": [(f"{self.word()}.pdf", paper), (f"{self.word()}.jpg", picture(self.word()))]}

    def settle(self) -> None:
        """Wait until the worker has done all that there is to do."""
        wait_for(lambda: self.portal.ask(WAITING) == [(0,)], what="the worker to be done")

    # --- The resident -------------------------------------------------------------
    def file(self) -> None:
        """Answer every step, once wrongly, once while the database is away; save, come back elsewhere, and send."""
        begun = self.resident.press(url("intake:begin", self.known["type"]), {})
        self.draft = UUID(begun.url.split("/report/")[1].split("/")[0])
        for step, typed in self.known["raws"].items():
            where = url("intake:step", self.draft, step)
            if step == "files":
                self.resident.upload(where, typed | {"go": "next"}, self.files())
                continue
            self.resident.press(where, typed | {"go": "next"})
        story = url("intake:step", self.draft, "narrative")
        person = self.known["raws"]["person"] | {"email": self.word(), "go": "next"}
        self.resident.press(url("intake:step", self.draft, "person"), person, leads=False)
        self.without_database(story, {"story": self.word(), "go": "next"})
        for step in ("narrative", "person"):
            self.resident.press(url("intake:step", self.draft, step), self.known["raws"][step] | {"go": "next"})
        self.speak_nonsense()
        self.come_back()
        self.send()

    def without_database(self, where: str, typed: dict[str, str]) -> None:
        """Post while the database takes nobody: what was typed comes back, and goes nowhere."""
        name = self.portal.name
        with self.portal.connect(user="postgres", database="postgres") as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            server.execute(others, [name])
            try:
                answer = self.resident.post(where, typed)
            finally:
                server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert answer.status_code == 503
        assert typed["story"] in answer.text
        wait_for(lambda: self.resident.get(where).status_code == 200, what="the portal to find the database again")

    def speak_nonsense(self) -> None:
        """Send what is no request, with a word in its address and in a header."""
        with socket.create_connection(("127.0.0.1", self.portal.port), source_address=(ADDRESS, 0)) as link:
            link.sendall(f"GET /es/?of={self.word()} HTTP/1.1\r\nHost {self.word()}\r\n\r\n".encode())
            assert b" 400 " in link.recv(1000)

    def come_back(self) -> None:
        """Save with a letter, and open the draft in another browser by its code."""
        later = url("intake:later", self.draft)
        self.resident.press(later, {})
        self.resident.press(later, {"email": f"{self.word()}@example.org"})
        code = CODE.findall(self.resident.open(later).text)[0]
        self.words += [code, code.replace("-", "")]
        self.elsewhere.press(url("intake:resume"), {"code": code})
        self.elsewhere.open(url("intake:check", self.draft))

    def send(self) -> None:
        """Look at everything once more, send, and take the copy along."""
        for step in self.known["raws"]:
            self.elsewhere.open(url("intake:step", self.draft, step))
        self.elsewhere.press(url("intake:submit", self.draft), {"truth": "on"})
        thanks = self.elsewhere.open(url("intake:sent", self.draft)).text
        self.reference = references(thanks)[0]
        self.access_code = next(code for code in CODE.findall(thanks) if len(code) == 14)
        self.words += [self.access_code, self.access_code.replace("-", "")]
        self.elsewhere.open(url("paper:copy", self.draft))
        found = self.portal.ask("SELECT id FROM reports_report WHERE reference = %s", self.reference)
        self.report = found[0][0]
        self.settle()

    def answer(self) -> None:
        """Come back with reference and code, once mistyped; answer with files, add, correct the contact."""
        asked = {"reference": self.reference, "access_code": self.access_code}
        self.resident.press(url("status:find"), asked | {"access_code": "0000-0000-0000"}, leads=False)
        self.resident.press(url("status:find"), asked)
        page = self.resident.open(url("status:show")).text
        reply = forms_of(page)[url("status:answer")] | {"text": self.word()}
        self.resident.upload(url("status:answer"), reply, self.files())
        self.resident.fill(url("status:add"), url("status:add"), {"text": self.word()})
        self.resident.press(url("status:contact"), {"email": f"{self.word()}@example.org", "phone": PHONE})
        self.resident.open(url("status:show"))
        self.settle()

    def read_outcome(self) -> None:
        """Read how it ended, and take the official paper."""
        self.resident.open(url("status:show"))
        self.resident.open(url("paper:official"))

    # --- The desk -------------------------------------------------------------------
    def log_in(self) -> None:
        """Type what is wrong, also in the place of the name, then what is right; prove it by a second factor."""
        entrance, factor = reverse("account_login"), reverse("mfa_authenticate")
        self.desk.open(entrance)
        for name, password in (("boss", self.secret()), (self.word(), self.secret())):
            self.desk.press(entrance, {"login": name, "password": password}, leads=False)
        self.desk.press(entrance, {"login": "boss", "password": self.known["password"]})
        self.desk.press(factor, {"code": self.secret()[:20]}, leads=False)
        self.desk.press(factor, {"code": code(self.known["app"])})
        self.desk.open(reverse("admin:index"))

    def secret(self) -> str:
        """Return a word that nobody is to read again."""
        self.secrets.append(self.word())
        return self.secrets[-1]

    def work(self) -> None:
        """Find the report by its words, look at all of it, write, have it classified, translate, and ask."""
        show = url("review:show", self.report)
        self.search(self.known["raws"]["narrative"]["story"][0])
        self.search(PHONE)
        self.desk.open(url("review:queue"))
        self.desk.open(show)
        self.decide("claim")
        self.desk.press(url("review:reveal", self.report), {"reason": "decide"})
        self.desk.fill(show, url("review:note", self.report), {"note-text": self.word()})
        self.desk.fill(show, url("review:inform", self.report), {"inform-text": self.word()})
        self.classify()
        self.translate()
        self.decide("ask", text=self.word())

    def search(self, text: str) -> None:
        """Look for what a resident said."""
        found = self.desk.press(url("review:search"), {"text": text})
        page = self.desk.open(found.url).text
        assert self.reference in page

    def decide(self, action: str, **typed: Any) -> None:
        """Take a step on the report's page."""
        fields = {f"{action}-{name}": value for name, value in typed.items()}
        self.desk.fill(url("review:show", self.report), url("review:decide", self.report, action), fields)

    def classify(self) -> None:
        """Escalate, and find that it was nothing."""
        page = url("hate:escalate", self.report)
        self.desk.press(page, {"signs": ["threat"], "characteristics": ["unknown"], "note": self.word()})
        page = url("hate:classify", self.report)
        asked = {name: value for each in forms_of(self.desk.open(page).text).values() for name, value in each.items()}
        seen = {"seen": asked["seen"]}
        self.desk.press(page, seen | {"verdict": "neither", "basis": ["no_bias"], "note": self.word()})

    def translate(self) -> None:
        """Translate everything that waits for it."""
        for passage, version in self.portal.ask("SELECT id, version FROM reports_passage"):
            self.desk.open(url("translating:show", passage))
            self.desk.press(url("translating:write", passage), {"words": self.word(), "version": str(version)})

    def decide_it(self) -> None:
        """Look at the files, preview the letter, approve, and hand it out in every form that there is."""
        for (file,) in self.portal.ask("SELECT id FROM reports_attachment WHERE report_id = %s", self.report):
            self.desk.open(url("files:show", file))
            self.desk.press(url("files:download", file), {"reason": "evidence"}, leads=False)
        for (file,) in self.portal.ask("SELECT id FROM reports_attachment WHERE copy <> ''"):
            self.desk.open(url("files:view", file))
            self.desk.open(url("files:thumb", file))
        self.translate_last()
        typed = {"approve-dr_number": DR_NUMBER, "approve-text": self.word()}
        asked = forms_of(self.desk.open(url("review:show", self.report)).text)
        asked = asked[url("review:decide", self.report, "approve")]
        self.desk.press(url("review:preview", self.report, "approve"), asked | typed, leads=False)
        self.decide("approve", dr_number=DR_NUMBER, text=self.word())
        self.settle()
        self.desk.open(url("review:paper", self.report))

    def translate_last(self) -> None:
        """Translate what the answer brought."""
        self.translate()

    # --- What leaves ------------------------------------------------------------------
    def export(self) -> None:
        """Export it in every format, everything personal along, and download all that there is of each."""
        for kind in ("csv", "xlsx", "jsonl", "pdfs", "pdf"):
            asked = {"kind": kind, "columns": self.known["columns"], "personal": "on", "reason": "records"}
            made = self.desk.press(url("export:ask"), asked)
            # The request makes it, or a worker that was quicker to take it.
            ready = "SELECT count(*) FROM reports_export WHERE state <> 'ready'"
            wait_for(lambda: self.portal.ask(ready) == [(0,)], what=f"the export as {kind}")  # noqa: B023
            self.desk.open(made.url)
            where = made.url + "download/"
            given = self.desk.press(where, {"reason": "records", "of": "file"}, leads=False)
            assert len(given.text) > 300
            self.desk.press(where, {"reason": "records", "of": "proof"}, leads=False)

    def pull(self) -> None:
        """Let a system outside pull it with its files."""
        page = self.system.open("/api/v1/reports").text
        assert self.reference in page
        self.system.open(f"/api/v1/reports/{self.report}")
        for (file,) in self.portal.ask("SELECT id FROM reports_attachment WHERE report_id = %s", self.report):
            self.system.open(f"/api/v1/reports/{self.report}/files/{file}?form=original")

    def tell(self) -> None:
        """Let a system outside be told that there is something to pull."""
        self.portal.broker.send("reports.hand_out", queue=queues.OUTSIDE)
        wait_for(lambda: self.portal.hooked.heard, what="the webhook to be told")
        assert self.reference.encode() in self.portal.hooked.heard[0]

    def refer(self) -> None:
        """Find that it was a matter for others, and pass it on with all that may go along."""
        self.decide("reopen", reason="news", text=self.word())
        (partner,) = self.portal.ask("SELECT min(id) FROM reports_partner")[0]
        along = {"along": ["story", "person", "files"], "consent": "phone", "consent_on": str(timezone.localdate())}
        self.decide("refer", place=f"partner-{partner}", text=self.word(), **along)
        self.settle()
        self.resident.open(url("status:show"))

    def count(self) -> None:
        """Look at counts, the dashboard, the public page and the log, and take the log along."""
        for name in ("counts:table", "dashboard:show", "statistics:show", "auditing:log", "hate:due", "export:exports"):
            self.desk.open(url(name))
        self.desk.press(
            url("counts:download"),
            {"layout": "ytd", "as_of": "2026-11-21", "what": "all", "format": "csv"},
            leads=False,
        )
        self.desk.press(url("auditing:download"), {"reason": "review"}, leads=False)

    def purge(self) -> None:
        """Let its time be over, and the worker delete what has to go."""
        self.portal.ask(LONG_AGO)
        self.portal.broker.send("reports.purge")
        gone = "SELECT purged_at IS NOT NULL FROM reports_report WHERE id = %s"
        wait_for(lambda: self.portal.ask(gone, self.report) == [(True,)], what="the purge")
        self.elsewhere.press(url("status:find"), {"reference": self.reference, "access_code": self.access_code})
        assert self.reference in self.elsewhere.open(url("status:show")).text
