"""The texts of codes/loss.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/loss.csv, 1, label
    "No loss"
)
gettext_noop(
    # Translators: codes/loss.csv, 2, label
    "Burned"
)
gettext_noop(
    # Translators: codes/loss.csv, 3, label
    "Counterfeited or forged"
)
gettext_noop(
    # Translators: codes/loss.csv, 4, label
    "Damaged or destroyed"
)
gettext_noop(
    # Translators: codes/loss.csv, 5, label
    "Found again"
)
gettext_noop(
    # Translators: codes/loss.csv, 6, label
    "Taken by the police"
)
gettext_noop(
    # Translators: codes/loss.csv, 7, label
    "Stolen"
)
gettext_noop(
    # Translators: codes/loss.csv, 8, label
    "I do not know"
)
gettext_noop(
    # Translators: codes/loss.csv, LOST, label
    "Lost"
)
