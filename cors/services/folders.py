"""Where the local servers keep their things, and as whom they run."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cors.services.fault import LocalServerError

# A Unix socket's path holds about 107 bytes, so sockets cannot lie deep under a checkout.
SOCKET_ROOT = Path("/tmp")
ROOTS_DATA = Path("/var/lib")


@dataclass(frozen=True, kw_only=True)
class Account:
    """The unprivileged user that servers run as when root starts them: PostgreSQL refuses root."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Return the account to drop to, or None for an ordinary user. Raises LocalServerError where root has none."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise LocalServerError(
            "PostgreSQL refuses to run as root and there is no user `nobody` to run it as: start this as an "
            "ordinary user, or set DATABASE_URL and REDIS_URL."
        ) from None
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def digest(var: Path) -> str:
    """Return a short name for this VAR_DIR, different for every checkout."""
    return hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]


def make_private(folder: Path, *, mode: int = 0o700) -> Path:
    """Make the folder and its parents where missing, closed to others. Raises LocalServerError."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir():
            folder.mkdir(mode=mode, exist_ok=True)
            folder.chmod(mode)
    except OSError as error:
        raise LocalServerError(
            f"The folder {folder} cannot be made ({error.strerror}): make room or set VAR_DIR to a folder of yours."
        ) from None
    return folder


def var_folder(var: Path) -> Path:
    """Return VAR_DIR, made where missing. Root's may be entered, but not read, by the servers' account."""
    return make_private(var, mode=0o711 if os.geteuid() == 0 else 0o700).resolve()


def may_run(program: Path, account: Account | None) -> bool:
    """Tell whether the account may enter the folder, or run the file, after every folder above it."""
    if account is None:
        return os.access(program, os.X_OK)
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0"', str(program)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return asked.returncode == 0


def data_root(var: Path, account: Account | None) -> Path:
    """Return VAR_DIR, or for root a folder elsewhere when the checkout lies where the servers' account cannot go."""
    if may_run(var, account):
        return var
    return make_private(ROOTS_DATA / f"cors-{digest(var)}", mode=0o711)


def give(path: Path, account: Account | None) -> None:
    """Make the account the owner of a file or folder."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def socket_folder(var: Path, account: Account | None) -> Path:
    """Return the short, closed folder of this VAR_DIR's sockets. Raises LocalServerError if another user took it."""
    folder = SOCKET_ROOT / f"cors-{os.geteuid()}-{digest(var)}"
    owner = os.geteuid() if account is None else account.uid
    try:
        folder.mkdir(mode=0o700)
        give(folder, account)
    except FileExistsError:
        pass
    except OSError as error:
        raise LocalServerError(f"The folder {folder} cannot be made ({error.strerror}).") from None
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
        raise LocalServerError(f"{folder} is not a closed folder of this user: remove it and start again.")
    return folder


def runnable(program: Path, *, bundle: Path, parts: tuple[str, ...], copy: Path, account: Account | None) -> Path:
    """Return PROGRAM, or where the account cannot run it, the same program in a copy of the bundle's parts."""
    if may_run(program, account):
        return program
    if not copy.is_dir():
        fresh = copy.with_name(f"{copy.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for part in parts:
            shutil.copytree(bundle / part, fresh / part, ignore=shutil.ignore_patterns("*.a", "include", "*.pyc"))
        open_to_all(fresh)
        fresh.rename(copy)
    return copy / program.relative_to(bundle)


def open_to_all(tree: Path) -> None:
    """Let every user read the tree and run its programs, whatever the umask was when it was installed."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        runs = path.is_dir() or os.access(path, os.X_OK)
        path.chmod(0o755 if runs else 0o644)


def sync(folder: Path) -> None:
    """Make a rename within the folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
