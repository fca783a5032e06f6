"""Why an officer takes the original of a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.reasons import DownloadReason


class DownloadForm(forms.Form):
    """The reason that the log keeps. None is chosen beforehand."""

    use_required_attribute = False
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *DownloadReason.choices])
