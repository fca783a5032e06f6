"""The product as production serves it, DEBUG off and TLS on, on servers of its own, with the demonstration's data."""

import os
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.faults.servers import Broker, Mail, Scanner, Translator, as_production, served
from tests.product import BASE_DIR, clean_environment, free_port, wait_for
from tests.proxy import make_certificate

REPORTS = 12
PREPARED = (
    ["migrate", "-v0"],
    ["compile_catalogues"],
    ["load_catalogue", "-v0"],
    ["demo_accounts"],
    ["demo_data", "--reports", str(REPORTS), "--processes", "1", "-v0"],
)
# What as_production leaves out, since its other readers do without TLS.
OVER_TLS = {"SECURE_COOKIES": "True", "SECURE_SSL_REDIRECT": "True", "SECURE_HSTS_SECONDS": "31536000"}


class Served:
    """Web, worker and beat, and what they lean on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (self.folder / "var").mkdir()
        make_certificate(self.folder)
        self.port, self.log = free_port(), self.folder / "portal.log"
        self.broker, self.mail, self.scanner, self.translator = Broker(), Mail(), Scanner(), Translator()
        self.broker.start()
        self.environment = clean_environment(**self.variables())
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"https://localhost:{self.port}"

    def variables(self) -> dict[str, str]:
        """Return production's settings."""
        own = {
            "SECRET_KEY": "s" * 60,
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "LOG_LEVEL": "WARNING",
            "GUNICORN_CMD_ARGS": f"--certfile {self.folder}/fullchain.pem --keyfile {self.folder}/privkey.pem",
        }
        return as_production(self.folder, self.broker, self.mail, self.scanner, self.translator) | OVER_TLS | own

    def trust(self) -> ssl.SSLContext:
        """Return a client's context that trusts this product's certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def start(self) -> "Served":
        """Fill the database, as a machine of one's own does, and serve it as production does."""
        for command in PREPARED:
            self.manage(*command, DEBUG="True")
        self.process = served(self.port, self.environment, log=self.log)
        wait_for(self.answers, what=f"the portal to answer: {self.log}")
        return self

    def manage(self, *command: str, **changed: str) -> None:
        """Run a command beside it."""
        line, environment = [sys.executable, "manage.py", *command], self.environment | changed
        done = subprocess.run(line, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def answers(self) -> bool:
        """Tell whether it is served."""
        address, trust = ("localhost", self.port), self.trust()
        with suppress(OSError), trust.wrap_socket(socket.create_connection(address, 1), server_hostname="localhost"):
            return True
        return False

    def stop(self) -> None:
        """End everything."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
        for each in (self.broker, self.mail, self.scanner, self.translator):
            each.close()
