"""Once a day, from a set hour on: one e-mail for each person with what they want to hear of once a day."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reports.audit import By
from reports.models import Alert, AlertMail, Job, Way
from reports.processing.actions import ask_for


def digest(*, by: By, now: datetime | None = None) -> int:
    """Put together the day's e-mails that are due and not there yet; return how many.

    The row of person and day makes it one, however often and by however many this runs, and however late.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    if now < datetime.combine(day, time(settings.ALERT_DIGEST_HOUR), timezone.get_default_timezone()):
        return 0
    return sum(_put_together(user_id, day) for user_id in _waiting(day))


def _pending() -> QuerySet[Alert]:
    return Alert.objects.filter(way=Way.DAILY, mail=None, seen_at=None)


def _waiting(day: date) -> list[int]:
    had = AlertMail.objects.filter(user=OuterRef("user"), day=day)
    people = _pending().filter(~Exists(had), user__is_active=True).exclude(user__email="")
    return list(people.order_by("user").values_list("user", flat=True).distinct())


@transaction.atomic
def _put_together(user_id: int, day: date) -> int:
    mail, made = AlertMail.objects.get_or_create(user_id=user_id, day=day)
    if not made:
        return 0
    _pending().filter(user=user_id).update(mail=mail)
    ask_for([Job(kind=Job.Kind.ALERT, alert_mail=mail)])
    return 1
