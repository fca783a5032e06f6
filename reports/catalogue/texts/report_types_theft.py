"""The texts of report_types/theft.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/theft.json, name
    "Theft"
)
gettext_noop(
    # Translators: report_types/theft.json, summary
    "Someone took something of yours, and you do not know who did it."
)
gettext_noop(
    # Translators: report_types/theft.json, guidance
    "Where was it, and when did you see it last?"
)
gettext_noop(
    # Translators: report_types/theft.json, guidance
    "How do you think it was taken?"
)
gettext_noop(
    # Translators: report_types/theft.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/theft.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/theft.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/theft.json, screening break-in, text
    "Did someone go into a home, garage or closed building to take it?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening from-vehicle, text
    "Was it taken from inside a car, truck or other vehicle?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening vehicle-taken, text
    "Is it a car, truck or motorcycle that is gone?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening firearm, text
    "Was a gun taken, or parts of a gun?"
)
gettext_noop(
    # Translators: report_types/theft.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, label
    "How was it taken?"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice pocket, label
    "From my pocket or bag, and I did not notice"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice left, label
    "From where I had left it"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice shop, label
    "From a shop or stand"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice yard, label
    "From a yard, driveway or hallway"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice other, label
    "Another way"
)
gettext_noop(
    # Translators: report_types/theft.json, question how-taken, choice unknown, label
    "I do not know"
)
gettext_noop(
    # Translators: report_types/theft.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/theft.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own. Tell us where it is."
)
