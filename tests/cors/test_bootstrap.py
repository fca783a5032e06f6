"""The set-up of .venv, with real pythons and real pip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cors import bootstrap
from tests.cors.conftest import BASE_DIR

NO_INDEX = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout that needs no package."""
    (tmp_path / "cors").mkdir()
    shutil.copy(BASE_DIR / "cors" / "bootstrap.py", tmp_path / "cors")
    for name in bootstrap.SETS.values():
        (tmp_path / name).write_text("")
    return tmp_path


def run(checkout: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the set-up there, where no package index can be reached."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, "cors/bootstrap.py", *arguments],
        cwd=checkout,
        env=bare | NO_INDEX | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the one sentence of a set-up that failed."""
    assert done.returncode == 1, done.stdout
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_work_that_is_done_is_not_done_again(checkout: Path) -> None:
    first = run(checkout, "local")
    assert first.returncode == 0, first.stderr
    assert "Making .venv" in first.stdout
    assert run(checkout, "local").stdout == ""
    # A changed lock file is installed into the same .venv.
    (checkout / "requirements-local.txt").write_text("# changed\n")
    changed = run(checkout, "local").stdout
    assert "Installing" in changed
    assert "Making" not in changed
    # An interrupted set-up leaves no stamp; one without a Python is made anew.
    (checkout / ".venv" / ".installed").unlink()
    assert "Installing" in run(checkout, "local").stdout
    (checkout / ".venv" / "bin" / "python").unlink()
    assert "Making .venv" in run(checkout, "local").stdout
    # A package, and no network.
    (checkout / "requirements-local.txt").write_text(f"django==5.2.1 --hash=sha256:{'0' * 64}\n")
    assert "cannot be reached" in sentence(run(checkout, "local"))
    assert not (checkout / ".venv" / ".installed").exists()


def test_a_python_without_venv_is_told_what_to_install(checkout: Path) -> None:
    for name in ("venv", "virtualenv"):
        (checkout / "without").mkdir(exist_ok=True)
        (checkout / "without" / f"{name}.py").write_text("raise SystemExit('ensurepip is not available')")
    said = sentence(run(checkout, "local", PYTHONPATH=str(checkout / "without")))
    assert "apt install python3-venv" in said
    assert not (checkout / ".venv").exists()


def test_an_unknown_set_is_told(checkout: Path) -> None:
    assert "local, or dev" in sentence(run(checkout))


def test_an_old_python_is_told_what_it_needs() -> None:
    with pytest.raises(bootstrap.Trouble, match=r"Python 3\.9 is too old, 3\.11 or newer is needed"):
        bootstrap.check_python((3, 9))
    bootstrap.check_python((3, 13))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("OSError: [Errno 13] Permission denied: '/x/.venv'", "cannot be written"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that was locked"),
        ("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: No matching distribution found for psycopg-binary==3.3.2", "no wheel"),
        ("something else", "otherwise"),
    ],
)
def test_what_pip_says_becomes_one_sentence(said: str, told: str) -> None:
    assert told in bootstrap.explain(said, "otherwise")
