"""A new key that seals, while the portal serves."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts import adapters
from accounts.models import User
from reports import vault
from reports.audit import RESIDENT, SYSTEM
from reports.documents import new_note, opened, read_messages, words_of_note
from reports.keys import actions
from reports.models import AuditEvent, Draft, Message, Note, Report, ReportKey
from reports.review import noting
from reports.status import actions as status
from tests.resident import Resident


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def factors(olga: User) -> list[Authenticator]:
    """An app, recovery codes and a passkey."""
    with adapters.secrets_of(olga):
        seal = adapters.FactorAdapter().encrypt
        kinds = {"totp": {"secret": seal("JBSW")}, "recovery_codes": {"seed": seal("ab12"), "used_mask": 5}}
    kinds["webauthn"] = {"name": "Key", "credential": {}}
    return [Authenticator.objects.create(user=olga, type=kind, data=data) for kind, data in kinds.items()]


def secret_of(factor: Authenticator, name: str) -> str:
    data = Authenticator.objects.get(pk=factor.pk).data
    return vault.open_text(data[name], place=adapters.factor_place(factor.user_id))


def test_everything_opens_before_during_and_after(resident, queued, factors, next_ring, monkeypatch) -> None:
    draft = Draft.objects.get(pk=resident.answer_all("lost-property"))
    story = opened(queued)["narrative"]["story"]
    next_ring("encryption")
    assert opened(fresh(queued))["narrative"]["story"] == story
    new = Resident().file("lost-property").report
    assert {queued.sealing_key.wrapped_by, draft.wrapped_by}.isdisjoint({new.sealing_key.wrapped_by})
    assert sum(actions.still_wrapped().values()) == 2

    monkeypatch.setattr(actions, "BATCH", 1)
    told: list[int] = []
    done = actions.rotate(by=SYSTEM, tell=told.append)
    assert (done.rows, done.shut) == (4, [])
    assert sum(told) == 5
    assert actions.still_wrapped() == {}

    next_ring("last")
    assert opened(fresh(queued))["narrative"]["story"] == story
    assert opened(fresh(new))
    assert len(Draft.objects.get(pk=draft.pk).key().secret) == vault.KEY_BYTES
    assert secret_of(factors[0], "secret") == "JBSW"
    assert secret_of(factors[1], "seed") == "ab12"
    assert Authenticator.objects.get(pk=factors[1].pk).data["used_mask"] == 5
    event = AuditEvent.objects.get(verb="keys.rotate")
    assert (event.subject, event.details) == ("keys", {"rows": 4, "shut": 0})


def test_a_draft_goes_on_after_a_rotation(resident, next_ring) -> None:
    draft = resident.answer_all("lost-property")
    for of in ("encryption", "last"):
        next_ring(of)
        actions.rotate(by=SYSTEM)
    assert resident.submit(draft).status_code == 302


def test_a_second_rotation_finds_nothing_to_do(queued, next_ring) -> None:
    next_ring("encryption")
    assert actions.rotate(by=SYSTEM).rows == 1
    before = bytes(ReportKey.objects.get(report=queued).wrapped)
    assert actions.rotate(by=SYSTEM).rows == 0
    assert bytes(ReportKey.objects.get(report=queued).wrapped) == before
    assert AuditEvent.objects.filter(verb="keys.rotate").count() == 1


def test_a_stopped_rotation_goes_on_where_it_was(resident, queued, next_ring, monkeypatch) -> None:
    for _each in range(2):
        resident.file("lost-property")
    next_ring("encryption")
    monkeypatch.setattr(actions, "BATCH", 1)

    def stop(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rotate(by=SYSTEM, tell=stop)
    assert sum(actions.still_wrapped().values()) == 2
    assert all(opened(report) for report in Report.objects.all())
    assert actions.rotate(by=SYSTEM).rows == 2


def test_what_does_not_open_is_named_and_left_as_it_is(resident, queued, next_ring) -> None:
    other = resident.file("lost-property").report
    spoiled = bytes(other.sealing_key.wrapped)[:-1] + b"\x00"
    ReportKey.objects.filter(report=other).update(wrapped=spoiled)
    next_ring("encryption")
    with pytest.raises(CommandError, match=f"1 rows were sealed anew, 1 do not open .* reports_reportkey {other.pk}"):
        call_command("rotate_keys", verbosity=0)
    assert bytes(ReportKey.objects.get(report=other).wrapped) == spoiled
    assert opened(fresh(queued))


def test_the_command_says_when_the_key_before_can_go(queued, next_ring) -> None:
    next_ring("encryption")
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    assert said.getvalue() == "1 rows were sealed anew. The newest key alone opens the database now.\n"


def test_a_key_moved_to_another_report_opens_nothing(resident, queued) -> None:
    other = resident.file("lost-property").report
    ReportKey.objects.filter(report=other).update(
        wrapped=queued.sealing_key.wrapped, wrapped_by=queued.sealing_key.wrapped_by
    )
    with pytest.raises(vault.CannotOpen):
        opened(fresh(other))


def swapped_cells(one: Report, other: Report) -> list[tuple[type, str]]:
    """Return the sealed columns of messages and notes that were exchanged between two reports."""
    done = []
    for model, rows in ((Message, "messages"), (Note, "notes")):
        first, second = getattr(one, rows).get(), getattr(other, rows).get()
        model.objects.filter(pk=first.pk).update(sealed=second.sealed)
        done.append((model, "sealed"))
    return done


def test_words_moved_to_another_row_do_not_open(resident, queued, olga) -> None:
    other = resident.file("theft-from-vehicle").report
    for report in (queued, other):
        status.add(report=report, text="more of it", by=RESIDENT)
        new_note(report, text="mind the dog", by=olga, at=report.reported_at).save(force_insert=True)
    assert len(swapped_cells(queued, other)) == 2
    with pytest.raises(vault.CannotOpen):
        read_messages(fresh(queued))
    with pytest.raises(vault.CannotOpen):
        words_of_note(queued.notes.get(), queued.sealing_key.unwrap())
    assert read_messages(fresh(other))
    assert noting.of_report(fresh(other))


def test_a_document_moved_to_another_report_does_not_open(resident, queued) -> None:
    other = resident.file("lost-property").report
    type(queued.document).objects.filter(report=other).update(sealed=queued.document.sealed)
    with pytest.raises(vault.CannotOpen):
        opened(fresh(other))


def test_the_key_of_the_data_does_not_open_in_a_column_beside(queued) -> None:
    key = queued.sealing_key.unwrap()
    with pytest.raises(vault.CannotOpen):
        vault.open_sealed(queued.document.sealed, key=key, place=queued.place("document.1"))
