"""The texts of reasons.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: reasons.json, entry not_a_report, text
    "This does not describe something that we can record as a report."
)
gettext_noop(
    # Translators: reasons.json, entry other_place, text
    "This happened outside our city. Please report it to the police of that place."
)
gettext_noop(
    # Translators: reasons.json, entry in_person, text
    "This needs to be reported in person or by phone. Please contact your station."
)
gettext_noop(
    # Translators: reasons.json, entry too_little, text
    "There is not enough information to make a report."
)
gettext_noop(
    # Translators: reasons.json, entry civil, text
    "This is a matter for a civil court, not for the police."
)
gettext_noop(
    # Translators: reasons.json, entry spam, text
    "This was not meant as a report."
)
