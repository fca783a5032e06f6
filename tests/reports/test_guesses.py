"""Guesses at access codes by the thousand find nothing, cost next to nothing and lock nobody out.

`make faults` guesses a hundred thousand times; every change a hundred times.
"""

import os
import random
import re
import time
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from reports import codes, counters, proofs, slowing
from reports.audit import RESIDENT
from reports.intake import resume
from reports.models import Draft, Report
from reports.status import actions
from tests.resident import Receipt, Resident

GUESSES = 100_000 if int(os.environ.get("FAULTS", "0")) >= 100 else 96
OF_ONE_ADDRESS = "198.51.100.7"
UNKNOWN = "R-0000-0000"
# The same guesses each time.
CHANCE = random.Random(7)  # noqa: S311


class Counting(PasswordHasher):
    """Argon2id as it is, counted."""

    made = 0

    def verify(self, *args: Any, **kwargs: Any) -> Any:
        """Count one."""
        Counting.made += 1
        return super().verify(*args, **kwargs)


@pytest.fixture(autouse=True)
def hashes(monkeypatch: pytest.MonkeyPatch) -> type[Counting]:
    """Count how often Argon2id works."""
    own = proofs.HASHER
    monkeypatch.setattr(proofs, "HASHER", Counting(own.time_cost, own.memory_cost, own.parallelism))
    monkeypatch.setattr(Counting, "made", 0)
    return Counting


def ask(reference: str, code: str, *, address: str = OF_ONE_ADDRESS, ticket: str = "") -> HttpResponse:
    """Post the form of the status page from an address."""
    browser = Resident()
    asked = {"reference": reference, "access_code": code, "ticket": ticket}
    return browser.client.post(browser.url("status:find"), asked, REMOTE_ADDR=address)


def after_waiting(ticket: str) -> str:
    """Return the ticket as it is once its holder has waited."""
    digest, at = signing.loads(ticket, salt="slowing")
    return signing.dumps([digest, at - slowing.LONGEST_WAIT - 0.1], salt="slowing")


def patiently(reference: str, code: str, *, address: str = OF_ONE_ADDRESS) -> HttpResponse:
    """Ask as a page tells its reader to: wait when it says so, then press the button again."""
    answer = ask(reference, code, address=address)
    if answer.status_code != 429:
        return answer
    return ask(reference, code, address=address, ticket=after_waiting(answer.context["ticket"]))


def anybodys() -> str:
    """Return a code as somebody would guess it."""
    return "".join(CHANCE.choices(codes.ALPHABET, k=codes.ACCESS_CODE_LENGTH))


def anywhere() -> str:
    """Return an address of somebody's machine."""
    return f"198.51.{CHANCE.randrange(256)}.{CHANCE.randrange(256)}"


