"""Celery: ids only in messages, no result backend. The whole schedule is visible here."""

import os
import sys
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import beat_init, before_task_publish, celeryd_init, task_prerun
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from cors import logs, queues
from reports import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")

app = Celery("cors")


@celeryd_init.connect(weak=False)  # type: ignore[untyped-decorator]
@beat_init.connect(weak=False)  # type: ignore[untyped-decorator]
def refuse_wrong_keyring(**_about: Any) -> None:
    """Let no worker and no beat begin with a keyring that does not open the newest report."""
    from reports.keys import fitting  # the models cannot be read before the settings

    try:
        fitting.at_start()
    except ImproperlyConfigured as error:
        sys.exit(f"error: {error}")
    finally:
        connections.close_all()


def broker_url(redis_url: str) -> str:
    """Return the address in kombu's spelling, which names a Unix socket, its database and sentinels differently."""
    if group := memory.watched(redis_url):
        return group.for_celery()
    if not redis_url.startswith("unix://"):
        return redis_url
    parts = urlsplit(redis_url)
    query = parse_qs(parts.query)
    database = query.pop("db", ["0"])
    return f"redis+socket://{parts.path}?{urlencode(query | {'virtual_host': database}, doseq=True)}"


def transport_options(redis_url: str) -> dict[str, Any]:
    """Return how kombu speaks to the broker: briefly, and where sentinels watch it by the name of their group."""
    waits = {"socket_timeout": 1, "socket_connect_timeout": 1}
    group = memory.watched(redis_url)
    watched = {"master_name": group.name, "sentinel_kwargs": waits} if group else {}
    return {**waits, "max_retries": 0, "visibility_timeout": 3600, **watched}


app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_queues=queues.QUEUES,
    task_routes=queues.ROUTES,
    task_default_queue=queues.UPKEEP,
    # A sweep repeats what was lost, so a nudge is never worth a resident's waiting.
    broker_transport_options=transport_options(settings.REDIS_URL),
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    beat_scheduler="cors.schedule:Schedule",
    beat_schedule={
        "sign-of-life": queues.sign(),
        **{f"work-{lane}": queues.sweep(lane) for lane in queues.LANES},
        "hand-out": {"task": "reports.hand_out", "schedule": 15.0, "options": {"expires": 15}},
        "purge-deliveries": {"task": "reports.purge_deliveries", "schedule": 86400.0, "options": {"expires": 3600}},
        "answer-clock": {"task": "reports.answer_clock", "schedule": 3600.0, "options": {"expires": 3600}},
        "alerts-overdue": {"task": "reports.alerts_overdue", "schedule": 600.0, "options": {"expires": 600}},
        "hate-clock": {"task": "reports.hate_clock", "schedule": 600.0, "options": {"expires": 600}},
        "alerts-digest": {"task": "reports.alerts_digest", "schedule": 600.0, "options": {"expires": 600}},
        "alerts-purge": {"task": "reports.alerts_purge", "schedule": 86400.0, "options": {"expires": 3600}},
        "publish-counts": {"task": "reports.publish_counts", "schedule": 600.0, "options": {"expires": 600}},
        "check-counts": {
            "task": "reports.check_counts",
            "schedule": crontab(hour=3, minute=40),
            "options": {"expires": 3600},
        },
        "refresh-counts": {"task": "reports.refresh_counts", "schedule": 60.0, "options": {"expires": 60}},
        "purge": {"task": "reports.purge", "schedule": crontab(hour=2, minute=20), "options": {"expires": 3600}},
        "purge-drafts": {"task": "reports.purge_drafts", "schedule": 3600.0, "options": {"expires": 3600}},
        "staff-letters": {"task": "accounts.send_letters", "schedule": 60.0, "options": {"expires": 60}},
        "unused-accounts": {"task": "accounts.disable_unused", "schedule": 86400.0, "options": {"expires": 3600}},
        "launch-types": {"task": "reports.launch_types", "schedule": 60.0, "options": {"expires": 60}},
        "make-exports": {"task": "reports.make_exports", "schedule": 15.0, "options": {"expires": 15}},
        "expire-exports": {"task": "reports.expire_exports", "schedule": 3600.0, "options": {"expires": 3600}},
        "sweep-files": {"task": "reports.sweep_files", "schedule": 3600.0, "options": {"expires": 3600}},
        "keep-watch": {"task": "reports.keep_watch", "schedule": crontab(hour="0", minute="10")},
        "watch-settings": {"task": "reports.watch_settings", "schedule": 300.0, "options": {"expires": 300}},
    },
)
app.autodiscover_tasks()


@before_task_publish.connect  # type: ignore[untyped-decorator]
def send_request_id(headers: dict[str, object], **_more: object) -> None:
    """Let a message carry the id of the request that sends it, for the log of whoever does the task."""
    headers["request_id"] = logs.current.get()


@task_prerun.connect  # type: ignore[untyped-decorator]
def take_request_id(task: Task, **_more: object) -> None:
    """Log what a task does under the id of the request that asked for it."""
    logs.current.set(task.request.get("request_id") or f"task-{task.request.id}")
