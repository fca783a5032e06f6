"""Whose reports are counted: a person's own reach, the whole city for the portal itself."""

from dataclasses import dataclass

from django.db.models import Q

from reports.audit import Actor, By
from reports.counts.rollup import UNPLACED
from reports.permissions import reaches


@dataclass(frozen=True)
class Scope:
    """The areas by their ids, None for the whole city; and whether reports without an area are among them."""

    areas: frozenset[int] | None = None
    unplaced: bool = True

    @property
    def is_whole_city(self) -> bool:
        """Whether no report is left out."""
        return self.areas is None and self.unplaced

    @property
    def ids(self) -> frozenset[int] | None:
        """The areas for the rollup, where "not placed" is an area, too. None leaves all in."""
        if self.areas is None:
            return None
        return self.areas | {UNPLACED} if self.unplaced else self.areas

    def covers(self, area_id: int) -> bool:
        """Tell whether an area's reports are counted."""
        return self.areas is None or area_id in self.areas

    def q(self) -> Q:
        """Return the same as a condition on reports."""
        if self.areas is None:
            return Q()
        placed = Q(area__in=self.areas)
        return placed | Q(area=None) if self.unplaced else placed


CITY = Scope()


def scope_of(by: By) -> Scope:
    """Return what a person counts: the areas of which they see every report. A reach of some reports only adds none."""
    if isinstance(by, Actor):
        return CITY
    whole = [reach for reach in reaches(by) if not reach.hate_only and not reach.approved_only]
    unplaced = any(reach.unplaced for reach in whole)
    if any(reach.areas is None for reach in whole):
        return Scope(None, unplaced=True)
    return Scope(frozenset().union(*(reach.areas or frozenset() for reach in whole)), unplaced)
