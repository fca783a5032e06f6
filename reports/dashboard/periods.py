"""The periods of the dashboard: so many whole days of the agency, today as the last."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Days by their name in the address; the first that is not chosen by anybody is USUAL.
NAMES: dict[int, str | Promise] = {7: _("7 days"), 28: _("28 days"), 90: _("90 days"), 365: _("a year")}
USUAL = 28
# From so many days on the course is drawn week by week.
LONG = 90


@dataclass(frozen=True)
class Period:
    """Whole days of the agency's time zone: `days` of them, the last of which is `today`."""

    days: int
    today: date

    @classmethod
    def read(cls, text: str) -> "Period":
        """Return the period that an address names, or else the usual one."""
        days = int(text) if text.isascii() and text.isdecimal() and int(text) in NAMES else USUAL
        return cls(days, timezone.localdate())

    @property
    def first(self) -> date:
        """The first day."""
        return self.today - timedelta(days=self.days - 1)

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time.min, timezone.get_default_timezone())

    def window(self, stretch: str = "") -> tuple[datetime, datetime]:
        """Return the first moment and the first one after the period, or after a stretch such as 2026-11-01_2026-11-07.

        Raises ValueError for anything else.
        """
        first, last = map(date.fromisoformat, stretch.split("_")) if stretch else (self.first, self.today)
        zone = timezone.get_default_timezone()
        after = datetime.combine(last + timedelta(days=1), time.min, zone)
        return datetime.combine(first, time.min, zone), after

    @property
    def name(self) -> str | Promise:
        """How long it is, in words."""
        return NAMES[self.days]

    @property
    def stretches(self) -> list[tuple[date, date]]:
        """The days, or in a long period the weeks, each by its first and last day; the first week may be short."""
        length = 7 if self.days >= LONG else 1
        lasts = [self.today - timedelta(days=back) for back in range(0, self.days, length)]
        return [(max(last - timedelta(days=length - 1), self.first), last) for last in reversed(lasts)]
