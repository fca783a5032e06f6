"""The texts of report_types/illegal-dumping.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/illegal-dumping.json, name
    "Illegal dumping"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, summary
    "Someone left trash, furniture, rubble or other things where it is not allowed."
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, guidance
    "What did you see, and when was it not there yet?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, guidance
    "Does it happen at this place often?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, guidance
    "Do you see names or addresses on it? Please do not touch it."
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening happening-now, text
    "Is someone dumping things right now?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening hazard, text
    "Does it smoke, leak or smell strong, or are there needles or chemicals?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening firearm, text
    "Are there guns, ammunition or explosives?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, screening known-suspect, text
    "Does anyone know who did it, or where that person is?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, label
    "Has this happened here before?"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, help
    "To have it picked up, call 311 or use the city's website. You do not need to wait for us."
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, choice no, label
    "No"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, choice sometimes, label
    "Sometimes"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, choice often, label
    "Often"
)
gettext_noop(
    # Translators: report_types/illegal-dumping.json, question often, choice unknown, label
    "I do not know"
)
