"""Make .venv and install the locked wheels into it: `python3 cors/bootstrap.py local` (to run) or `dev` (to test too).

Standard library only, and written so that an old Python can still read it and say what it lacks. Work that is done is
not done again: .venv/.installed says which lock files are in.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(BASE_DIR, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".installed")
LOG = os.path.join(VENV, "setup.log")
OLDEST = (3, 11)
SETS = {"local": "requirements-local.txt", "dev": "requirements-dev.txt"}

# What pip says, and what a person can do about it. The first that is found wins.
SENTENCES = (
    (("No space left on device", "Disk quota exceeded"), "The disk is full: make room (about 500 MB) and start again."),
    (("Permission denied", "Read-only file system"), "The folder .venv cannot be written: make it yours or remove it."),
    (
        ("DO NOT MATCH THE HASHES",),
        "A downloaded package is not the one that was locked: try again later, and do not go on without.",
    ),
    (
        (
            "Temporary failure in name resolution", "Name or service not known", "NewConnectionError",
            "ConnectionError", "Connection refused", "Network is unreachable", "Read timed out", "ConnectTimeout",
            "ProxyError", "SSLError",
        ),
        "The package index cannot be reached: connect this machine to the network and start again.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        (
            "The package index has no wheel of a locked package for this machine or this Python: use Python 3.11 to "
            "3.13 on Linux or macOS, 64 bit."
        ),
    ),
)  # fmt: skip


class Trouble(Exception):
    """Something a person must put right. Its text is one sentence."""


def main(arguments):
    # type: (list) -> int
    """Set up; print what is done. Return the exit code."""
    if len(arguments) != 1 or arguments[0] not in SETS:
        return fail("say which set: python3 cors/bootstrap.py local, or dev.")
    try:
        check_python(sys.version_info[:2])
        with_lock(arguments[0])
    except Trouble as trouble:
        return fail(str(trouble))
    except KeyboardInterrupt:
        return fail("stopped; the next start goes on from here.")
    except OSError as error:
        return fail("%s: %s." % (error.filename or BASE_DIR, error.strerror))
    return 0


def fail(sentence):
    # type: (str) -> int
    """Print the sentence and return 1."""
    sys.stderr.write("error: %s\n" % sentence)
    return 1


def check_python(version):
    # type: (tuple) -> None
    """Refuse a Python that is too old. Raises Trouble."""
    if version < OLDEST:
        raise Trouble(
            "Python %d.%d is too old, 3.11 or newer is needed: install one and name it, as in "
            "`make run PYTHON=python3.11`." % version
        )


def with_lock(name):
    # type: (str) -> None
    """Set up while no other set-up of this checkout runs. Raises Trouble."""
    folder = os.open(BASE_DIR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        set_up(name)
    finally:
        os.close(folder)


def set_up(name):
    # type: (str) -> None
    """Bring .venv up to date with one lock file. Raises Trouble."""
    wanted = digest(os.path.join(BASE_DIR, SETS[name]))
    installed = read_stamp()
    if installed.get(name) == wanted and runs():
        return
    if not runs():
        installed = {}
        make_venv()
    # Gone while pip works: what an interrupted set-up leaves is never taken for whole.
    if os.path.exists(STAMP):
        os.unlink(STAMP)
    install(SETS[name])
    installed[name] = wanted
    with open(STAMP + ".new", "w") as file:
        json.dump(installed, file)
    os.replace(STAMP + ".new", STAMP)


def digest(path):
    # type: (str) -> str
    """Return the hash of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp():
    # type: () -> dict
    """Return which lock files are in, by set."""
    try:
        with open(STAMP) as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def runs():
    # type: () -> bool
    """Tell whether .venv has a Python of the right age with pip."""
    check = "import sys, pip; sys.exit(sys.version_info[:2] < (3, 11))"
    try:
        return subprocess.call([PYTHON, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    # type: () -> None
    """Make .venv anew, with the standard library's venv or with virtualenv. Raises Trouble."""
    print("Making .venv ...")
    sys.stdout.flush()
    if os.path.islink(VENV) or os.path.isfile(VENV):
        raise Trouble(".venv is not a folder: remove it and start again.")
    shutil.rmtree(VENV, ignore_errors=True)
    tried = []
    for command in ([sys.executable, "-m", "venv", VENV], [sys.executable, "-m", "virtualenv", "-q", VENV]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode == 0 and runs():
            return
        tried.append(done.stdout.decode(errors="replace"))
        shutil.rmtree(VENV, ignore_errors=True)
    raise Trouble(explain(tried[0], without_venv(), known=SENTENCES[:2]))


def without_venv():
    # type: () -> str
    """Return the sentence for a Python that cannot make a virtual environment."""
    return (
        "This Python cannot make a virtual environment: install what it lacks, on Debian and Ubuntu with "
        "`apt install python3-venv`, and start again."
    )


def install(requirements):
    # type: (str) -> None
    """Install the locked wheels. Raises Trouble."""
    print("Installing the locked packages of %s (the first time takes about a minute) ..." % requirements)
    sys.stdout.flush()
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--no-warn-script-location", "--retries", "2"]
    command += ["-r", os.path.join(BASE_DIR, requirements)]
    with open(LOG, "wb") as log:
        code = subprocess.call(command, stdout=log, stderr=log, env=dict(os.environ, PIP_ROOT_USER_ACTION="ignore"))
    if code != 0:
        with open(LOG, errors="replace") as log:
            said = log.read()
        lines = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines() or ["nothing"]
        raise Trouble(explain(said, "pip could not install %s: %s (see %s)." % (requirements, lines[-1], LOG)))


def explain(said, otherwise, known=SENTENCES):
    # type: (str, str, tuple[tuple[tuple[str, ...], str], ...]) -> str
    """Return the sentence for what a tool said."""
    for signs, sentence in known:
        if any(sign in said for sign in signs):
            return sentence
    return otherwise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
