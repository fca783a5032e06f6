"""The texts of report_types/lost-property.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/lost-property.json, name
    "Lost property"
)
gettext_noop(
    # Translators: report_types/lost-property.json, summary
    "You lost something in the city, and you do not think that someone took it."
)
gettext_noop(
    # Translators: report_types/lost-property.json, guidance
    "Where did you go that day, and where do you remember having it last?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, guidance
    "What does it look like? Does it have a name, a mark or a number on it?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, guidance
    "Whom have you asked about it already?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, warning
    "Please tell us what you know as well as you can. If you are not sure of something, just "
    "say so. You can correct it later."
)
gettext_noop(
    # Translators: report_types/lost-property.json, screening in-city, text
    "Did you lose it in {city}?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, screening in-city, help
    "If you are not sure where you lost it, answer yes if you live in the city."
)
gettext_noop(
    # Translators: report_types/lost-property.json, screening stolen, text
    "Do you think that someone took it?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, screening stolen, help
    "For example, someone reached into your bag, or something was taken from your car."
)
gettext_noop(
    # Translators: report_types/lost-property.json, screening firearm, text
    "Did you lose a gun or parts of a gun?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, label
    "Have you asked the lost and found of the place?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, help
    "Shops, buses, trains and airports often keep what people find. You can file this report "
    "either way."
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, choice asked, label
    "Yes, they do not have it"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, choice waiting, label
    "Yes, I am waiting to hear from them"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, choice not-yet, label
    "Not yet"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question lost-and-found, choice none, label
    "There is none, or I do not know the place"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question claim-number, label
    "What is the claim number, if you told an insurer or a phone company?"
)
gettext_noop(
    # Translators: report_types/lost-property.json, question claim-number, help
    "Leave this empty if you have none."
)
