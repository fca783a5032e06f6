"""The texts of report_types/graffiti.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/graffiti.json, name
    "Graffiti"
)
gettext_noop(
    # Translators: report_types/graffiti.json, summary
    "Someone wrote, painted or scratched on a wall, window or other thing without being allowed "
    "to."
)
gettext_noop(
    # Translators: report_types/graffiti.json, guidance
    "What is written or drawn, and how big is it?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, guidance
    "When was it not there yet?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening hate, text
    "Is it aimed at a group of people, or does it threaten someone?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening hate, help
    "For example, at a religion, a skin color, a language, a disability, or at whom someone "
    "loves."
)
gettext_noop(
    # Translators: report_types/graffiti.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question seen-before, label
    "Have you seen the same name or sign elsewhere?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question seen-before, choice no, label
    "No"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question seen-before, choice yes, label
    "Yes, nearby"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question seen-before, choice unknown, label
    "I do not know"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question still-there, label
    "Is it still there?"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question still-there, help
    "To have graffiti painted over, call 311 or use the city's website. You do not need to wait "
    "for us."
)
gettext_noop(
    # Translators: report_types/graffiti.json, question still-there, choice yes, label
    "Yes"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question still-there, choice photo, label
    "No, but there is a photo"
)
gettext_noop(
    # Translators: report_types/graffiti.json, question still-there, choice no, label
    "No"
)
