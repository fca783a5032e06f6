"""The texts of codes/location.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/location.csv, 01, label
    "Airport, bus or train station"
)
gettext_noop(
    # Translators: codes/location.csv, 02, label
    "Bank or credit union"
)
gettext_noop(
    # Translators: codes/location.csv, 03, label
    "Bar or nightclub"
)
gettext_noop(
    # Translators: codes/location.csv, 04, label
    "Place of worship (church, synagogue, temple, mosque)"
)
gettext_noop(
    # Translators: codes/location.csv, 05, label
    "Office or business building"
)
gettext_noop(
    # Translators: codes/location.csv, 06, label
    "Construction site"
)
gettext_noop(
    # Translators: codes/location.csv, 07, label
    "Convenience store"
)
gettext_noop(
    # Translators: codes/location.csv, 08, label
    "Department or discount store"
)
gettext_noop(
    # Translators: codes/location.csv, 09, label
    "Drug store, doctor's office or hospital"
)
gettext_noop(
    # Translators: codes/location.csv, 10, label
    "Field or woods"
)
gettext_noop(
    # Translators: codes/location.csv, 11, label
    "Government or public building"
)
gettext_noop(
    # Translators: codes/location.csv, 12, label
    "Grocery store or supermarket"
)
gettext_noop(
    # Translators: codes/location.csv, 13, label
    "Street, road, alley or sidewalk"
)
gettext_noop(
    # Translators: codes/location.csv, 14, label
    "Hotel or motel"
)
gettext_noop(
    # Translators: codes/location.csv, 15, label
    "Jail or prison"
)
gettext_noop(
    # Translators: codes/location.csv, 16, label
    "Beach, lake or river"
)
gettext_noop(
    # Translators: codes/location.csv, 17, label
    "Liquor store"
)
gettext_noop(
    # Translators: codes/location.csv, 18, label
    "Parking lot or garage"
)
gettext_noop(
    # Translators: codes/location.csv, 19, label
    "Rented storage unit"
)
gettext_noop(
    # Translators: codes/location.csv, 20, label
    "Home, including its yard or driveway"
)
gettext_noop(
    # Translators: codes/location.csv, 21, label
    "Restaurant or cafe"
)
gettext_noop(
    # Translators: codes/location.csv, 22, label
    "School or college"
)
gettext_noop(
    # Translators: codes/location.csv, 23, label
    "Gas or service station"
)
gettext_noop(
    # Translators: codes/location.csv, 24, label
    "Specialty store (for example clothes, toys, phones)"
)
gettext_noop(
    # Translators: codes/location.csv, 25, label
    "Another place, or I do not know"
)
gettext_noop(
    # Translators: codes/location.csv, 37, label
    "Empty or condemned building"
)
gettext_noop(
    # Translators: codes/location.csv, 38, label
    "Amusement park"
)
gettext_noop(
    # Translators: codes/location.csv, 39, label
    "Arena, stadium or fairground"
)
gettext_noop(
    # Translators: codes/location.csv, 40, label
    "ATM outside a bank"
)
gettext_noop(
    # Translators: codes/location.csv, 41, label
    "Car dealer"
)
gettext_noop(
    # Translators: codes/location.csv, 42, label
    "Camp or campground"
)
gettext_noop(
    # Translators: codes/location.csv, 44, label
    "Day care"
)
gettext_noop(
    # Translators: codes/location.csv, 45, label
    "Dock or freight yard"
)
gettext_noop(
    # Translators: codes/location.csv, 46, label
    "Farm"
)
gettext_noop(
    # Translators: codes/location.csv, 47, label
    "Casino or race track"
)
gettext_noop(
    # Translators: codes/location.csv, 48, label
    "Factory or industrial site"
)
gettext_noop(
    # Translators: codes/location.csv, 49, label
    "Military base"
)
gettext_noop(
    # Translators: codes/location.csv, 50, label
    "Park or playground"
)
gettext_noop(
    # Translators: codes/location.csv, 51, label
    "Highway rest area"
)
gettext_noop(
    # Translators: codes/location.csv, 52, label
    "College or university"
)
gettext_noop(
    # Translators: codes/location.csv, 53, label
    "School (kindergarten to 12th grade)"
)
gettext_noop(
    # Translators: codes/location.csv, 54, label
    "Shelter or mission"
)
gettext_noop(
    # Translators: codes/location.csv, 55, label
    "Shopping mall"
)
gettext_noop(
    # Translators: codes/location.csv, 56, label
    "Tribal land"
)
gettext_noop(
    # Translators: codes/location.csv, 57, label
    "Community center"
)
gettext_noop(
    # Translators: codes/location.csv, 58, label
    "Online (website, app, e-mail, phone messages)"
)
