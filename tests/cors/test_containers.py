"""What the containers run, without them: the commands of Dockerfile and docker-compose.yml, real servers, TLS."""

import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import yaml
from PIL import Image

from conftest import own_redis_database
from cors import services
from tests import databases
from tests.product import BASE_DIR, HELD_FOR_NOTHING, clean_environment, free_port, references, wait_for
from tests.proxy import NGINX, Proxy
from tests.remote import HttpClient, NoRedirect
from tests.resident import ANSWERS, SCREENING, Resident

COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
OURS = [name for name, service in COMPOSE.items() if service.get("image") == "cors-portal:local"]
BIN = Path(sys.executable).parent


def command(service: str) -> list[str]:
    """Return what a container of ours runs: its own command, else that of the image."""
    if own := COMPOSE[service].get("command"):
        return [word.replace("$$", "$") for word in own]
    found = re.search(r"^CMD (\[.*?\])", DOCKERFILE.replace("\\\n", ""), re.MULTILINE | re.DOTALL)
    assert found
    return list(json.loads(found[1]))


class TlsClient(HttpClient):
    """The same browser over TLS, as the portal sees it: it names where it comes from."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(f"https://localhost:{proxy.https}")
        handlers = (urllib.request.HTTPSHandler(context=proxy.trust()), NoRedirect)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), *handlers)
        self.opener.addheaders = [("Referer", "https://localhost/")]

    def token(self) -> str:
        """Return the form token of this browser, under the name that it has over TLS."""
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "__Host-csrf"), "")

    def upload(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Any:
        """Post a form with one file."""
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {**fields, "csrfmiddlewaretoken": self.token()}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        body = (
            "".join([*parts, head, "Content-Type: image/png\r\n\r\n"]).encode() + content + f"\r\n--{mark}--".encode()
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self.send(urllib.request.Request(self.base + path, body, kind))


class Containers:
    """migrate, web, worker and beat as the files name them, and the shipped proxy before them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.started = folder, free_port(), {}
        self.database = f"containers_{self.port}"
        databases.copy_to(self.database)
        self.environment = clean_environment(
            PATH=f"{BIN}:{os.environ['PATH']}",
            PYTHONWARNINGS="ignore:You're running the worker",
            SECRET_KEY="c" * 60,
            KEYRING=services.new_keyring(),
            ALLOWED_HOSTS="localhost",
            DATABASE_URL=databases.address(self.database),
            REDIS_URL=own_redis_database(os.environ["REDIS_URL"], 15),
            BEHIND_TLS_PROXY="True",
            REQUEST_ID_HEADER="X-Request-ID",
            **HELD_FOR_NOTHING,
            STATIC_ROOT=str(folder / "static"),
            HOSTNAME=os.uname().nodename,
            **dict(re.findall(r"\b(DEBUG)=(\w+)", DOCKERFILE.split("ENV PATH")[-1])),
            VAR_DIR=str(folder / "var"),
        )
        self.run(["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"])
        self.run(self.own(command("migrate")))
        for service in ("web", "worker", "beat"):
            self.start(service)
        self.proxy = Proxy(folder, self.port)

    def own(self, words: list[str]) -> list[str]:
        """Return a command with the port and the folder of this test in it."""
        said = [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for word in words]
        said = [word.replace("/pages", str(self.folder / "pages")) for word in said]
        return [str(self.folder / "schedule") if word == "/tmp/schedule" else word for word in said]

    def run(self, words: list[str]) -> str:
        """Run a command to its end and return what it said."""
        done = self.try_to_run(words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def try_to_run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, whatever comes of it."""
        return subprocess.run(
            words, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def start(self, service: str) -> None:
        """Start a container's process with its own variables."""
        own = {name: str(value) for name, value in COMPOSE[service].get("environment", {}).items()}
        with (self.folder / f"{service}.log").open("wb") as log:
            self.started[service] = subprocess.Popen(
                self.own(command(service)), cwd=BASE_DIR, env=self.environment | own, stdout=log, stderr=log
            )

    def said(self, service: str) -> str:
        """Return what a container has logged."""
        return (self.folder / f"{service}.log").read_text()

    def ask(self, statement: str) -> list[Any]:
        """Return rows of the portal's database."""
        with psycopg.connect(databases.address(self.database)) as link:
            return link.execute(statement).fetchall()

    def stop(self) -> dict[str, int]:
        """Stop as an engine does, by SIGTERM to each first process; return the exit codes."""
        if hasattr(self, "proxy"):
            self.proxy.stop()
        for process in self.started.values():
            process.send_signal(signal.SIGTERM)
        codes = {service: process.wait(60) for service, process in self.started.items()}
        databases.drop(self.database)
        return codes


@pytest.fixture(scope="module")
def containers() -> Iterator[Containers]:
    if NGINX is None:
        pytest.skip("no nginx on this machine: install nginx-light to walk through the shipped proxy")
    folder = Path(tempfile.mkdtemp(prefix="containers-"))
    folder.chmod(0o755)
    running = Containers(folder)
    yield running
    codes = running.stop()
    shutil.rmtree(folder)
    # A signal that comes before a process has learnt what to do with it ends it as well.
    assert set(codes.values()) <= {0, -signal.SIGTERM}, codes


def picture() -> bytes:
    """Return a PNG that weighs more than any form may."""
    file = io.BytesIO()
    Image.frombytes("RGB", (1200, 1000), random.Random(1).randbytes(1200 * 1000 * 3)).save(file, "PNG")  # noqa: S311
    return file.getvalue()


def file_a_report(containers: Containers) -> tuple[str, TlsClient]:
    """Go a resident's whole way with a file; return the reference."""
    resident, client = Resident("es"), TlsClient(containers.proxy)
    resident.client = client  # type: ignore[assignment]
    ((type_id,),) = containers.ask("SELECT id FROM reports_reporttype WHERE slug = 'hate-incident' AND state = 'live'")
    ((area,),) = containers.ask("SELECT id FROM reports_area WHERE number = 1")
    begun = client.post(resident.url("intake:begin", type_id))
    draft = UUID(begun.url.split("/report/")[1].split("/")[0])
    for step, answers in ({"screening": SCREENING["hate-incident"]} | ANSWERS["hate-incident"]).items():
        url = resident.url("intake:step", draft, step)
        given = answers | ({"area": area} if "area" in answers else {}) | {"go": "next"}
        sent = client.upload(url, given, "a.png", picture()) if step == "files" else client.post(url, given)
        assert sent.status_code == 302, (step, sent.text[:500])
    assert client.post(resident.url("intake:submit", draft), {"truth": "on"}).status_code == 302
    return references(client.get(resident.url("intake:sent", draft)).text)[0], client


def test_a_report_goes_through_the_proxy_and_the_worker(containers: Containers) -> None:
    wait_for(lambda: "Listening at" in containers.said("web"), what="the web server")
    reference, client = file_a_report(containers)
    stored = f"SELECT state FROM reports_report WHERE reference = '{reference}'"
    wait_for(lambda: containers.ask(stored) == [("queued",)], what="the worker")
    assert containers.ask("SELECT count(*) FROM reports_attachment") == [(1,)]
    with client.opener.open(client.base + "/es/", timeout=10) as page:
        headers, text = page.headers, page.read().decode()
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains; preload"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    made = headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    wait_for(lambda: made in containers.said("web"), what="the proxy's id in the portal's log")
    sheet = re.search(r'href="(/static/css/portal\.[0-9a-f]+\.css)"', text)
    assert sheet
    assert client.get(sheet[1]).status_code == 200
    assert reference not in "".join(map(containers.said, containers.started))


def test_the_containers_health_checks_are_well(containers: Containers) -> None:
    found = re.search(r"HEALTHCHECK .*CMD (\[.*\])", DOCKERFILE)
    assert found
    check = [word.replace("8000", str(containers.port)) for word in json.loads(found[1])]
    wait_for(lambda: containers.try_to_run(check).returncode == 0, what="the web server's health")
    shell = COMPOSE["worker"]["healthcheck"]["test"]
    assert shell[0] == "CMD-SHELL"
    wait_for(lambda: "ready" in containers.said("worker"), what="the worker")
    assert "pong" in containers.run(["sh", "-c", shell[1].replace("$$", "$")])


def test_the_schedule_and_the_worker_show_signs_of_life(containers: Containers) -> None:
    def lines() -> dict[str, Any]:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{containers.port}/health/ready", headers={"Host": "localhost"}
        )
        with suppress(OSError), urllib.request.urlopen(asked, timeout=10) as answer:
            return dict(json.load(answer)["lines"])
        return {}  # it does not listen yet

    def are_alive() -> bool:
        return [lines().get(name, {}).get("state") for name in ("schedule", "worker")] == ["ok", "ok"]

    wait_for(are_alive, what="beat")
    # Who comes through the proxy reads the one word and nothing else.
    client = TlsClient(containers.proxy)
    assert "lines" not in json.loads(client.get("/health/ready").text)
    assert client.get("/metrics").status_code in {403, 404}


