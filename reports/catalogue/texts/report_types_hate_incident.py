"""The texts of report_types/hate-incident.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/hate-incident.json, name
    "Hate incident"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, summary
    "Someone said or did something hateful because of who you or others are, or who they "
    "thought you are."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, guidance
    "What was said or done? Write the words as you remember them, in the language in which you "
    "heard them. It is all right to write ugly words here."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, guidance
    "Why do you think it was because of who you or others are?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, guidance
    "How has it affected you and the people around you? Share only what you want to."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, warning
    "Please tell us what happened as you remember it. You do not have to prove anything or be "
    "sure of every detail. You do not have to decide whether it was a crime: an officer will do "
    "that. We never ask about immigration status."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening in-danger, text
    "Is anyone in danger, or is it happening now?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening in-city, text
    "Did it happen in {city}?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening in-city, help
    "If it happened online or by phone, answer yes if you were in the city or live in it."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening threat, text
    "Did anyone say, write or show that they would hurt someone or damage something?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening contact-or-injury, text
    "Did anyone hit, push, spit on or grab someone, or throw something at them, or was anyone "
    "hurt?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening damage, text
    "Was anything damaged, broken, burned or painted on?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening damage, help
    "For example, a window, a car, a wall or a place of worship."
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening weapon, text
    "Did anyone have a weapon, or something they could use as one?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, screening stalking, text
    "Does someone follow, watch or contact you again and again in a way that frightens you?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question happened-before, label
    "Has something like this happened to you or your group before?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question happened-before, choice no, label
    "No, this was the first time"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question happened-before, choice same, label
    "Yes, by the same person or people"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question happened-before, choice others, label
    "Yes, by other people"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question happened-before, choice unknown, label
    "I do not know"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question first-time, label
    "If it happened before, when did it start?"
)
gettext_noop(
    # Translators: report_types/hate-incident.json, question first-time, help
    "The day does not have to be exact. Leave this empty if you do not know."
)
