"""The texts of report_types/hit-and-run.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/hit-and-run.json, name
    "Hit and run with damage only"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, summary
    "Someone hit a vehicle or another thing of yours and drove away. Nobody was hurt."
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, guidance
    "How did you find the damage, or how did it happen?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, guidance
    "Which way did the other vehicle go?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, guidance
    "Did anyone see it, or leave a note?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening happening-now, text
    "Is it happening now, or is the person still near?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening hurt, text
    "Was anyone hurt, even a little, or does anyone feel pain now?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening freeway, text
    "Did it happen on a freeway, or on a ramp or shoulder of one?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening threatened, text
    "Did anyone threaten someone, or try to hit them on purpose?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening drunk, text
    "Did the other driver seem drunk, or on drugs?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, screening known-suspect, text
    "Does anyone know who drove the other vehicle, or its license plate?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question parked, label
    "Was your vehicle parked?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question parked, choice parked, label
    "Yes, and nobody was in it"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question parked, choice occupied, label
    "Yes, and someone was in it"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question parked, choice driving, label
    "No, it was on the road"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question parked, choice thing, label
    "It was not a vehicle that was hit, but a fence, a wall or something else"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question damage-cost, label
    "About how many dollars will the repair cost?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question damage-cost, help
    "A guess is fine. Leave this empty if you do not know."
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question insurer, label
    "What is the claim number, if you told an insurer?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question insurer, help
    "Leave this empty if you have none."
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question cameras, label
    "Could a camera have seen it?"
)
gettext_noop(
    # Translators: report_types/hit-and-run.json, question cameras, help
    "For example, a camera of a shop, a neighbor or your own. Tell us where it is."
)
