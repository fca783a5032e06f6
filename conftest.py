"""Before the settings are read: the tests' own servers, apart from those of a running product."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

BASE_DIR = Path(__file__).resolve().parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def own_redis_database(url: str, number: int) -> str:
    """Return the address of a numbered database, so that the workers' queues do not meet."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return parts._replace(path=f"/{number}").geturl()
    query = parse_qs(parts.query) | {"db": [str(number)]}
    return f"unix://{parts.path}?{urlencode(query, doseq=True)}"


def start_services() -> None:
    """Start, or as a worker of xdist join, what the tests run on."""
    from cors import catalogues, services

    if WORKER:
        os.environ["REDIS_URL"] = own_redis_database(os.environ["REDIS_URL"], 1 + int(WORKER.removeprefix("gw")))
        return
    os.environ.setdefault("VAR_DIR", str(BASE_DIR / "var" / "test"))
    # A test cluster may be lost in a power cut.
    os.environ.setdefault("LOCAL_FSYNC", "False")
    services.attach()
    catalogues.compile_catalogues(BASE_DIR / "locale")


start_services()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")

import django  # noqa: E402 (after the servers, which its settings name)

django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let no worker inherit the settings' name: pytest-django would read them before the worker has its own Redis."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped: what is skipped there is tested nowhere."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("A skipped test fails in CI.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
