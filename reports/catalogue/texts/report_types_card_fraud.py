"""The texts of report_types/card-fraud.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/card-fraud.json, name
    "Card or account fraud"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, summary
    "Someone used your credit card, debit card, bank account or payment app without being "
    "allowed to."
)
gettext_noop(
    # Translators: report_types/card-fraud.json, guidance
    "How did you find out, and what was bought or taken?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, guidance
    "Where did you use the card or account last yourself?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, guidance
    "What did the bank or company tell you?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening happening-now, text
    "Is someone trying to get money or codes from you right now?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening happening-now, help
    "For example, you are on the phone with them, or they wait at your door."
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening in-city, text
    "Was it used in {city}, or do you live there?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening new-accounts, text
    "Did someone also open new accounts or sign contracts in your name?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, screening known-suspect, text
    "Do you know who did it, or where that person is?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question card, label
    "Where is the card now?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question card, choice mine, label
    "I have it"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question card, choice lost, label
    "I lost it"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question card, choice stolen, label
    "It was stolen"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question card, choice none, label
    "There is no card"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question told, label
    "Have you told the bank or company?"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question told, help
    "Call them as soon as you can, so that nothing more is taken. The number stands on the "
    "card."
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question told, choice yes, label
    "Yes"
)
gettext_noop(
    # Translators: report_types/card-fraud.json, question told, choice not-yet, label
    "Not yet"
)
