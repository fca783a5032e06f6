"""The texts of messages.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: messages.json, entry serial, text
    "Please send us the serial number, if you have it. It is often on the box or the receipt."
)
gettext_noop(
    # Translators: messages.json, entry photos, text
    "Can you send us photos? Photos of the damage, the place or the item help us."
)
gettext_noop(
    # Translators: messages.json, entry receipt, text
    "Can you send us a photo of the receipt, or tell us about what it cost?"
)
gettext_noop(
    # Translators: messages.json, entry call, text
    "When can we call you? Please give us a day and a time, and a phone number that is safe."
)
gettext_noop(
    # Translators: messages.json, entry time, text
    "About what time did it happen, and when did you notice it?"
)
gettext_noop(
    # Translators: messages.json, entry place, text
    "Where was it exactly? An address, the nearest crossing or a place nearby helps us."
)
gettext_noop(
    # Translators: messages.json, entry witness, text
    "Did anyone else see or hear what happened? How can we reach them?"
)
gettext_noop(
    # Translators: messages.json, entry camera, text
    "Is there a camera nearby? Do you know whose it is?"
)
gettext_noop(
    # Translators: messages.json, entry person, text
    "What did the person look like, as far as you remember?"
)
gettext_noop(
    # Translators: messages.json, entry plate, text
    "Do you remember the license plate of the other car, or a part of it?"
)
gettext_noop(
    # Translators: messages.json, entry changed, text
    "Has anything changed since you sent the report? Was anything found?"
)
gettext_noop(
    # Translators: messages.json, entry consent, text
    "Another office may be able to help you better. May we pass on your report with your name "
    "and how to reach you? Please write yes or no. Without your yes we will not do it. Please "
    "answer by {answer_by}."
)
gettext_noop(
    # Translators: messages.json, entry insurance, text
    "You can give the official number to your insurance company. A copy of the report is on "
    "this page."
)
gettext_noop(
    # Translators: messages.json, entry found-later, text
    "If something is found or you remember more, call {agency_phone} and give the number "
    "{dr_number}."
)
gettext_noop(
    # Translators: messages.json, entry at-station, text
    "You can come to your station and talk to an officer there: {station}, {station_address}. "
    "You can ask for an interpreter."
)
gettext_noop(
    # Translators: messages.json, entry still-call, text
    "If you see it differently or something new happens, please call {agency_phone}. You can "
    "also send a new report."
)
gettext_noop(
    # Translators: messages.json, entry ask-them, text
    "From now on {partner} can tell you how it goes on. Please ask them and not us. You can "
    "give them your reference, {reference}."
)
gettext_noop(
    # Translators: messages.json, entry need-nothing, text
    "You do not need to do anything. If {partner} needs to know more, they will tell you."
)
gettext_noop(
    # Translators: messages.json, entry one-report, text
    "What you told us is kept. You do not need to report it again."
)
gettext_noop(
    # Translators: messages.json, entry sorry, text
    "We are sorry that this takes longer. Thank you for waiting."
)
gettext_noop(
    # Translators: messages.json, entry call-any-time, text
    "If anything changes or you do not feel safe, call {agency_phone}. If you are in danger, "
    "call {emergency_phone}."
)