def test_guesses_find_nothing_cost_nothing_and_lock_nobody_out(receipt: Receipt, hashes: type[Counting]) -> None:
    answers, opened = [], []
    for number in range(GUESSES):
        # Half of them at one report, half at any; a quarter of each is patient and comes back with its ticket.
        reference = receipt.reference if number % 2 else codes.new_reference()
        is_patient = number % 8 < 2
        guess = patiently if is_patient else ask
        answer = guess(reference, anybodys(), address=anywhere())
        answers.append((number % 2, is_patient, answer.status_code))
        if number % (GUESSES // 4) == GUESSES // 8:
            # Meanwhile its holder, from home and out of the very network that the guesses come from.
            homes = ("203.0.113.5", OF_ONE_ADDRESS)
            opened += [patiently(receipt.reference, receipt.access_code, address=each).status_code for each in homes]
    assert {status for _one, _patient, status in answers} == {200, 429}
    assert answers.count((1, False, 200)) <= slowing.FREE + 1
    assert opened == [302] * 8
    # The holder's own, and one guess in 65,536.
    assert hashes.made - len(opened) <= 3 + GUESSES // 8192
    for name in (slowing._key("status:" + receipt.reference), "wrong:all"):
        counters.forget(name)
    assert ask(receipt.reference, receipt.access_code).status_code == 302


def test_guesses_at_one_report_are_slowed_wherever_they_come_from(receipt: Receipt) -> None:
    answers = [ask(receipt.reference, anybodys(), address=f"192.0.2.{each}").status_code for each in range(12)]
    assert answers == [200] * (slowing.FREE + 1) + [429] * (11 - slowing.FREE)


def bare(answer: HttpResponse, reference: str) -> str:
    """Return a page without what is different each time: the reference that was typed, and the form's token."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)
    return text.replace(reference, "")


def test_wrong_and_unknown_are_the_same_answer_and_the_same_work(receipt: Receipt, hashes: type[Counting]) -> None:
    pages, work = [], []
    for reference in (receipt.reference, UNKNOWN):
        before = hashes.made
        with CaptureQueriesContext(connection) as captured:
            answer = ask(reference, "0000-0000-0000")
        free = {"X-Request-ID", "Set-Cookie"}
        headers = sorted((name, value) for name, value in answer.headers.items() if name not in free)
        pages.append((answer.status_code, bare(answer, reference), headers))
        work.append((hashes.made - before, [query["sql"].replace(reference, "") for query in captured]))
    assert pages[0] == pages[1]
    assert work[0] == work[1]
    assert work[0][0] == 0


def passing(name: str, right: str) -> str:
    """Return a wrong code that has the mark of the right one."""
    marked = proofs.mark(name, right)
    while proofs.mark(name, guess := anybodys()) != marked or guess == right:
        pass
    return guess


def test_the_guess_that_has_the_mark_fails_by_its_hash(receipt: Receipt, monkeypatch: Any, hashes: Any) -> None:
    # A short mark, so that one is found soon; the report's own is made anew for it.
    monkeypatch.setattr(proofs, "MARK_BYTES", 1)
    right = codes.understand(receipt.access_code)
    Report.objects.update(access_mark=proofs.mark(receipt.reference, right))
    for number, (reference, code) in enumerate([(receipt.reference, right), (UNKNOWN, "")], start=1):
        assert actions.find(reference=reference, access_code=passing(reference, code), by=RESIDENT) is None
        assert hashes.made == number
    assert ask(receipt.reference, receipt.access_code).status_code == 302


def test_marks_depend_on_report_code_and_keyring(db: None) -> None:
    made = {proofs.mark(name, code) for name in ("R-AAAA-AAAA", "R-AAAA-AAAB") for code in ("0" * 12, "0" * 11 + "1")}
    assert len(made) == 4
    assert all(0 <= each < 65_536 for each in made)


def test_a_report_from_before_the_marks_opens_by_its_hash(receipt: Receipt, hashes: type[Counting]) -> None:
    Report.objects.update(access_mark=None)
    assert ask(receipt.reference, "0000-0000-0000").status_code == 200
    assert ask(receipt.reference, receipt.access_code).status_code == 302
    assert hashes.made == 2


def test_only_the_right_code_of_a_draft_is_worth_its_hash(resident: Resident, hashes: type[Counting]) -> None:
    pk = resident.begin("lost-property")
    resident.client.post(resident.url("intake:later", pk))
    right = codes.understand(resume.code_of(Draft.objects.get()))
    other = "0" if right[-1] != "0" else "1"
    for wrong in (right[:-1] + other, other * codes.RESUME_CODE_LENGTH, "", right[: resume.HALF]):
        assert resume.find(code=wrong, by=RESIDENT) is None
    assert hashes.made == 0
    assert resume.find(code=right, by=RESIDENT)
    assert hashes.made == 1


def test_the_hash_of_a_code_is_slow_enough_to_be_worth_the_mark() -> None:
    begun = time.process_time()
    proofs.fits("", "0" * 12)
    hashed = time.process_time() - begun
    begun = time.process_time()
    for _each in range(20):
        proofs.mark(UNKNOWN, "0" * 12)
    assert time.process_time() - begun < hashed
