"""When reports come in: fewer at night and on Sundays, more in summer and before the holidays, more each year."""

import math
from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from reports.demo.draw import Draw, Weighted, for_report

YEARS = 3
# Monday first. People file what happened at the weekend when the week begins.
WEEKDAYS = (1.22, 1.12, 1.05, 1.03, 1.02, 0.84, 0.72)
HOURS = (
    1.2,
    0.8,
    0.5,
    0.4,
    0.4,
    0.6,
    1.2,
    2.4,
    4,
    5.4,
    6.2,
    6,
    5.4,
    5.2,
    5.2,
    5,
    4.8,
    4.6,
    4.4,
    4.6,
    4.8,
    4.4,
    3.4,
    2.2,
)
GROWTH_IN_ALL = 0.9
# A demo wants open reports: so many at least are of the last fortnight, where there are reports enough.
RECENT_DAYS = 14
RECENT_REPORTS = 200
RECENT_SHARE = 0.3
JUST_SENT = 3


class Moments:
    """Places each report of a run in the three years before `until` (midnight in the agency's zone)."""

    def __init__(self, *, reports: int, seed: int, until: date, zone: ZoneInfo) -> None:
        self.reports, self.seed, self.zone = reports, seed, zone
        self.end = datetime.combine(until, time.min, zone).astimezone(UTC)
        self.days = [until - timedelta(days=back) for back in range(365 * YEARS, 0, -1)]
        self.sums = list(accumulate(self._weights()))
        self.hours = Weighted(dict(enumerate(HOURS)))

    def moment(self, number: int, draw: Draw) -> datetime:
        """Return when the report was sent (UTC, to the second); a higher number never means an earlier day."""
        if self.is_just_sent(number):
            return self.end - timedelta(seconds=47 * (self.reports - number))
        share = (number + 0.5) / self.reports
        day = self.days[min(bisect(self.sums, share * self.sums[-1]), len(self.days) - 1)]
        clock = time(self.hours.pick(draw), draw.between(0, 59), draw.between(0, 59))
        return min(datetime.combine(day, clock, self.zone).astimezone(UTC), self.end - timedelta(minutes=30))

    def is_just_sent(self, number: int) -> bool:
        """Tell the last few reports, which no worker has seen yet."""
        return number >= self.reports - JUST_SENT and self.reports > JUST_SENT * RECENT_DAYS

    def _weights(self) -> list[float]:
        noise = for_report(self.seed, -1, "days")
        weights = [weight(day, at / len(self.days)) * noise.uniform(0.93, 1.07) for at, day in enumerate(self.days)]
        older, recent = sum(weights[:-RECENT_DAYS]), sum(weights[-RECENT_DAYS:])
        wanted = min(RECENT_SHARE, RECENT_REPORTS / self.reports)
        lift = max(1.0, wanted / (1 - wanted) * older / recent)
        return weights[:-RECENT_DAYS] + [each * lift for each in weights[-RECENT_DAYS:]]


def weight(day: date, age: float) -> float:
    """Return how many reports a day gets beside others; `age` runs from 0 (oldest day) to 1."""
    summer = 0.13 * math.cos((day.timetuple().tm_yday - 205) / 365 * math.tau)
    holidays = 0.12 if (day.month == 12 and day.day < 24) or (day.month == 11 and day.day > 22) else 0
    return WEEKDAYS[day.weekday()] * (1 + summer + holidays) * (1 + GROWTH_IN_ALL * age)
