"""The broker's address, as kombu reads it, and what is on the schedule."""

import pytest
from kombu import Connection

from cors.celery import app, broker_url
from tests.cors.conftest import Home


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("redis://host:6379/2", "redis://host:6379/2"),
        ("rediss://:word@host:6379/0", "rediss://:word@host:6379/0"),
        ("unix:///tmp/x/valkey.sock?db=3", "redis+socket:///tmp/x/valkey.sock?virtual_host=3"),
        ("unix:///tmp/x/valkey.sock", "redis+socket:///tmp/x/valkey.sock?virtual_host=0"),
    ],
)
def test_broker_url(url, spelled):
    assert broker_url(url) == spelled


def test_a_message_lands_in_the_named_database(home: Home):
    client = home.join()
    url = client.said["REDIS_URL"].replace("db=0", "db=3")
    with Connection(broker_url(url)) as link, link.SimpleQueue("probe") as queue:
        queue.put({"report": 1})
        assert "db3" in client.valkey("INFO", "keyspace")
        assert queue.get(timeout=2).payload == {"report": 1}
    client.leave()


def test_every_scheduled_task_is_known():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
