"""The words of a text message: that there is news and of which report, in one message wherever that can be."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.models import Notice

# 3GPP TS 23.038: what seven bits can say, and what takes two places.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")
MOST_GSM = 160
# In any other script: UTF-16 code units.
MOST_UNICODE = 70

WORDS = {
    Notice.Kind.RECEIVED: _("We have your report %(reference)s."),
    Notice.Kind.MOVED: _("The phone number of your report %(reference)s was changed. Not you? Call %(phone)s."),
}
NEWS = _("There is news about your report %(reference)s.")


def short(notice: Notice, language: str = "") -> str:
    """Return the message in the report's language or another, with the status page's address where that fits in too."""
    with translation.override(language or notice.report.language):
        facts = {"reference": notice.report.reference, "phone": settings.AGENCY_PHONE}
        said = f"{settings.SMS_NAME}: {str(WORDS.get(Notice.Kind(notice.kind), NEWS)) % facts}"
        linked = f"{said} {settings.SITE_URL}{reverse('status:find')}"
    return linked if is_one(linked) else said


def is_one(text: str) -> bool:
    """Tell whether the text fits into one message as networks count."""
    if set(text) <= GSM | GSM_TWICE:
        return len(text) + sum(letter in GSM_TWICE for letter in text) <= MOST_GSM
    return len(text.encode("utf-16-be")) // 2 <= MOST_UNICODE
