"""How a person wants to be told."""

from typing import Any

from django import forms

from accounts.models import User
from reports.alerts.kinds import in_force, reached
from reports.models import AlertChoice, AlertKind, Way
from reports.sections.base import PageForm


class ChoiceForm(PageForm):
    """One question for each kind that may reach the person, with the answers that are open to them."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(AlertChoice.objects.filter(user=user).values_list("kind", "way"))
        for name, kind in reached(user).items():
            self.fields[name.value] = forms.ChoiceField(
                label=name.label,
                help_text=kind.why,
                choices=[(way.value, way.label) for way in Way if way in kind.ways],
                initial=in_force(name, chosen.get(name)).value,
                widget=forms.RadioSelect,
            )

    def ways(self) -> dict[AlertKind, Way]:
        """Return what was chosen."""
        return {AlertKind(name): Way(way) for name, way in self.cleaned_data.items()}
