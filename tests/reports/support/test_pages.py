"""Where residents read of other help."""

import pytest

from reports.catalogue import live
from reports.models import SupportOrganisation
from tests.resident import SCREENING, Resident

pytestmark = pytest.mark.django_db

NUMBERS = ["833-866-4283", "211", "911"]


def shows_all(text: str) -> list[bool]:
    return [f'href="tel:{number}"' in text for number in NUMBERS] + ["CA vs Hate" in text]


def test_the_thank_you_page_and_the_status_page_of_a_hate_report_name_them(resident: Resident) -> None:
    draft = resident.answer_all("hate-incident")
    resident.submit(draft)
    sent = resident.client.get(resident.url("intake:sent", draft))
    codes = {name: sent.context[name] for name in ("reference", "access_code")}
    status = resident.client.post(resident.url("status:find"), codes, follow=True)
    for page in (sent, status):
        assert "Others who can help you" in page.text
        assert all(shows_all(page.text))


@pytest.mark.parametrize("answer", ["threat", "in-danger"])
def test_the_page_that_ends_a_hate_report_names_them(resident: Resident, answer: str) -> None:
    draft = resident.begin("hate-incident")
    stopped = resident.fill(draft, "screening", SCREENING["hate-incident"] | {answer: "yes"})
    assert all(shows_all(resident.client.get(stopped.url).text))


def test_other_reports_are_not_told_of_hate(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    resident.submit(draft)
    page = resident.client.get(resident.url("intake:sent", draft))
    assert "Others who can help you" not in page.text
    stopped = resident.fill(
        resident.begin("lost-property"), "screening", SCREENING["lost-property"] | {"firearm": "yes"}
    )
    assert "Others who can help you" not in resident.client.get(stopped.url).text


def test_a_website_is_text_and_link_and_does_not_learn_where_one_comes_from(resident: Resident) -> None:
    SupportOrganisation.objects.create(
        key="site", name="Site <b>", needs=["legal"], url="https://help.example/", languages=["en"]
    )
    live.clear()
    draft = resident.answer_all("lost-property")
    resident.submit(draft)
    text = " ".join(resident.client.get(resident.url("intake:sent", draft)).text.split())
    assert 'href="https://help.example/" rel="noreferrer noopener"><bdi dir="ltr">https://help.example/</bdi>' in text
    assert "Site &lt;b&gt;" in text
    assert "Legal help" in text
