"""Jobs by lane: each is a queue of its own, and none waits for another's."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from cors import queues
from cors.celery import app
from reports.models import Job
from reports.processing import actions, lanes
from reports.processing.lanes import Lane
from tests.resident import Receipt


def test_every_kind_of_job_is_in_one_lane() -> None:
    kinds = [kind for own in lanes.KINDS.values() for kind in own]
    assert sorted(kinds) == sorted(Job.Kind)


def test_every_lane_is_a_queue_with_a_sweep() -> None:
    swept = [entry["args"] for entry in app.conf.beat_schedule.values() if entry["task"] == "reports.work"]
    assert swept == [[lane] for lane in queues.LANES] == [[lane.value] for lane in Lane]


def test_every_task_waits_in_a_queue_that_workers_take_from() -> None:
    app.loader.import_default_modules()
    for name in app.tasks:
        queue = app.amqp.router.route({}, name)["queue"]
        assert queue.name in queues.NAMES
    assert app.amqp.router.route({}, "reports.make_exports")["queue"].name == "exports"
    assert app.amqp.router.route({}, "reports.purge")["queue"].name == "upkeep"
    assert set(queues.ROUTES) <= {*app.tasks, "*"}


def test_a_worker_without_queues_of_its_own_takes_from_all() -> None:
    assert list(app.amqp.queues.consume_from) == queues.NAMES


def test_a_lane_does_its_own_jobs_and_no_other(receipt: Receipt) -> None:
    Job.objects.filter(kind="enqueue").update(done_at=timezone.now())
    assert actions.work(Lane.FILES) == 0
    assert Job.objects.get(kind="notify").done_at is None
    assert actions.work(Lane.LETTERS) == 1


def test_a_lane_that_always_has_work_gives_way_to_the_others_after_its_turn(receipt: Receipt, monkeypatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, **more: sent.append(more["queue"]))
    monkeypatch.setattr(actions, "TURN_SECONDS", 0.0)
    assert actions.work(Lane.LETTERS) == 1
    assert sent == ["letters"]
    assert actions.work(Lane.LETTERS) == 1
    assert actions.work(Lane.LETTERS) == 0
    assert sent == ["letters", "letters"]


@pytest.mark.parametrize("lane", Lane)
def test_whatever_the_lane_a_report_goes_before_the_officers_first(receipt: Receipt, lane: Lane) -> None:
    Job.objects.filter(kind="enqueue").update(run_after=timezone.now() - timedelta(seconds=1))
    claimed = actions.claim(lane)
    assert claimed is not None
    assert claimed.kind == "enqueue"


@pytest.mark.django_db(transaction=True)
def test_the_commit_nudges_the_lanes_that_have_work(receipt: Receipt, monkeypatch) -> None:
    sent: list[tuple[str, object]] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, **more: sent.append((more["queue"], more["args"])))
    report = receipt.report
    actions.ask_for(Job(kind=kind, report=report) for kind in ("translate", "enqueue", "webhook"))
    assert sent == [("reports", ["reports"]), ("outside", ["outside"])]
