"""The texts of report_types/package-theft.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/package-theft.json, name
    "Package theft"
)
gettext_noop(
    # Translators: report_types/package-theft.json, summary
    "A package or mail was delivered to you and then taken."
)
gettext_noop(
    # Translators: report_types/package-theft.json, guidance
    "Where was the package left, and how do you know that it was delivered?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, guidance
    "What was in it?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening delivered, text
    "Does the sender or the delivery company say that it was delivered?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening delivered, help
    "For example, in a message, in the app or on their website."
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening break-in, text
    "Was it taken from inside a home, mail room or building that someone broke into?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening firearm, text
    "Was there a gun or were there parts of a gun in it?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, question carrier, label
    "Who delivered it?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, question carrier, help
    "For example, UPS, FedEx, Amazon or the Postal Service."
)
gettext_noop(
    # Translators: report_types/package-theft.json, question tracking, label
    "What is the tracking or order number?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, question tracking, help
    "Leave this empty if you do not have it."
)
gettext_noop(
    # Translators: report_types/package-theft.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/package-theft.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own. Tell us where it is."
)
