"""The texts of report_types/theft-from-vehicle.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, name
    "Theft from a vehicle"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, summary
    "Something was taken from inside a car, truck or other vehicle, and you do not know who did "
    "it."
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, guidance
    "Where was the vehicle, and how did you leave it?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, guidance
    "What did you see when you came back?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening vehicle-taken, text
    "Is the vehicle itself gone?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening firearm, text
    "Was a gun taken, or parts of a gun?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, label
    "How did they get into the vehicle?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, choice window, label
    "They broke a window"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, choice forced, label
    "They forced a door, lock, trunk or roof"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, choice open, label
    "It was open or not locked"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, choice no-sign, label
    "It was locked, and I see no damage"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question way-in, choice unknown, label
    "I do not know"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question damage-cost, label
    "About how many dollars will it cost to repair the vehicle?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question damage-cost, help
    "A guess is fine. Leave this empty if nothing was damaged or you do not know."
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/theft-from-vehicle.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own vehicle. Tell us where it is."
)
