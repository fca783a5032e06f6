"""A refused form stands at the address it was sent to: a reload or another language there is a GET."""

from accounts.models import User
from reports.models import Report
from tests.resident import Receipt, Resident


def test_another_language_on_a_refused_send_leads_to_the_check_page(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    assert resident.client.post(resident.url("intake:submit", draft), {}).status_code == 200
    spanish = Resident("es")
    answer = resident.client.get(spanish.url("intake:submit", draft))
    assert (answer.status_code, answer.url) == (302, spanish.url("intake:check", draft))


def test_another_language_on_a_refused_answer_leads_to_the_status_page(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    answer = resident.client.get(Resident("es").url("status:answer"))
    assert (answer.status_code, answer.url) == (302, Resident("es").url("status:show"))


def test_a_reload_of_a_refused_decision_leads_to_the_report(at_desk, olga: User, queued: Report) -> None:
    answer = at_desk(olga).get(f"/admin/review/{queued.pk}/decide/approve/")
    assert (answer.status_code, answer.url) == (302, f"/admin/review/{queued.pk}/")
