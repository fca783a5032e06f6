"""The texts of codes/bias.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/bias.csv, 11, label
    "White people"
)
gettext_noop(
    # Translators: codes/bias.csv, 12, label
    "Black or African American people"
)
gettext_noop(
    # Translators: codes/bias.csv, 13, label
    "Native American or Alaska Native people"
)
gettext_noop(
    # Translators: codes/bias.csv, 14, label
    "Asian people"
)
gettext_noop(
    # Translators: codes/bias.csv, 15, label
    "People of several races or origins"
)
gettext_noop(
    # Translators: codes/bias.csv, 16, label
    "Native Hawaiian or other Pacific Islander people"
)
gettext_noop(
    # Translators: codes/bias.csv, 21, label
    "Jewish people"
)
gettext_noop(
    # Translators: codes/bias.csv, 22, label
    "Catholic people"
)
gettext_noop(
    # Translators: codes/bias.csv, 23, label
    "Protestant people"
)
gettext_noop(
    # Translators: codes/bias.csv, 24, label
    "Muslim people"
)
gettext_noop(
    # Translators: codes/bias.csv, 25, label
    "People of another religion"
)
gettext_noop(
    # Translators: codes/bias.csv, 26, label
    "People of several religions"
)
gettext_noop(
    # Translators: codes/bias.csv, 27, label
    "People who have no religion"
)
gettext_noop(
    # Translators: codes/bias.csv, 28, label
    "Members of the Church of Jesus Christ (Mormon)"
)
gettext_noop(
    # Translators: codes/bias.csv, 29, label
    "Jehovah's Witnesses"
)
gettext_noop(
    # Translators: codes/bias.csv, 31, label
    "Arab people"
)
gettext_noop(
    # Translators: codes/bias.csv, 32, label
    "Hispanic or Latino people"
)
gettext_noop(
    # Translators: codes/bias.csv, 33, label
    "People of another race, ethnicity or family origin"
)
gettext_noop(
    # Translators: codes/bias.csv, 41, label
    "Gay men"
)
gettext_noop(
    # Translators: codes/bias.csv, 42, label
    "Lesbian women"
)
gettext_noop(
    # Translators: codes/bias.csv, 43, label
    "LGBTQ+ people as a group"
)
gettext_noop(
    # Translators: codes/bias.csv, 44, label
    "Straight people"
)
gettext_noop(
    # Translators: codes/bias.csv, 45, label
    "Bisexual people"
)
gettext_noop(
    # Translators: codes/bias.csv, 51, label
    "People with a physical disability"
)
gettext_noop(
    # Translators: codes/bias.csv, 52, label
    "People with a mental disability"
)
gettext_noop(
    # Translators: codes/bias.csv, 61, label
    "Men or boys"
)
gettext_noop(
    # Translators: codes/bias.csv, 62, label
    "Women or girls"
)
gettext_noop(
    # Translators: codes/bias.csv, 71, label
    "Transgender people"
)
gettext_noop(
    # Translators: codes/bias.csv, 72, label
    "People who do not fit what is expected of men or women"
)
gettext_noop(
    # Translators: codes/bias.csv, 81, label
    "Eastern Orthodox Christians"
)
gettext_noop(
    # Translators: codes/bias.csv, 82, label
    "Other Christians"
)
gettext_noop(
    # Translators: codes/bias.csv, 83, label
    "Buddhist people"
)
gettext_noop(
    # Translators: codes/bias.csv, 84, label
    "Hindu people"
)
gettext_noop(
    # Translators: codes/bias.csv, 85, label
    "Sikh people"
)
gettext_noop(
    # Translators: codes/bias.csv, 88, label
    "No bias"
)
gettext_noop(
    # Translators: codes/bias.csv, 99, label
    "I am not sure"
)
