"""Proof of work: a browser with script brings one; without script nobody is asked, and nobody is ever refused."""

import time
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from reports import codes
from reports.intake import guard, work
from reports.models import Report
from tests.desk import show
from tests.resident import Resident


def worked(challenge: str) -> str:
    """Do in Python what the page's script does."""
    return ".".join(
        str(next(number for number in count() if work.fits(challenge, part, number))) for part in range(work.PARTS)
    )


@pytest.fixture(scope="module")
def draft() -> UUID:
    return codes.new_id()


@pytest.fixture(scope="module")
def done(draft: UUID) -> tuple[str, str]:
    """A challenge and its proof."""
    challenge = work.challenge(draft)
    return challenge, worked(challenge)


def test_work_done_is_known_again(draft: UUID, done: tuple[str, str]) -> None:
    assert work.is_proof(done[1], challenge=done[0], draft_id=draft)


def test_it_is_of_no_use_for_another_draft(done: tuple[str, str]) -> None:
    assert not work.is_proof(done[1], challenge=done[0], draft_id=codes.new_id())


@pytest.mark.parametrize(("age", "counts"), [(23, True), (25, False)])
def test_it_holds_for_a_day(draft: UUID, age: int, counts: bool) -> None:
    challenge = work.challenge(draft, given=int(time.time()) - age * 3600)
    assert work.is_proof(worked(challenge), challenge=challenge, draft_id=draft) is counts


def test_a_challenge_of_ones_own_is_worth_nothing(draft: UUID) -> None:
    forged = f"{int(time.time())}-{'0' * 32}"
    assert not work.is_proof(worked(forged), challenge=forged, draft_id=draft)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda proof: "",
        lambda proof: proof.rpartition(".")[0],
        lambda proof: f"{proof}.0",
        lambda proof: ".".join(reversed(proof.split("."))),
        lambda proof: ".".join(["0"] * work.PARTS),
        lambda proof: f" {proof}",
        lambda proof: proof.replace("1", "١"),
        lambda proof: "9" * 1_000_000,
        lambda proof: "-1" + proof,
    ],
    ids=["none", "short", "long", "turned", "noughts", "blank", "other-digits", "huge", "negative"],
)
def test_anything_else_is_none(draft: UUID, done: tuple[str, str], spoil: Any) -> None:
    assert not work.is_proof(spoil(done[1]), challenge=done[0], draft_id=draft)


@pytest.mark.parametrize("challenge", ["", "x", "1-2", "9" * 1_000_000, "١٢٣٤٥٦٧٨٩٠-" + "0" * 32])
def test_nonsense_for_a_challenge_is_no_error(draft: UUID, done: tuple[str, str], challenge: str) -> None:
    assert not work.is_proof(done[1], challenge=challenge, draft_id=draft)


def test_what_is_hashed_fits_into_one_block(draft: UUID) -> None:
    """As the page's script takes for granted."""
    assert len(f"{work.challenge(draft)}.{work.PARTS - 1}.{10**7}") <= 55


# --- On the page -----------------------------------------------------------------
def fields(page: Any) -> dict[str, str]:
    """Return the challenge of a page as its script finds it."""
    asked = page.context["work"]
    assert f'value="{asked["challenge"]}"' in page.text
    assert f'data-parts="{work.PARTS}"' in page.text
    assert f'data-bits="{work.BITS}"' in page.text
    return {"challenge": asked["challenge"], "proof": "", "script": ""}


def send(resident: Resident, **sent: str) -> Report:
    """File with the hidden fields as given, and see the thank-you page."""
    draft = resident.answer_all("lost-property")
    asked = fields(resident.client.get(resident.url("intake:check", draft)))
    if sent.get("proof") == "worked":
        sent["proof"] = worked(asked["challenge"])
    answer = resident.client.post(resident.url("intake:submit", draft), {"truth": "on", **asked, **sent})
    assert answer.url == resident.url("intake:sent", draft)
    report = Report.objects.get()
    assert report.reference in resident.client.get(answer.url).text
    return report


def test_a_browser_that_has_worked_is_not_held(resident: Resident) -> None:
    assert send(resident, script="yes", proof="worked").held_for == ""


def test_a_browser_without_script_is_not_held(resident: Resident) -> None:
    assert send(resident).held_for == ""


@pytest.mark.parametrize("proof", ["", "1.2.3", ".".join(["1"] * work.PARTS)])
def test_a_browser_with_script_and_without_proof_is_taken_and_held(resident: Resident, proof: str) -> None:
    report = send(resident, script="yes", proof=proof)
    assert (report.held, report.held_for, report.state) == (True, "proof", "received")


def test_a_wrong_proof_is_held_even_if_it_hides_the_script(resident: Resident) -> None:
    assert send(resident, proof="1.2.3").held_for == "proof"


def test_a_filled_trap_tells_more_than_a_missing_proof(db: None) -> None:
    assert guard.sign(trap="x", drafts=[], address="", idle=True) == "trap"


def test_the_officer_reads_why(resident: Resident, olga: User, at_desk: Any) -> None:
    report = send(resident, script="yes")
    assert "proof of work is missing or wrong" in show(at_desk(olga), report).text


def test_a_call_back_is_checked_alike_and_keeps_no_trace_of_it(resident: Resident) -> None:
    draft = resident.begin("hate-incident")
    stopped = {"in-danger": "no", "in-city": "yes", "threat": "yes", "contact-or-injury": "no", "damage": "no"}
    resident.fill(draft, "screening", stopped | {"weapon": "no", "stalking": "no"})
    url = resident.url("intake:callback", draft)
    asked = fields(resident.client.get(url)) | {"script": "yes"}
    shown = resident.client.post(url, asked | {"phone": "no number"})
    assert work.FIELDS & {name for form in shown.context["forms"] for name in form.data} == set()
    resident.client.post(url, asked | {"phone": "213 555 0142"})
    assert Report.objects.get().held_for == "proof"
