"""The texts of report_types/supplement.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/supplement.json, name
    "Add to an earlier report"
)
gettext_noop(
    # Translators: report_types/supplement.json, summary
    "You reported something before, online or to an officer, and there is more to tell: a new "
    "fact, more things, a correction."
)
gettext_noop(
    # Translators: report_types/supplement.json, guidance
    "What do you want to add or correct?"
)
gettext_noop(
    # Translators: report_types/supplement.json, guidance
    "How did you find out?"
)
gettext_noop(
    # Translators: report_types/supplement.json, warning
    "Please tell us what you know as well as you can. If you are not sure of something, just "
    "say so. You can correct it later."
)
gettext_noop(
    # Translators: report_types/supplement.json, screening in-danger, text
    "Is anyone in danger, or is it happening now?"
)
gettext_noop(
    # Translators: report_types/supplement.json, screening our-report, text
    "Did you make the earlier report with {agency_name}?"
)
gettext_noop(
    # Translators: report_types/supplement.json, screening new-event, text
    "Did something new happen, which is not part of the earlier report?"
)
gettext_noop(
    # Translators: report_types/supplement.json, screening hurt-or-threatened, text
    "Is it about someone who was hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/supplement.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/supplement.json, screening firearm, text
    "Is it about a gun, or parts of a gun?"
)
gettext_noop(
    # Translators: report_types/supplement.json, screening known-suspect, text
    "Do you now know who did it, where that person is, or the license plate of the vehicle they "
    "used?"
)
