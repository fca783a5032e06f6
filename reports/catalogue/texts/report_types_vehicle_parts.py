"""The texts of report_types/vehicle-parts.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/vehicle-parts.json, name
    "Vehicle parts or license plates"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, summary
    "Parts of a vehicle are gone, like a catalytic converter, wheels or license plates. The "
    "vehicle itself is still there."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, guidance
    "Where was the vehicle, and when did you see it last as it was?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, guidance
    "What did you see or hear when you came back?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening vehicle-taken, text
    "Is the vehicle itself gone?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening from-vehicle, text
    "Was something taken from inside the vehicle?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening from-vehicle, help
    "For example, a bag, a phone or tools. You can name missing parts there too."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening firearm, text
    "Was a gun taken, or parts of a gun?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, label
    "What is gone?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, help
    "If license plates are gone, please also tell the DMV, so that nobody drives under your "
    "number."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice catalytic, label
    "The catalytic converter"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice plates, label
    "One or both license plates"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice sticker, label
    "The registration sticker"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice wheels, label
    "Wheels or tires"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice airbag, label
    "An airbag"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice lights, label
    "Lights, mirrors or outer parts"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part, choice other, label
    "Another part, or several"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question which-part, label
    "Tell us more about the part"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question which-part, help
    "For example, a number on it, or which of the plates it was."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part-cost, label
    "About how many dollars will it cost to replace?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question part-cost, help
    "A guess is fine. Leave this empty if you do not know."
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/vehicle-parts.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own. Tell us where it is."
)
