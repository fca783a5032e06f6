"""Ready questions, and words of the officer's own: what the resident reads of them."""

import pytest
from django.utils import translation

from accounts.models import Role, User
from reports.models import Message, MessageTemplate, Passage, Report
from reports.processing import actions as processing
from reports.ready import worded
from reports.review import actions as review
from reports.review import claiming
from reports.translating import actions as translating
from tests.desk import decide, show
from tests.resident import Receipt, Resident

OWN = "The one on the left?"


@pytest.fixture
def hispano(db: None) -> Resident:
    """A resident who reads Spanish."""
    return Resident("es")


@pytest.fixture
def filed(hispano: Resident, olga: User) -> Receipt:
    """A report in Spanish, claimed by Olga."""
    receipt = hispano.file("theft-from-vehicle")
    processing.work()
    claiming.claim(report_id=receipt.report.pk, by=olga)
    return receipt


def said(resident: Resident, receipt: Receipt) -> dict[str, object]:
    """Return the last message as the resident's page shows it."""
    return resident.come_back(receipt).context["messages"][-1]


def test_a_ready_question_is_read_in_the_residents_language(filed: Receipt, hispano, olga, at_desk) -> None:
    decide(at_desk(olga), filed.report, "ask", question="photos", text="")
    assert Message.objects.get().question == "photos"
    with translation.override("es"):
        wanted = worded("photos")
    assert said(hispano, filed)["question"] == wanted
    assert not Passage.objects.exclude(message=None).exists()
    page = show(at_desk(olga), filed.report).text
    with translation.override("en"):
        assert worded("photos") in page


def test_it_may_come_with_words_of_ones_own(filed: Receipt, hispano: Resident, olga: User, at_desk) -> None:
    decide(at_desk(olga), filed.report, "ask", question="photos", text=OWN)
    message = said(hispano, filed)
    assert (bool(message["question"]), message["text"]) == (True, OWN)
    assert Passage.objects.get(message__question="photos").target == "es"


def test_the_resident_is_told_that_a_translation_comes(filed: Receipt, hispano: Resident, olga: User) -> None:
    review.ask(report_id=filed.report.pk, text=OWN, by=olga)
    message = said(hispano, filed)
    assert (message["awaits_translation"], message["translation"], message["text"]) == (True, "", OWN)


def test_the_resident_reads_translation_and_original(filed: Receipt, hispano, olga, staff, at_desk) -> None:
    review.ask(report_id=filed.report.pk, text=OWN, by=olga)
    tara = staff("tara", Role.TRANSLATOR, languages=["es"])
    passage = Passage.objects.get(target="es")
    translating.write(passage_id=passage.pk, words="¿La de la izquierda?", version=0, by=tara)
    message = said(hispano, filed)
    assert (message["translation"], message["by_machine"], message["text"]) == ("¿La de la izquierda?", False, OWN)
    page = hispano.come_back(filed).text
    assert page.index("¿La de la izquierda?") < page.index(OWN)
    assert "tara" not in page
    shown = show(at_desk(olga), filed.report).text
    assert "¿La de la izquierda?" in shown
    assert "Translated by tara on" in " ".join(shown.split())


def test_the_letter_holds_no_word_of_it(filed: Receipt, olga: User, mailoutbox) -> None:
    review.ask(report_id=filed.report.pk, text=OWN, question="photos", by=olga)
    processing.work()
    assert OWN not in mailoutbox[-1].body
    assert worded("photos") not in mailoutbox[-1].body


def test_an_english_reader_gets_no_translation(queued: Report, resident, receipt, olga: User) -> None:
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text=OWN, by=olga)
    assert not Passage.objects.exists()
    assert "translation" not in said(resident, receipt)


def test_every_key_of_a_template_fits_its_column() -> None:
    assert MessageTemplate._meta.get_field("key").max_length <= Message._meta.get_field("question").max_length
