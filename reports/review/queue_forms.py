"""The small forms over the queue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import SavedView
from reports.sections.base import PageForm


class SaveViewForm(PageForm):
    """A name for what is being looked at."""

    name = forms.CharField(label=_("Name"), max_length=SavedView._meta.get_field("name").max_length)
    shared = forms.BooleanField(label=_("Colleagues may use it too"), required=False)
