"""The texts of codes/category.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/category.csv, race_ethnicity_ancestry, label
    "Race, ethnicity or family origin"
)
gettext_noop(
    # Translators: codes/category.csv, religion, label
    "Religion or belief"
)
gettext_noop(
    # Translators: codes/category.csv, sexual_orientation, label
    "Sexual orientation"
)
gettext_noop(
    # Translators: codes/category.csv, gender, label
    "Being a man or a woman"
)
gettext_noop(
    # Translators: codes/category.csv, gender_identity, label
    "Gender identity or how someone shows their gender"
)
gettext_noop(
    # Translators: codes/category.csv, disability, label
    "Disability"
)
gettext_noop(
    # Translators: codes/category.csv, none_or_unknown, label
    "Not sure"
)
gettext_noop(
    # Translators: codes/category.csv, place_home, label
    "Home or a place to stay"
)
gettext_noop(
    # Translators: codes/category.csv, place_street, label
    "Street, road or parking"
)
gettext_noop(
    # Translators: codes/category.csv, place_transit, label
    "Bus, train, plane or boat stop"
)
gettext_noop(
    # Translators: codes/category.csv, place_shop, label
    "Shop, bank or service"
)
gettext_noop(
    # Translators: codes/category.csv, place_leisure, label
    "Food, drink and free time"
)
gettext_noop(
    # Translators: codes/category.csv, place_school, label
    "School or child care"
)
gettext_noop(
    # Translators: codes/category.csv, place_public, label
    "Public building, health care or place of worship"
)
gettext_noop(
    # Translators: codes/category.csv, place_outdoors, label
    "Park, water or open land"
)
gettext_noop(
    # Translators: codes/category.csv, place_work, label
    "Work or business site"
)
gettext_noop(
    # Translators: codes/category.csv, place_online, label
    "Online"
)
gettext_noop(
    # Translators: codes/category.csv, place_other, label
    "Somewhere else"
)
gettext_noop(
    # Translators: codes/category.csv, thing_carried, label
    "Things people carry"
)
gettext_noop(
    # Translators: codes/category.csv, thing_electronic, label
    "Phones, computers and electronics"
)
gettext_noop(
    # Translators: codes/category.csv, thing_paper, label
    "Papers, cards and money"
)
gettext_noop(
    # Translators: codes/category.csv, thing_home, label
    "Home, garden and animals"
)
gettext_noop(
    # Translators: codes/category.csv, thing_sport, label
    "Sport, music and hobbies"
)
gettext_noop(
    # Translators: codes/category.csv, thing_tool, label
    "Tools, materials and machines"
)
gettext_noop(
    # Translators: codes/category.csv, thing_vehicle, label
    "Vehicles, bikes and parts"
)
gettext_noop(
    # Translators: codes/category.csv, thing_other, label
    "Something else"
)
gettext_noop(
    # Translators: codes/category.csv, kind_taken, label
    "Something was taken or lost"
)
gettext_noop(
    # Translators: codes/category.csv, kind_damaged, label
    "Something was damaged"
)
gettext_noop(
    # Translators: codes/category.csv, kind_words, label
    "Hateful or unwanted words"
)
gettext_noop(
    # Translators: codes/category.csv, kind_money, label
    "Money or identity"
)
gettext_noop(
    # Translators: codes/category.csv, kind_other, label
    "Something else"
)
