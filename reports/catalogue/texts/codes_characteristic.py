"""The texts of codes/characteristic.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/characteristic.csv, disability, label
    "A disability"
)
gettext_noop(
    # Translators: codes/characteristic.csv, gender, label
    "Gender, gender identity or how someone shows their gender"
)
gettext_noop(
    # Translators: codes/characteristic.csv, nationality, label
    "Nationality, citizenship or immigration status"
)
gettext_noop(
    # Translators: codes/characteristic.csv, race_ethnicity, label
    "Race, ethnicity, skin color or family origin"
)
gettext_noop(
    # Translators: codes/characteristic.csv, religion, label
    "Religion, or having no religion"
)
gettext_noop(
    # Translators: codes/characteristic.csv, sexual_orientation, label
    "Sexual orientation"
)
gettext_noop(
    # Translators: codes/characteristic.csv, association, label
    "Being linked with a person or group like this (family, friend, helper)"
)
gettext_noop(
    # Translators: codes/characteristic.csv, unknown, label
    "I am not sure"
)
