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
NO_TO_ALL = {"happening-now": NO, "in-city": "yes", "hurt-or-threatened": NO}
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
    "theft": NO_TO_ALL
    | dict.fromkeys(["freeway", "break-in", "from-vehicle", "vehicle-taken", "firearm", "known-suspect"], NO),
    "package-theft": NO_TO_ALL | dict.fromkeys(["break-in", "firearm", "known-suspect"], NO) | {"delivered": "yes"},
    "vehicle-parts": NO_TO_ALL
    | dict.fromkeys(["freeway", "vehicle-taken", "from-vehicle", "firearm", "known-suspect"], NO),
    "vandalism": NO_TO_ALL | dict.fromkeys(["freeway", "firearm", "fire", "break-in", "hate", "known-suspect"], NO),
    "graffiti": NO_TO_ALL | dict.fromkeys(["freeway", "hate", "known-suspect"], NO),
    "hit-and-run": {
        "happening-now": NO,
        "hurt": NO,
        "in-city": "yes",
        "freeway": NO,
        "threatened": NO,
        "drunk": NO,
        "known-suspect": NO,
    },
    "harassing-contact": {
        "in-danger": NO,
        "in-city": "yes",
        "threatened": NO,
        "stalking": NO,
        "court-order": NO,
        "firearm": NO,
        "hate": NO,
        "known-suspect": NO,
    },
    "identity-theft": NO_TO_ALL | {"only-card": NO, "known-suspect": NO},
    "card-fraud": NO_TO_ALL | {"new-accounts": NO, "known-suspect": NO},
    "illegal-dumping": NO_TO_ALL | dict.fromkeys(["freeway", "hazard", "firearm", "known-suspect"], NO),
    "supplement": {
        "in-danger": NO,
        "our-report": "yes",
        "new-event": NO,
        "hurt-or-threatened": NO,
        "firearm": NO,
        "known-suspect": NO,
    },
}


def rows(*forms: dict[str, str]) -> dict[str, str]:
    """Return a formset's fields as a browser posts them."""
    posted = {f"form-{at}-{name}": value for at, form in enumerate(forms) for name, value in form.items()}
    return posted | {"form-TOTAL_FORMS": str(len(forms)), "form-INITIAL_FORMS": "0"}


ITEMS = rows({"kind": "75", "brand": "Fairphone", "serial": "SN-0042-XY", "value": "499.50", "quantity": "1"})
VEHICLES = rows({"plate": "7ABC123", "plate_from": "California", "make": "Toyota", "colour": "blue"})
PLACE = {"address": "Vermont Ave and 8th St", "area": "20", "premise": "13"}
ONLINE = {"online": "calls to my phone", "area": "20"}
SUSPECTS = rows({"looks": "a grey beard", "sex": "M", "age": "45-64", "name": "Slim", "vehicle": "a red bicycle"})
NOBODY = rows({})
DAMAGE = rows({"thing": "home", "harm": "broken", "description": "front window", "cost": "350", "owner": "me"})
ACCOUNTS = rows({"kind": "credit", "institution": "Westside Bank", "last_digits": "4242", "loss": "1250.50"})
CONTACTS = rows(
    {
        "channel": "call",
        "account": "+1 213 555 0177",
        "times": "12",
        "first_date": "2026-02-01",
        "last_date": "2026-03-01",
    }
)
TOLD = {"narrative": {"story": STORY}, "files": {}, "person": PERSON}
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
    "theft": {
        "when": WHEN,
        "where": PLACE,
        "items": ITEMS,
        "suspects": SUSPECTS,
        "questions": {"how-taken": "left"},
        **TOLD,
    },
    "package-theft": {
        "when": WHEN,
        "where": PLACE,
        "items": ITEMS,
        "suspects": NOBODY,
        "questions": {"carrier": "Postal Service", "tracking": "9400 1000 0000"},
        **TOLD,
    },
    "vehicle-parts": {
        "when": WHEN,
        "where": PLACE,
        "vehicles": VEHICLES,
        "suspects": NOBODY,
        "questions": {"part": "catalytic", "part-cost": "1800"},
        **TOLD,
    },
    "vandalism": {
        "when": WHEN,
        "where": PLACE,
        "damage": DAMAGE,
        "suspects": SUSPECTS,
        "questions": {"cameras": "the bakery"},
        **TOLD,
    },
    "graffiti": {
        "when": {"unknown": "on"},
        "where": PLACE,
        "damage": rows({"thing": "wall", "harm": "painted"}),
        "suspects": NOBODY,
        "questions": {"still-there": "yes"},
        "narrative": {"story": STORY},
        "files": {},
        "person": {"part": "witness", "anonymous": "on"},
    },
    "hit-and-run": {
        "when": WHEN,
        "where": PLACE,
        "vehicles": rows(
            {"role": "mine", "plate": "7ABC123", "make": "Toyota", "damage": "back bumper"},
            {"role": "other", "colour": "white", "make": "Ford"},
        ),
        "suspects": NOBODY,
        "questions": {"parked": "parked", "damage-cost": "900"},
        **TOLD,
    },
    "harassing-contact": {"contacts": CONTACTS, "where": ONLINE, "questions": {"ended": "yes"}, **TOLD},
    "identity-theft": {
        "accounts": ACCOUNTS,
        "when": WHEN,
        "where": {"area": "20"},
        "questions": {"data": "ssn", "told": "yes"},
        **TOLD,
    },
    "card-fraud": {
        "accounts": ACCOUNTS,
        "when": WHEN,
        "where": ONLINE,
        "suspects": NOBODY,
        "questions": {"card": "mine", "told": "not-yet"},
        **TOLD,
    },
    "illegal-dumping": {
        "when": WHEN,
        "where": PLACE,
        "dumping": {"materials": ["furniture", "tires"], "amount": "truck", "vehicle": "a white van", "plate": "8XYZ"},
        "suspects": NOBODY,
        "questions": {"often": "often"},
        "narrative": {"story": STORY},
        "files": {},
        "person": {"part": "witness", "anonymous": "on"},
    },
    "supplement": {
        "original": {"number": "R-7K4M-93QX"},
        "narrative": {"story": STORY},
        "items": NOBODY,
        "suspects": NOBODY,
        "files": {},
        "where": {"area": "20"},
        "person": PERSON,
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
