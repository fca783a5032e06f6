"""The workers of a test run do not meet at the broker."""

import os

from django.conf import settings


def test_each_worker_of_a_run_works_on_its_own_redis() -> None:
    assert os.environ["REDIS_URL"] == settings.REDIS_URL
