"""Giving a report to a colleague, and taking one over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from reports.models import Report
from reports.permissions import holders
from reports.review.forms import ReviewForm
from reports.states import FINAL, StealReason


def colleagues(reports: Iterable[Report]) -> QuerySet[User]:
    """Return who may get at least one of the reports, by name, each with the number of open reports they have."""
    # Counted for each colleague by the index of open claims: a join would read every report that there is.
    theirs = Report.objects.filter(~Q(state__in=sorted(FINAL)), claimed_by=OuterRef("pk")).order_by()
    at_work = Coalesce(Subquery(theirs.values("claimed_by").annotate(number=Count("pk")).values("number")), 0)
    return holders(reports).annotate(at_work=at_work).order_by("last_name", "first_name", "username")


class ColleagueField(forms.ModelChoiceField):
    """A colleague, named with the work they have already."""

    def label_from_instance(self, colleague: User) -> str:
        """Return the name and the number of open reports."""
        said = ngettext("%(name)s, %(number)s open report", "%(name)s, %(number)s open reports", colleague.at_work)
        return said % {"name": colleague.get_full_name() or colleague.get_username(), "number": colleague.at_work}


class AssignForm(ReviewForm):
    """To whom."""

    to = ColleagueField(label=_("Colleague"), queryset=User.objects.none(), empty_label=_("Choose a colleague"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues([self.report]) if self.report else User.objects.none()


class StealForm(ReviewForm):
    """Why. None is chosen beforehand: a reason that was not given would be worth nothing in the log."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *StealReason.choices])
