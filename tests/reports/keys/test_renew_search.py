"""A new key of the search, and terms from before the search knew as much as today."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from reports import vault
from reports.audit import RESIDENT, SYSTEM
from reports.documents import opened
from reports.intake import resume
from reports.keys import actions
from reports.models import AuditEvent, Document, Draft
from reports.review import related, search_queries
from reports.review.search_terms import understand
from reports.status import actions as status
from tests.resident import Resident


def found(user: User, text: str) -> set[str]:
    """Return the references that a search shows, each with a reason."""
    query = understand(text)
    hits, _next = search_queries.page(user, query, search_queries.find(user, query))
    assert all(hit.why for hit in hits)
    return {hit.report.reference for hit in hits}


def test_both_keys_find_while_terms_are_made_anew(queued, olga, next_ring, monkeypatch) -> None:
    other = Resident().file("theft-from-vehicle").report
    both = {queued.reference, other.reference}
    next_ring("search")
    assert found(olga, "broke window") == found(olga, "213 555 0142") == both
    # Said after the change, of a report whose terms are still the old key's.
    status.add(report=queued, text="It had a red bell", by=RESIDENT)
    assert found(olga, "red bell window") == {queued.reference}

    monkeypatch.setattr(actions, "BATCH", 1)
    halted = actions._to_renew(everything=False)
    actions.found_by.renew(next(halted))
    assert len(set(Document.objects.values_list("terms_key", flat=True))) == 2
    new = Resident().file("theft-from-vehicle").report
    status.add(report=new, text="It had a red bell", by=RESIDENT)
    assert found(olga, "broke window") == both | {new.reference}
    assert found(olga, "red bell window") == {queued.reference, new.reference}
    assert related.of_report(new, opened(new), by=olga)[0].weight >= 100
    assert {each.reference for each in related.of_report(new, opened(new), by=olga)} == both

    assert actions.renew_search(by=SYSTEM).rows == 1
    next_ring("last")
    assert found(olga, "broke window") == both | {new.reference}
    assert found(olga, "red bell window") == {queued.reference, new.reference}
    assert AuditEvent.objects.get(verb="keys.renew_search").details == {"rows": 1, "shut": 0}
    assert actions.renew_search(by=SYSTEM).rows == 0


def test_no_term_of_the_key_before_is_left(queued, next_ring) -> None:
    before = set(Document.objects.get(report=queued).terms)
    next_ring("search")
    actions.renew_search(by=SYSTEM)
    assert before.isdisjoint(Document.objects.get(report=queued).terms)


def test_codes_stay_as_they_are(resident, receipt, next_ring) -> None:
    draft = Draft.objects.get(pk=resident.answer_all("lost-property"))
    resume.save(draft=draft, language="en", by=RESIDENT)
    code = resume.code_of(draft)
    next_ring("search")
    assert resume.find(code=code, by=RESIDENT) == draft
    call_command("renew_search", verbosity=0)
    next_ring("last")
    assert resume.find(code=code, by=RESIDENT) == draft
    assert resume.code_of(draft) == code
    page = resident.come_back(receipt)
    assert page.context["report"]["reference"] == receipt.reference


def test_terms_of_an_earlier_edition_are_made_anew(queued, olga, resident) -> None:
    """Rows from before the columns were there: no name of a key, and only the words of the document."""
    status.add(report=queued, text="It had a red bell", by=RESIDENT)
    document = Document.objects.get(report=queued)
    kept = document.terms
    Document.objects.filter(pk=document.pk).update(terms=kept[:3], terms_key="", terms_edition=0)
    assert found(olga, "red bell") == set()
    said = StringIO()
    call_command("renew_search", stdout=said)
    assert said.getvalue() == "The terms of 1 reports were made anew.\n"
    assert Document.objects.get(report=queued).terms == kept
    assert found(olga, "red bell") == {queued.reference}
    call_command("renew_search", "--all", stdout=said)
    assert said.getvalue().endswith("The terms of 1 reports were made anew.\n")


def test_what_does_not_open_is_named(queued, next_ring) -> None:
    Document.objects.filter(report=queued).update(sealed=b"\x01" + bytes(40))
    next_ring("search")
    with pytest.raises(CommandError, match=f"0 reports were done, 1 do not open .*: reports_document {queued.pk}"):
        call_command("renew_search", verbosity=0)


def test_the_search_page_serves_meanwhile(queued, olga, at_desk, next_ring) -> None:
    next_ring("search")
    page = at_desk(olga).post(reverse("review:search"), {"text": "broke the window"}, follow=True)
    assert queued.reference in page.content.decode()


def test_a_search_key_has_a_name_that_tells_nothing(next_ring) -> None:
    next_ring("search")
    names = vault.search_keys()
    assert len(set(names)) == 2
    assert all(len(name) == 8 for name in names)
    assert vault.made_with("") == vault.made_with("unknown") == names[1]
    assert vault.made_with(names[0]) == names[0]
    assert vault.keyed(["w:a"]) == vault.keyed(["w:a"], by=names[0]) != vault.keyed(["w:a"], by=names[1])
