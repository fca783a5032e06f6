"""The questions that officers ask most, ready in every language of the portal.

Messages keep the key, so a key stays here for ever; its words may become better.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Question(TextChoices):
    """A question to a resident. The labels are what residents read, in the language of their page."""

    SERIAL = "serial", _("Please send us the serial number, if you have it. It is often on the box or the receipt.")
    PHOTOS = "photos", _("Can you send us photos? Photos of the damage, the place or the item help us.")
    RECEIPT = "receipt", _("Can you send us a photo of the receipt, or tell us about what it cost?")
    CALL = "call", _("When can we call you? Please give us a day and a time, and a phone number that is safe.")
    TIME = "time", _("About what time did it happen, and when did you notice it?")
    PLACE = "place", _("Where was it exactly? An address, the nearest crossing or a place nearby helps us.")
    WITNESS = "witness", _("Did anyone else see or hear what happened? How can we reach them?")
    CAMERA = "camera", _("Is there a camera nearby? Do you know whose it is?")
    PERSON = "person", _("What did the person look like, as far as you remember?")
    PLATE = "plate", _("Do you remember the license plate of the other car, or a part of it?")
    CHANGED = "changed", _("Has anything changed since you sent the report? Was anything found?")


def asked(key: str) -> str:
    """Return the words of a ready question in the language that is active; "" for no question."""
    return str(Question(key).label) if key else ""
