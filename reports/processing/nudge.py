"""The word to the workers that there is something to do. It may be lost: a sweep looks every 15 seconds."""

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

# After a failed nudge the broker is left alone for a while, so that no resident waits for its time-outs.
REST_SECONDS = 10.0
_rest_until = 0.0


def nudge(task: str = "reports.work", *, lane: str = "") -> None:
    """Tell Celery to do a task, within about a second, whatever state the broker is in. Never raises.

    A lane of jobs is told by its name, and waits in the queue of that name.
    """
    global _rest_until  # noqa: PLW0603 (one rest for the process)
    if time.monotonic() < _rest_until:
        return
    try:
        current_app.send_task(task, expires=60, **({"args": [lane], "queue": lane} if lane else {}))
    except Exception as error:  # noqa: BLE001 (a resident never pays for the broker)
        _rest_until = time.monotonic() + REST_SECONDS
        logger.warning("the workers could not be nudged: %s", type(error).__name__)
