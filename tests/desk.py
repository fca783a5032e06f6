"""What staff do with a report, in one call each; and many reports at once."""

import threading
from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports import codes
from reports.models import Report
from reports.review import actions, claiming

DR_NUMBER = "260012345"


def show(client: Client, report: Report) -> Any:
    """Open the report's page."""
    return client.get(reverse("review:show", args=[report.pk]))


def decide(client: Client, report: Report, action: str, **typed: str | list[str]) -> Any:
    """Press a button on the report's page and follow to where it leads."""
    posted = {f"{action}-{name}": value for name, value in typed.items()}
    return client.post(reverse("review:decide", args=[report.pk, action]), posted, follow=True)


def approved(report: Report, by: User, dr_number: str = DR_NUMBER) -> Report:
    """Claim and approve a queued report."""
    claiming.claim(report_id=report.pk, by=by)
    actions.approve(report_id=report.pk, dr_number=dr_number, by=by)
    return Report.objects.get(pk=report.pk)


def another(pattern: Report, **fields: Any) -> Report:
    """Store a further report like `pattern`, with its sealed document but for the key: for lists and counts."""
    report = like(pattern, **fields)
    report.save(force_insert=True)
    return report


def like(pattern: Report, **fields: Any) -> Report:
    """Return an unsaved report like `pattern`, for `bulk_create`."""
    report = copy(pattern)
    report.pk, report.draft_id, report.reference = codes.new_id(), codes.new_id(), codes.new_reference()
    for name, value in fields.items():
        setattr(report, name, value)
    return report


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run jobs in threads of their own from one moment on; return their results or errors, in order."""
    barrier, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number: int, job: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[number] = job()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def listed(page: Any) -> list[str]:
    """Return the references that a page of the queue shows, in order."""
    return [report.reference for report in page.context["rows"]]
