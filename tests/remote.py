"""A resident at a served product, over HTTP: what the test client is to a view, this is to a process."""

import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from uuid import UUID

from tests.product import Product, references
from tests.resident import ANSWERS, SCREENING, Receipt, Resident


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands a redirect back instead of following it."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Return nothing: not followed."""


@dataclass
class Answer:
    """What a page answered, and after how many seconds."""

    status_code: int
    text: str
    url: str
    seconds: float


class HttpClient:
    """A browser's cookies and forms, no more."""

    def __init__(self, base: str) -> None:
        self.base, self.cookies = base, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect)

    def get(self, path: str) -> Answer:
        """Get a page."""
        return self.send(urllib.request.Request(self.base + path))

    def post(self, path: str, data: dict[str, Any] | None = None) -> Answer:
        """Post a form with its token."""
        if not self.token():
            self.get("/en/status/")
        fields = urllib.parse.urlencode({**(data or {}), "csrfmiddlewaretoken": self.token()}, doseq=True)
        return self.send(urllib.request.Request(self.base + path, data=fields.encode()))

    def token(self) -> str:
        """Return the form token of this browser, "" before the first form."""
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrf"), "")

    def send(self, request: urllib.request.Request) -> Answer:
        """Send and time one request."""
        begun = time.monotonic()
        try:
            response = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        text = response.read().decode()
        return Answer(response.status, text, response.headers.get("Location", ""), time.monotonic() - begun)


class RemoteResident(Resident):
    """Files at a served product; ids are asked from it once."""

    def __init__(self, product: Product, language: str = "en") -> None:
        self.client: Any = HttpClient(product.url)  # type: ignore[assignment]
        self.language = language
        self.types = known(product)["types"]
        self.area = known(product)["area"]

    def begin(self, slug: str) -> UUID:
        """Start a draft."""
        response = self.client.post(self.url("intake:begin", self.types[slug]))
        return UUID(response.url.split("/report/")[1].split("/")[0])

    def answer_all(self, slug: str, **changes: dict[str, Any]) -> UUID:
        """Fill every step."""
        draft = self.begin(slug)
        for step, answers in ({"screening": SCREENING[slug]} | ANSWERS[slug] | changes).items():
            response = self.fill(draft, step, answers | ({"area": self.area} if "area" in answers else {}))
            assert response.status_code == 302, response.text
        return draft

    def file(self, slug: str, **changes: dict[str, Any]) -> Receipt:
        """Go the whole way and return what the thank-you page shows."""
        draft = self.answer_all(slug, **changes)
        assert self.submit(draft).status_code == 302
        return self.read_receipt(draft)

    def come_back(self, receipt: Receipt) -> Answer:
        """Open the status page with reference and code; a redirect leads to it."""
        asked = {"reference": receipt.reference, "access_code": receipt.access_code}
        found: Answer = self.client.post(self.url("status:find"), asked)
        return found

    def read_receipt(self, draft: UUID) -> Receipt:
        """Read the thank-you page."""
        text = self.client.get(self.url("intake:sent", draft)).text
        code = text.split('class="code-value"')[2].split(">", 1)[1].split("<", 1)[0].strip()
        return Receipt(references(text)[0], code)


_known: dict[int, dict[str, Any]] = {}


def known(product: Product) -> dict[str, Any]:
    """Return the product's type ids by slug and the id of Central."""
    if product.port not in _known:
        shown = product.ask("dict(ReportType.objects.filter(state='live').values_list('slug', 'pk'))")
        pairs = (pair.split(":") for pair in shown.strip("{}").replace("'", "").split(","))
        types = {slug.strip(): int(pk) for slug, pk in pairs}
        _known[product.port] = {"types": types, "area": product.ask("Area.objects.get(number=1).pk")}
    return _known[product.port]
