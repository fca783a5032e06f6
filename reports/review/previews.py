"""What the resident would get of a step: the step is taken, looked at from the resident's side, and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language_info, override

from reports.models import Message, Notice, Report
from reports.notices.actions import worded
from reports.notices.short import short
from reports.status.queries import said, standing
from reports.translating.words import direction_of


@dataclass(frozen=True)
class Heard:
    """What the resident would read in one language: a letter and a text message if they get any, the status page."""

    language: str
    name: str
    direction: str
    subject: str
    letter: str
    text_message: str
    standing: dict[str, Any]
    messages: list[dict[str, Any]]


def rehearsed(*, report_id: UUID, perform: Callable[[], None]) -> list[Heard]:
    """Return what the resident would get, in their language and in English. Raises what `perform` raises.

    So a preview cannot differ from what is sent. Nothing leaves the transaction: messages go out on commit only.
    """
    with transaction.atomic():
        known = set(Notice.objects.filter(report=report_id).values_list("pk", flat=True))
        before = Message.objects.filter(report=report_id).count()
        perform()
        report = Report.objects.select_related("report_type", "sealing_key").get(pk=report_id)
        new = list(Notice.objects.filter(report=report).exclude(pk__in=known).select_related("report"))
        heard = [_heard(report, code, new, before) for code in dict.fromkeys([report.language, settings.LANGUAGE_CODE])]
        transaction.set_rollback(True)
    return heard


def _heard(report: Report, code: str, notices: list[Notice], before: int) -> Heard:
    by_channel = {notice.channel: notice for notice in notices}
    email, sms = by_channel.get(Notice.Channel.EMAIL), by_channel.get(Notice.Channel.SMS)
    subject, letter = worded(email, code) if email else ("", "")
    with override(code):
        return Heard(
            language=code,
            name=str(get_language_info(code)["name"]),
            direction=direction_of(code),
            subject=subject,
            letter=letter,
            text_message=short(sms, code) if sms else "",
            standing=standing(report),
            messages=said(report)[before:],
        )
