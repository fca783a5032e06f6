"""Joining the local servers: what manage.py, `up` and the tests call."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cors.services import folders, locks
from cors.services.engine import Engine
from cors.services.fault import LocalServerError
from cors.services.keeper import ENGINES, address_path, lock_path, write_whole

BASE_DIR = Path(__file__).resolve().parent.parent.parent
JOIN_SECONDS = 60
# Locks of this process: open for as long as it lives, so that the servers stay as long.
_held: dict[str, int] = {}
_data: dict[str, str] = {}


def held_locks() -> tuple[int, ...]:
    """Return the descriptors that hold the servers up, for a child process to hold them too (pass_fds)."""
    return tuple(_held.values())


def data_folders() -> list[str]:
    """Return where the servers that this process joined keep their data."""
    return list(_data.values())


def is_local() -> bool:
    """Tell whether the servers and secrets that are not set may be a checkout's own.

    Never with DEBUG=False, and never beside a SECRET_KEY of one's own unless DEBUG=True is said: a production server
    that lacks one variable must refuse to start, not fall back to a demo.
    """
    debug = os.environ.get("DEBUG", "").strip()
    if debug == "False" or (is_set("SECRET_KEY") and debug != "True"):
        return False
    missing = [engine for engine in ENGINES.values() if not is_set(engine.variable)]
    return bool(missing) and all(engine.find() for engine in missing)


def is_set(name: str) -> bool:
    """Tell whether the variable is set, or the file that holds it, or the command that prints it."""
    return any(os.environ.get(spelled, "").strip() for spelled in (name, f"{name}_FILE", f"{name}_COMMAND"))


def attach() -> None:
    """Join the local servers that stand in for DATABASE_URL and REDIS_URL where these are not set, and set them.

    Also sets DEBUG, ALLOWED_HOSTS, SECRET_KEY and KEYRING where they are not set. Does nothing where is_local() is
    False. Starts a server that does not run yet, makes its data folder the first time (seconds). The servers stay
    until the last process that joined them is gone. Raises LocalServerError with one sentence for the person.
    """
    if not is_local():
        return
    var = folders.var_folder(Path(os.environ.get("VAR_DIR", "").strip() or BASE_DIR / "var"))
    folders.make_private(var / "run")
    missing = [engine for engine in ENGINES.values() if not is_set(engine.variable)]
    for engine in missing:
        os.environ[engine.variable] = str(join(engine, var)["url"])
    set_defaults(var)


def set_defaults(var: Path) -> None:
    """Set what else a machine of one's own needs, where it is not set."""
    os.environ.setdefault("DEBUG", "True")
    os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    for name, make in (("SECRET_KEY", new_secret_key), ("KEYRING", new_keyring)):
        if not is_set(name):
            os.environ[name] = kept_text(var / name.lower(), make)
    # `manage.py dbshell` looks for psql on the PATH; the wheel brings one.
    program = ENGINES["postgresql"].find()
    if program and not shutil.which("psql"):
        os.environ["PATH"] += os.pathsep + str(program.path.parent)


def join(engine: Engine, var: Path) -> dict[str, str | int]:
    """Hold the engine's server up from now on and return its address. Raises LocalServerError."""
    lock = locks.opened(lock_path(var, engine, "clients"))
    try:
        # Waits for a keeper that is just stopping its server.
        locks.take(lock, locks.SHARED)
        with locks.held(lock_path(var, engine, "start")):
            address = started_or_found(engine, var)
    except BaseException:
        os.close(lock)
        raise
    _held[engine.name] = lock
    _data[engine.name] = str(address["data"])
    return address


def started_or_found(engine: Engine, var: Path) -> dict[str, str | int]:
    """Return the address of the living keeper's server, or start a keeper. Raises LocalServerError."""
    deadline = time.monotonic() + JOIN_SECONDS
    while not locks.is_free(lock_path(var, engine, "keeper")):
        # A keeper whose starter was killed meanwhile may still be starting its server.
        if address := read_address(engine, var):
            return address
        if time.monotonic() > deadline:
            raise LocalServerError(f"{engine.title} does not come up: see {engine.log(var)}, or set {engine.variable}.")
        time.sleep(0.05)
    return start_keeper(engine, var)


def start_keeper(engine: Engine, var: Path) -> dict[str, str | int]:
    """Start a keeper, wait until its server is ready and return the address. Raises LocalServerError."""
    fsync = "no-fsync" if os.environ.get("LOCAL_FSYNC", "").strip() == "False" else "fsync"
    folders.make_private(var / "log")
    with (var / "log" / "keeper.log").open("ab") as log:
        starter = subprocess.Popen(
            [sys.executable, "-m", "cors.services.keeper", engine.name, str(var), fsync],
            cwd=BASE_DIR,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    said = starter.communicate()[0]
    if not said:
        raise LocalServerError(f"{engine.title} could not be started: see {var / 'log' / 'keeper.log'}.")
    address: dict[str, str | int] = json.loads(said)
    if "fault" in address:
        raise LocalServerError(str(address["fault"]))
    return address


def read_address(engine: Engine, var: Path) -> dict[str, str | int] | None:
    """Return the address that the living keeper wrote, or None while its server is still starting."""
    try:
        address: dict[str, str | int] = json.loads(address_path(var, engine).read_text())
    except FileNotFoundError:
        return None
    return address


def kept_text(path: Path, make: Callable[[], str]) -> str:
    """Return the text of a file of this VAR_DIR, which is made once and readable by its owner only."""
    with locks.held(path.parent / "run" / "keys.lock"):
        if not path.exists():
            write_whole(path, make())
        return path.read_text().strip()


def new_secret_key() -> str:
    """Return 64 random characters."""
    return secrets.token_urlsafe(48)


def new_keyring() -> str:
    """Return the text of a keyring with one key."""
    # Imported here: the keeper runs on the standard library alone.
    from reports import vault

    return vault.new_keyring()
