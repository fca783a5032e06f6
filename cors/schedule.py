"""Beat's own part: it shows that it lives, and does not stand still when the clock is set back."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, close_old_connections

from reports.vitals import heartbeat

logger = logging.getLogger(__name__)

# So often the clock is looked at, at least.
LOOK_SECONDS = 5.0
# A clock that is set by less is put right by waiting.
BACK_SECONDS = 30.0


class Schedule(PersistentScheduler):  # type: ignore[misc]
    """Celery's schedule. By itself it would do nothing for an hour after the clock was set back by one."""

    _skew = time.time() - time.monotonic()

    def setup_schedule(self) -> None:
        """Read what is kept in the file; what it knows of the future comes from a clock that was wrong."""
        super().setup_schedule()
        self.forget_the_future()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send one task that is due and return after how many seconds to come again."""
        self.mind_the_clock()
        self.sign()
        wait: float = super().tick(*args, **kwargs)
        return min(wait, LOOK_SECONDS)

    def mind_the_clock(self) -> None:
        """Begin anew from now when the clock went back."""
        skew = time.time() - time.monotonic()
        went_back, self._skew = self._skew - skew, skew
        if went_back > BACK_SECONDS:
            logger.warning("the clock went back by %.0f seconds: the schedule begins anew", went_back)
            self.forget_the_future()

    def forget_the_future(self) -> None:
        """Take what ran "later than now" as if it ran now, and plan again."""
        for entry in self.schedule.values():
            entry.last_run_at = min(entry.last_run_at, entry.default_now())
        self._heap = None

    def sign(self) -> None:
        """Write the sign of life. Without the database the tasks go out all the same."""
        try:
            close_old_connections()
            heartbeat.sign(heartbeat.SCHEDULE)
        except DatabaseError as error:
            logger.warning("the schedule's sign of life was not written: %s", type(error).__name__)
