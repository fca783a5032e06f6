"""Residents by the dozen: a small HTTP client on asyncio, in this process, with keep-alive and cookies.

It costs about 0.1 ms of processor time for each request, a tenth of what the barest view costs, and the portal and the
bare view pay it alike. It asks the next page as soon as the last one is there.
"""

import asyncio
import os
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    body: bytes
    location: str
    milliseconds: float


@dataclass
class Browser:
    """One connection, with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: ".".join(["10", *(str(each) for each in os.urandom(3))]))
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Get a page."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, fields: dict[str, object]) -> Answer:
        """Post a form with this browser's token."""
        token = {"csrfmiddlewaretoken": self.cookies["csrf"]} if "csrf" in self.cookies else {}
        return await self._ask("POST", path, urlencode({**fields, **token}, doseq=True).encode())

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
        lines.append(f"X-Forwarded-For: {self.address}")
        lines += [f"Cookie: {cookies}"] if cookies else []
        lines += ["Content-Type: application/x-www-form-urlencoded"] if body else []
        request = "\r\n".join([*lines, "", ""]).encode() + body
        begun = time.perf_counter()
        for _ in range(2):
            try:
                return await self._exchange(request, begun)
            except (ConnectionError, asyncio.IncompleteReadError):
                # The server has closed a connection that was kept.
                await self.close()
        return await self._exchange(request, begun)

    async def _exchange(self, request: bytes, begun: float) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        reader, writer = self.streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        headers = [line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:]]
        length = next((int(value) for name, _, value in headers if name.lower() == "content-length"), 0)
        body = await reader.readexactly(length) if length else b""
        milliseconds = (time.perf_counter() - begun) * 1000
        for name, _, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if any(name.lower() == "connection" and value == "close" for name, _, value in headers):
            await self.close()
        location = next((value for name, _, value in headers if name.lower() == "location"), "")
        return Answer(int(head.split(b" ", 2)[1]), body, location, milliseconds)

    async def close(self) -> None:
        """Hang up."""
        if self.streams:
            self.streams[1].close()
            self.streams = None


@dataclass
class Run:
    """What a load came to."""

    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        """How many per second."""
        return len(self.times) / self.seconds


def drive_pages(port: int, path: str, *, cookies: dict[str, str], at_once: int = 16, seconds: float = 3.0) -> Run:
    """Ask for one page, so many at once."""

    async def all_of_them() -> Run:
        browsers = [Browser(port, dict(cookies)) for _ in range(at_once)]
        times: list[float] = []
        begun = time.perf_counter()

        async def resident(browser: Browser) -> None:
            while time.perf_counter() < begun + seconds:
                answer = await browser.get(path)
                if answer.status != 200:
                    raise RuntimeError(f"a page answered {answer.status}")
                times.append(answer.milliseconds)

        await asyncio.gather(*map(resident, browsers))
        seconds_taken = time.perf_counter() - begun
        await asyncio.gather(*(browser.close() for browser in browsers))
        return Run(seconds_taken, times)

    return asyncio.run(all_of_them())
