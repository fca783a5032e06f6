"""The texts of codes/offence.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/offence.csv, 13A, label
    "Serious assault"
)
gettext_noop(
    # Translators: codes/offence.csv, 13B, label
    "Assault"
)
gettext_noop(
    # Translators: codes/offence.csv, 13C, label
    "Threats"
)
gettext_noop(
    # Translators: codes/offence.csv, 220, label
    "Burglary"
)
gettext_noop(
    # Translators: codes/offence.csv, 23A, label
    "Pickpocketing"
)
gettext_noop(
    # Translators: codes/offence.csv, 23B, label
    "Purse snatching"
)
gettext_noop(
    # Translators: codes/offence.csv, 23C, label
    "Shoplifting"
)
gettext_noop(
    # Translators: codes/offence.csv, 23D, label
    "Theft from a building"
)
gettext_noop(
    # Translators: codes/offence.csv, 23E, label
    "Theft from a coin machine"
)
gettext_noop(
    # Translators: codes/offence.csv, 23F, label
    "Theft from a vehicle"
)
gettext_noop(
    # Translators: codes/offence.csv, 23G, label
    "Theft of vehicle parts"
)
gettext_noop(
    # Translators: codes/offence.csv, 23H, label
    "Other theft"
)
gettext_noop(
    # Translators: codes/offence.csv, 240, label
    "Stolen vehicle"
)
gettext_noop(
    # Translators: codes/offence.csv, 26A, label
    "Fraud by false claims"
)
gettext_noop(
    # Translators: codes/offence.csv, 26B, label
    "Card or ATM fraud"
)
gettext_noop(
    # Translators: codes/offence.csv, 26C, label
    "Pretending to be someone else"
)
gettext_noop(
    # Translators: codes/offence.csv, 26E, label
    "Fraud by phone, mail or internet"
)
gettext_noop(
    # Translators: codes/offence.csv, 26F, label
    "Identity theft"
)
gettext_noop(
    # Translators: codes/offence.csv, 26G, label
    "Hacking"
)
gettext_noop(
    # Translators: codes/offence.csv, 290, label
    "Vandalism"
)
gettext_noop(
    # Translators: codes/offence.csv, 90C, label
    "Disorderly conduct"
)
gettext_noop(
    # Translators: codes/offence.csv, 90J, label
    "Trespassing"
)
gettext_noop(
    # Translators: codes/offence.csv, 90Z, label
    "Other offense"
)
