"""When a checkout's own servers and secrets may stand in, and when not."""

import json
import subprocess
import sys

import pytest

from cors import services
from tests.cors.conftest import BASE_DIR, bare_environment

NAMES = ("DATABASE_URL", "REDIS_URL", "DEBUG", "SECRET_KEY")


@pytest.mark.parametrize(
    ("given", "local"),
    [
        ({}, True),
        ({"DEBUG": "True"}, True),
        ({"DEBUG": "False"}, False),
        ({"DATABASE_URL": "postgresql://x/y"}, True),
        ({"REDIS_URL": "redis://x"}, True),
        ({"DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://x"}, False),
        ({"DATABASE_URL_FILE": "/run/x", "REDIS_URL_FILE": "/run/y"}, False),
        # A server of production that lacks one variable must not become a demo.
        ({"SECRET_KEY": "x", "DATABASE_URL": "postgresql://x/y"}, False),
        ({"SECRET_KEY_FILE": "/run/x"}, False),
        ({"SECRET_KEY": "x", "DEBUG": "True"}, True),
    ],
)
def test_local_mode(monkeypatch, given, local):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert services.is_local() is local


PRODUCTION = {
    "SECRET_KEY": "hAr7_" * 13,
    "KEYRING": services.new_keyring(),
    "DATABASE_URL": "postgresql://cors:word@127.0.0.1:1/cors",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "report.example.org",
    "STATIC_ROOT": "/nonexistent",
}


def manage(
    *arguments: str, environment: dict[str, str], python: str = sys.executable
) -> "subprocess.CompletedProcess[str]":
    """Run manage.py with nothing set but this."""
    return subprocess.run(
        [python, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "KEYRING", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"])
def test_a_missing_variable_is_one_sentence(name):
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    done = manage("migrate", environment=bare_environment(DEBUG="False", **given))
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {name} is not set. Set it to") or "Make one with" in done.stderr
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_production_is_clean_under_djangos_own_checks():
    done = manage("check", "--deploy", "--fail-level", "WARNING", environment=bare_environment(**PRODUCTION))
    assert done.returncode == 0, done.stderr


def test_a_keyring_needs_no_settings():
    done = manage("make_keyring", environment=bare_environment(DEBUG="False"))
    assert '"encryption"' in done.stdout


def test_a_python_without_django_is_told_what_to_run():
    done = manage("check", environment=bare_environment(PYTHONPATH="/nonexistent"), python=sys._base_executable)
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_next_keyring_goes_on_from_the_one_in_force():
    ring = services.new_keyring()
    done = manage("make_keyring", "--next", "encryption", environment=bare_environment(KEYRING=ring))
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["encryption"]["keys"]) == 2
    without = manage("make_keyring", "--next", "search", environment=bare_environment())
    assert (without.returncode, without.stdout) == (1, "")
    assert without.stderr == "error: KEYRING is not set. Without one there is none to go on from.\n"
