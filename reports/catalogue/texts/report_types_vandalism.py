"""The texts of report_types/vandalism.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/vandalism.json, name
    "Vandalism"
)
gettext_noop(
    # Translators: report_types/vandalism.json, summary
    "Someone broke, scratched or damaged something, and you do not know who did it."
)
gettext_noop(
    # Translators: report_types/vandalism.json, guidance
    "What did it look like before, and what do you see now?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, guidance
    "How do you think it was done?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, guidance
    "Did anyone see or hear something?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening firearm, text
    "Was a gun used, or does it look as if something was shot at?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening fire, text
    "Was something set on fire, or did something explode?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening break-in, text
    "Did someone also go into a home, garage or closed building?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening hate, text
    "Do you think it was done because of who you or others are?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening hate, help
    "For example, because of a religion, a skin color, a language, a disability, or whom "
    "someone loves."
)
gettext_noop(
    # Translators: report_types/vandalism.json, screening known-suspect, text
    "Does anyone know who did it, where that person is, or the license plate of the vehicle "
    "they used?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own. Tell us where it is."
)
gettext_noop(
    # Translators: report_types/vandalism.json, question insurer, label
    "What is the claim number, if you told an insurer?"
)
gettext_noop(
    # Translators: report_types/vandalism.json, question insurer, help
    "Leave this empty if you have none."
)
