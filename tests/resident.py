"""A resident who files by the pages, as a browser without JavaScript would."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import translation

from reports.models import Report, ReportType

NO = "no"
STORY = "Somebody broke the window of my car. Ventana rota, 차 유리창, شیشه ماشین."
PERSON = {"part": "myself", "name": "Ana Flores", "email": "ana@example.org", "phone": "+1 213 555 0142"}
WHEN = {"date": "2026-03-02", "time": "21:30"}
SCREENING = {
    "lost-property": {"in-city": "yes", "stolen": NO, "firearm": NO},
    "theft-from-vehicle": {
        "happening-now": NO,
        "in-city": "yes",
        "freeway": NO,
        "hurt-or-threatened": NO,
        "vehicle-taken": NO,
        "firearm": NO,
        "known-suspect": NO,
    },
    "hate-incident": {
        "in-danger": NO,
        "in-city": "yes",
        "threat": NO,
        "contact-or-injury": NO,
        "damage": NO,
        "weapon": NO,
        "stalking": NO,
    },
}


def rows(*forms: dict[str, str]) -> dict[str, str]:
    """Return a formset's fields as a browser posts them."""
    posted = {f"form-{at}-{name}": value for at, form in enumerate(forms) for name, value in form.items()}
    return posted | {"form-TOTAL_FORMS": str(len(forms)), "form-INITIAL_FORMS": "0"}


ITEMS = rows({"kind": "75", "brand": "Fairphone", "serial": "SN-0042-XY", "value": "499.50", "quantity": "1"})
VEHICLES = rows({"plate": "7ABC123", "plate_from": "California", "make": "Toyota", "colour": "blue"})
ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "lost-property": {
        "when": WHEN,
        "where": {"address": "200 N Spring St", "area": "1", "premise": "13"},
        "items": ITEMS,
        "questions": {"lost-and-found": "asked"},
        "narrative": {"story": STORY},
        "files": {},
        "person": PERSON,
    },
    "theft-from-vehicle": {
        "when": WHEN,
        "where": {"address": "6th and Main", "area": "1", "premise": "18"},
        "vehicles": VEHICLES,
        "items": ITEMS,
        "questions": {"way-in": "window"},
        "narrative": {"story": STORY},
        "files": {},
        "person": PERSON,
    },
    "hate-incident": {
        "bias": {"motivations": ["14"], "acts": ["words"], "target": "me", "words": "a slur"},
        "when": WHEN,
        "where": {"area": "1", "premise": "50"},
        "questions": {"happened-before": "no"},
        "narrative": {"story": "A person shouted at me in the park."},
        "files": {},
        "person": {"part": "myself", "anonymous": "on"},
    },
}


@dataclass(frozen=True)
class Receipt:
    """What the thank-you page showed."""

    reference: str
    access_code: str

    @property
    def report(self) -> Report:
        """The stored report."""
        return Report.objects.get(reference=self.reference)


class Resident:
    """One browser."""

    def __init__(self, language: str = "en", **headers: str) -> None:
        self.client, self.language = Client(headers=headers or None), language

    def url(self, name: str, *args: Any) -> str:
        """Return the address in the resident's language."""
        with translation.override(self.language):
            return reverse(name, args=args)

    def begin(self, slug: str) -> UUID:
        """Start a draft and return its id."""
        pk = ReportType.objects.get(slug=slug, state="live").pk
        response = self.client.post(self.url("intake:begin", pk))
        assert response.status_code == 302, response.content
        return UUID(response.url.split("/report/")[1].split("/")[0])

    def fill(self, draft: UUID, step: str, answers: dict[str, Any], go: str = "next", query: str = "") -> Any:
        """Post one step."""
        return self.client.post(self.url("intake:step", draft, step) + query, {**answers, "go": go})

    def answer_all(self, slug: str, **changes: dict[str, Any]) -> UUID:
        """Fill every step with valid answers and return the draft's id."""
        draft = self.begin(slug)
        for step, answers in ({"screening": SCREENING[slug]} | ANSWERS[slug] | changes).items():
            response = self.fill(draft, step, with_area(answers))
            assert response.status_code == 302, (step, response.context["form"].errors)
        return draft

    def submit(self, draft: UUID) -> Any:
        """Press Send on the check page."""
        return self.client.post(self.url("intake:submit", draft), {"truth": "on"})

    def file(self, slug: str, **changes: dict[str, Any]) -> Receipt:
        """Go the whole way and return what the thank-you page shows."""
        draft = self.answer_all(slug, **changes)
        assert self.submit(draft).status_code == 302
        shown = self.client.get(self.url("intake:sent", draft)).context
        return Receipt(shown["reference"], shown["access_code"])

    def come_back(self, receipt: Receipt) -> Any:
        """Open the status page and return it."""
        asked = {"reference": receipt.reference, "access_code": receipt.access_code}
        return self.client.post(self.url("status:find"), asked, follow=True)


def with_area(answers: dict[str, Any]) -> dict[str, Any]:
    """Turn an area's number into its id."""
    from reports.models import Area

    if "area" not in answers:
        return answers
    return {**answers, "area": str(Area.objects.get(number=answers["area"]).pk)}