# --- The files themselves ----------------------------------------------------------------------
def test_ours_run_without_rights_on_a_root_that_cannot_be_written() -> None:
    assert OURS == ["migrate", "web", "worker", "beat", "backup"]
    for name in [*OURS, "proxy"]:
        service = COMPOSE[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert "\nUSER portal\n" in last
    assert "COPY --from=build" in last
    assert not re.search(r"\bpip install\b|requirements", last)


def test_every_service_is_looked_after() -> None:
    without = {"migrate", "backup", "beat"}
    inherited = {"web", "scanner"}  # the image's own check
    checked = {name for name, service in COMPOSE.items() if service.get("healthcheck", {}).get("test")}
    assert checked == set(COMPOSE) - without - inherited
    assert {name for name, service in COMPOSE.items() if service.get("healthcheck") == {"disable": True}} == without


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in COMPOSE.items() if "ports" in service] == ["proxy"]


def test_services_of_others_are_profiles() -> None:
    assert {name: service["profiles"] for name, service in COMPOSE.items() if "profiles" in service} == {
        "scanner": ["scanner"],
        "translator": ["translation"],
        "backup": ["backup"],
    }


def test_the_client_is_as_new_as_the_server() -> None:
    assert COMPOSE["database"]["image"] == "postgres:18"
    assert "postgresql-client-18" in DOCKERFILE


def test_the_image_takes_what_the_portal_consists_of() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE))
    let_in = set(re.findall(r"^!(\w+)/$", (BASE_DIR / ".dockerignore").read_text(), re.MULTILINE))
    assert copied == let_in == {"cors", "accounts", "reports", "templates", "static", "locale"}


def test_the_proxys_template_gets_all_that_it_names() -> None:
    named = set(re.findall(r"\$\{(PORTAL_\w+)\}", (BASE_DIR / "cors" / "proxy" / "portal.conf.template").read_text()))
    assert {name for name in COMPOSE["proxy"]["environment"] if name.startswith("PORTAL_")} == named
