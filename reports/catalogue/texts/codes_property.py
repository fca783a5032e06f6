"""The texts of codes/property.csv. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: codes/property.csv, 01, label
    "Aircraft"
)
gettext_noop(
    # Translators: codes/property.csv, 02, label
    "Alcohol"
)
gettext_noop(
    # Translators: codes/property.csv, 03, label
    "Car"
)
gettext_noop(
    # Translators: codes/property.csv, 04, label
    "Bicycle"
)
gettext_noop(
    # Translators: codes/property.csv, 05, label
    "Bus"
)
gettext_noop(
    # Translators: codes/property.csv, 06, label
    "Clothes or shoes"
)
gettext_noop(
    # Translators: codes/property.csv, 07, label
    "Computer, laptop or tablet"
)
gettext_noop(
    # Translators: codes/property.csv, 08, label
    "Food, groceries or toiletries"
)
gettext_noop(
    # Translators: codes/property.csv, 09, label
    "Credit or debit card"
)
gettext_noop(
    # Translators: codes/property.csv, 10, label
    "Drugs"
)
gettext_noop(
    # Translators: codes/property.csv, 11, label
    "Drug equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 12, label
    "Farm equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 13, label
    "Gun"
)
gettext_noop(
    # Translators: codes/property.csv, 14, label
    "Gambling equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 15, label
    "Construction or industrial machine"
)
gettext_noop(
    # Translators: codes/property.csv, 16, label
    "Furniture, appliance or other household goods"
)
gettext_noop(
    # Translators: codes/property.csv, 17, label
    "Jewelry or watch"
)
gettext_noop(
    # Translators: codes/property.csv, 18, label
    "Farm animals"
)
gettext_noop(
    # Translators: codes/property.csv, 19, label
    "Goods for sale"
)
gettext_noop(
    # Translators: codes/property.csv, 20, label
    "Cash"
)
gettext_noop(
    # Translators: codes/property.csv, 21, label
    "Signed check or money order"
)
gettext_noop(
    # Translators: codes/property.csv, 22, label
    "Blank or unsigned check"
)
gettext_noop(
    # Translators: codes/property.csv, 23, label
    "Office equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 24, label
    "Motorcycle, scooter or other motor vehicle"
)
gettext_noop(
    # Translators: codes/property.csv, 25, label
    "Wallet, purse, handbag or backpack"
)
gettext_noop(
    # Translators: codes/property.csv, 26, label
    "TV, radio, speaker or video player"
)
gettext_noop(
    # Translators: codes/property.csv, 27, label
    "Music, films or games on disc"
)
gettext_noop(
    # Translators: codes/property.csv, 28, label
    "Motor home"
)
gettext_noop(
    # Translators: codes/property.csv, 29, label
    "House"
)
gettext_noop(
    # Translators: codes/property.csv, 30, label
    "Other home"
)
gettext_noop(
    # Translators: codes/property.csv, 31, label
    "Business building"
)
gettext_noop(
    # Translators: codes/property.csv, 32, label
    "Industrial building"
)
gettext_noop(
    # Translators: codes/property.csv, 33, label
    "Public building"
)
gettext_noop(
    # Translators: codes/property.csv, 34, label
    "Storage building"
)
gettext_noop(
    # Translators: codes/property.csv, 35, label
    "Other building"
)
gettext_noop(
    # Translators: codes/property.csv, 36, label
    "Tools"
)
gettext_noop(
    # Translators: codes/property.csv, 37, label
    "Truck"
)
gettext_noop(
    # Translators: codes/property.csv, 38, label
    "Vehicle part or accessory"
)
gettext_noop(
    # Translators: codes/property.csv, 39, label
    "Boat, kayak or other watercraft"
)
gettext_noop(
    # Translators: codes/property.csv, 41, label
    "Aircraft part"
)
gettext_noop(
    # Translators: codes/property.csv, 42, label
    "Art or craft supplies"
)
gettext_noop(
    # Translators: codes/property.csv, 43, label
    "Building materials"
)
gettext_noop(
    # Translators: codes/property.csv, 44, label
    "Camping, hunting or fishing gear"
)
gettext_noop(
    # Translators: codes/property.csv, 45, label
    "Chemicals"
)
gettext_noop(
    # Translators: codes/property.csv, 46, label
    "Collection (for example coins, stamps, cards)"
)
gettext_noop(
    # Translators: codes/property.csv, 47, label
    "Crops"
)
gettext_noop(
    # Translators: codes/property.csv, 48, label
    "Personal or business papers"
)
gettext_noop(
    # Translators: codes/property.csv, 49, label
    "Explosives"
)
gettext_noop(
    # Translators: codes/property.csv, 59, label
    "Gun accessories"
)
gettext_noop(
    # Translators: codes/property.csv, 64, label
    "Fuel"
)
gettext_noop(
    # Translators: codes/property.csv, 65, label
    "ID, passport or driver's license"
)
gettext_noop(
    # Translators: codes/property.csv, 66, label
    "Identity information"
)
gettext_noop(
    # Translators: codes/property.csv, 67, label
    "Police equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 68, label
    "Lawn or garden equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 69, label
    "Logging equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 70, label
    "Medical equipment (for example wheelchair, hearing aid)"
)
gettext_noop(
    # Translators: codes/property.csv, 71, label
    "Metal (for example copper wire, pipes)"
)
gettext_noop(
    # Translators: codes/property.csv, 72, label
    "Musical instrument"
)
gettext_noop(
    # Translators: codes/property.csv, 73, label
    "Pet"
)
gettext_noop(
    # Translators: codes/property.csv, 74, label
    "Camera, glasses or binoculars"
)
gettext_noop(
    # Translators: codes/property.csv, 75, label
    "Phone or other portable electronics"
)
gettext_noop(
    # Translators: codes/property.csv, 76, label
    "Sports equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 77, label
    "Something else (for example keys)"
)
gettext_noop(
    # Translators: codes/property.csv, 78, label
    "Trailer"
)
gettext_noop(
    # Translators: codes/property.csv, 79, label
    "Boat part or equipment"
)
gettext_noop(
    # Translators: codes/property.csv, 80, label
    "Other weapon"
)
gettext_noop(
    # Translators: codes/property.csv, 88, label
    "Not listed yet"
)
