"""Joining demo copies with the reports that they repeat, once all of them are stored."""

from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from reports.demo.making import Maker, Plan
from reports.models import Report
from reports.states import State

AT_A_TIME = 1_000


def join(plan: Plan) -> None:
    """Let each copy of the plan name its original. Other reports stay as they are."""
    maker = Maker(plan)
    rows = Report.objects.filter(state=State.DUPLICATE, duplicate_of=None).values_list("pk", "reference").iterator()
    pairs = (pair for pk, reference in rows if (pair := _pair(maker, pk, reference)))
    while some := list(islice(pairs, AT_A_TIME)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("UPDATE reports_report SET duplicate_of_id = %s WHERE id = %s", some)


def _pair(maker: Maker, pk: UUID, reference: str) -> tuple[UUID, UUID] | None:
    number = maker.numbers.number(reference)
    is_ours = number < maker.plan.reports and maker.identity(number) == pk
    original = maker.original(number) if is_ours else None
    return (original, pk) if original else None
