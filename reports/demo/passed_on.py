"""To whom demo reports were passed on."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from reports.catalogue import live
from reports.demo.draw import Draw
from reports.models import Along, Consent, Partner, Report

WITH_CONSENT = [Along.FACTS.value, Along.STORY.value, Along.PERSON.value]


def referral_of(report: Report, draw: Draw, officer: int | None, at: datetime) -> list[dict[str, Any]]:
    """Return the row of a passing on: to an organisation after hate, else to an agency, or to the report's station.

    About half of the residents agreed on the phone that their words go along. Where there is nobody, there is no row.
    """
    kind = Partner.Kind.ORGANISATION if report.report_type.is_hate else Partner.Kind.AGENCY
    partners = [partner.pk for partner in live.partners() if partner.kind == kind]
    to_station = report.area_id is not None and (not partners or draw.chance(0.2))
    if not (to_station or partners):
        return []
    agreed = not report.is_anonymous and draw.chance(0.5)
    row = {
        "report_id": str(report.pk),
        "partner_id": None if to_station else partners[draw.between(0, len(partners) - 1)],
        "station_id": report.area_id if to_station else None,
        "along": WITH_CONSENT if agreed else [Along.FACTS.value],
        "consent": Consent.PHONE.value if agreed else "",
        "consent_on": timezone.localdate(at).isoformat() if agreed else None,
        "by_id": officer,
        "at": at.isoformat(),
    }
    return [row]
