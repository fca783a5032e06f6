"""Too much of one form, sent to the product itself: a clear answer in the resident's language, soon, and no error."""

import gzip
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings as conf

from reports.models import Attachment, Draft
from tests.resident import Resident

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "a-boundary"
PARTS = f"multipart/form-data; boundary={BOUNDARY}"
NOTHING_RECEIVED = {
    "en": "Nothing was received.",
    "es": "No recibimos nada.",
    "ar": "لم نستلم شيئًا.",
}
# CPU seconds, many times what it takes here.
MOST_SECONDS = 2.0


def parts(number: int, *, of_files: bool = False) -> bytes:
    """Return a form in parts: one of fields, or of files."""
    name = 'name="files"; filename="a.pdf"' if of_files else 'name="story"'
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\nx\r\n"
    return (part * number + f"--{BOUNDARY}--\r\n").encode()


SENT = {
    "10,000 fields": (FORM, urlencode([("story", "x")] * 10_000).encode(), {}),
    "100,000 fields": (FORM, b"a=&" * 100_000, {}),
    "10,000 names": (FORM, urlencode([(f"form-{number}-kind", "x") for number in range(10_000)]).encode(), {}),
    "10,000 parts": (PARTS, parts(10_000), {}),
    "10,000 files": (PARTS, parts(10_000, of_files=True), {}),
    "packed": (FORM, gzip.compress(b"story=" + b"x" * 10_000_000), {"Content-Encoding": "gzip"}),
    "packed parts": (PARTS, gzip.compress(parts(10)), {"Content-Encoding": "br"}),
    "more than a form weighs": (FORM, b"story=" + b"x" * 3_000_000, {}),
}


@pytest.fixture(params=NOTHING_RECEIVED)
def resident(request: pytest.FixtureRequest, db: None) -> Iterator[Resident]:
    """Speak one of three languages."""
    return Resident(request.param)


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
@pytest.mark.parametrize("step", ["narrative", "files"])
def test_it_is_refused_in_plain_words(resident: Resident, step: str, sent: tuple[str, bytes, dict[str, str]]) -> None:
    kind, body, headers = sent
    draft = resident.begin("lost-property")
    before, begun = Draft.objects.get(pk=draft).answers, time.process_time()
    answer = resident.client.post(resident.url("intake:step", draft, step), body, content_type=kind, headers=headers)
    assert time.process_time() - begun < MOST_SECONDS
    assert answer.status_code == 400
    assert NOTHING_RECEIVED[resident.language] in answer.text
    assert conf.EMERGENCY_PHONE in answer.text
    assert (Draft.objects.get(pk=draft).answers, Attachment.objects.count()) == (before, 0)
