"""The texts of report_types/harassing-contact.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/harassing-contact.json, name
    "Harassing calls or messages"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, summary
    "Someone calls or writes to you again and again although you do not want it."
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, guidance
    "How did it begin, and what changed over time?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, guidance
    "Have you asked the person to stop, or blocked them?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, guidance
    "How does it affect you? Share only what you want to."
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening in-danger, text
    "Is anyone in danger, or is the person near you now?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening in-city, text
    "Were you in {city} when it happened, or do you live there?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening threatened, text
    "Did anyone say or write that they would hurt someone, damage something or share private "
    "pictures?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening stalking, text
    "Does the person follow you, watch you or wait for you?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening court-order, text
    "Is there a court order that forbids this person to contact you?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening firearm, text
    "Does the person have a gun, or did they talk about one?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening hate, text
    "Do you think they do it because of who you or others are?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening hate, help
    "For example, because of a religion, a skin color, a language, a disability, or whom "
    "someone loves."
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, screening known-suspect, text
    "Do you know who it is?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question ended, label
    "Is it still going on?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question ended, choice yes, label
    "Yes"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question ended, choice stopped, label
    "No, it stopped"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question ended, choice unsure, label
    "I am not sure"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question kept, label
    "Do you still have the messages or the list of calls?"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question kept, help
    "Please keep them. A picture of the screen is fine."
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question kept, choice yes, label
    "Yes"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question kept, choice some, label
    "Some of them"
)
gettext_noop(
    # Translators: report_types/harassing-contact.json, question kept, choice no, label
    "No"
)
