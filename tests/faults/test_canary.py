"""A word that a resident typed is nowhere but where it is for, whatever is done with the report in its whole life.

Every place is searched once, for all words, in plain and in every form that a program might have made of them. In each
place one word is planted on purpose: what is found has to be that word, and nothing else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.db import connection

from reports.backups import programs
from tests.canary import LETTERS
from tests.faults.browsing import Browser, Exchange
from tests.faults.needles import Needles
from tests.faults.watched import Watched, may_be_kept
from tests.faults.whole_life import Life

pytestmark = pytest.mark.faults
AFTER_THE_PURGE = ("dump", "stored files", "VAR_DIR", "the portal's log", "PostgreSQL's log")


@pytest.fixture(scope="module")
def portal(django_db_blocker: Any) -> Iterator[Watched]:
    with django_db_blocker.unblock():
        served = Watched(programs.find("pg_dump"))
        connection.close()
    yield served
    if keep := os.environ.get("KEEP_FAULTS_LOG"):
        shutil.copy(served.log, keep)
        Path(f"{keep}.postgresql").write_bytes(served.servers_words()[0])
    served.stop()


class Leaks:
    """Words that are where none may be, so that each place shows what it would show."""

    NAMES = (
        "row",
        "statement",
        "key",
        "command",
        "line",
        "argument",
        "environment",
        "aside",
        "open file",
        "letter",
        "message",
        "hook",
        "stored",
        "var",
        "address",
        "page",
    )

    def __init__(self, portal: Watched) -> None:
        self.portal = portal
        self.words = {name: f"canary{uuid4().hex.translate(LETTERS)}" for name in self.NAMES}

    def plant(self) -> None:
        """Put each in its place, most of them in disguise."""
        words, portal = self.words, self.portal
        portal.ask("CREATE TABLE leak (said bytea)")
        with portal.connect() as link, link.cursor().copy("COPY leak FROM STDIN") as copy:
            copy.write_row([words["row"].upper().encode()])
        portal.ask("SELECT %s::text", words["statement"])
        with redis.Redis.from_url(portal.broker.url) as client:
            client.set("leak", b64encode(b"x" + words["key"].encode()))
            client.set("fleeting", words["command"].encode().hex())
            client.delete("fleeting")
        (portal.folder / "files" / "leak").write_text(words["stored"], encoding="utf-16")
        (portal.folder / "var" / "leak").write_text(words["var"])
        self.pass_by()
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Message-ID"] = "a@example.org", "b@example.org", "<leak@example.org>"
        letter.set_content(f"é {words['letter']}", cte="base64")
        with SMTP("127.0.0.1", portal.mail.port) as server:
            server.send_message(letter)
        for name, outsider in (("message", portal.gateway), ("hook", portal.hooked)):
            urllib.request.urlopen(outsider.url, words[name].encode()).close()
        Browser(f"http://localhost:{portal.port}", portal.exchanges).get(f"/es/?q={words['address']}")
        portal.exchanges.append(Exchange("GET", "/leak", 200, {"Cache-Control": "max-age=60"}, words["page"].encode()))

    def pass_by(self) -> None:
        """Show for a moment what only who looks all the time can see."""
        words, aside = self.words, self.portal.folder / "tmp" / "leak"
        aside.write_text(words["aside"])
        with tempfile.TemporaryFile(dir=aside.parent) as nameless:
            nameless.write(words["open file"].encode())
            nameless.flush()
            environment = {"LEAK": words["environment"]}
            idle = [sys.executable, "-c", "import time; time.sleep(0.5)", words["argument"]]
            subprocess.run(idle, env=environment, check=True)
        aside.unlink()

    def expected(self) -> dict[str, set[str]]:
        """Return which word has to be found in which place."""
        where = {
            "dump": ("row",),
            "data directory": ("row",),
            "Valkey's memory": ("key",),
            "Valkey's commands": ("key", "command"),
            "the portal's log": ("line",),
            "PostgreSQL's log": ("statement",),
            "arguments": ("argument", "environment"),
            "temporary files": ("aside", "open file"),
            "letters": ("letter",),
            "text messages": ("message",),
            "webhooks": ("hook",),
            "stored files": ("stored",),
            "VAR_DIR": ("var",),
            "addresses": ("address",),
        }
        return {place: {self.words[name] for name in names} for place, names in where.items()}


def test_what_a_resident_says_is_nowhere_but_where_it_is_for(portal: Watched) -> None:
    leaks = Leaks(portal)
    life = Life(portal, portal.cast(leaks.words["line"]))
    portal.start()
    life.log_in()
    life.file()
    life.work()
    life.answer()
    life.decide_it()
    life.read_outcome()
    life.export()
    life.pull()
    life.tell()
    life.count()
    life.refer()
    leaks.plant()
    needles = Needles([*life.words, *leaks.words.values()])
    found = {place: set().union(*map(needles.in_whole, read())) for place, read in portal.places().items()}
    assert found == leaks.expected()
    kept = [each.url for each in portal.exchanges if may_be_kept(each, needles.in_whole)]
    assert kept == ["/leak"]
    # The words went in, and came out again to those they are for.
    shown = set().union(*(needles.found_in(each.body) for each in portal.exchanges))
    assert set(life.known["words"]) - shown == set()
    assert shown & set(life.secrets) == set()
    assert portal.gateway.heard

    life.purge()
    after = {place: set().union(*map(needles.in_whole, portal.places()[place]())) for place in AFTER_THE_PURGE}
    assert after == {place: leaks.expected()[place] for place in AFTER_THE_PURGE}
