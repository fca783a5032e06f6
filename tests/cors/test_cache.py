"""The cache that web processes share: JSON in Redis, and no error where Redis is away."""

from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from cors.cache import Cache


@pytest.fixture
def key() -> str:
    """A key of this test's own."""
    return uuid4().hex


def test_what_one_process_stores_another_finds(key: str) -> None:
    other = Cache(settings.REDIS_URL, {"KEY_PREFIX": "cache"})
    cache.set(key, [1.5, "two"], timeout=60)
    assert other.get(key) == [1.5, "two"]
    assert not other.add(key, "three", timeout=60)
    assert other.delete(key)
    assert cache.get(key, "gone") == "gone"


def test_it_is_stored_as_text_that_runs_nothing(key: str) -> None:
    cache.set(key, {"a": [1]}, timeout=60)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.get(f"cache:1:{key}") == b'{"a": [1]}'
    with pytest.raises(TypeError):
        cache.set(key, object())


def test_without_redis_a_process_remembers_for_itself(key: str, caplog) -> None:
    alone = Cache("redis://127.0.0.1:1/0", {})
    assert alone.add(key, "used", timeout=60)
    assert not alone.add(key, "used", timeout=60)
    assert alone.get(key) == "used"
    assert [record.message for record in caplog.records] == ["the cache cannot be reached: ConnectionError"]
