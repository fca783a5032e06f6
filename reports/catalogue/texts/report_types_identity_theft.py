"""The texts of report_types/identity-theft.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/identity-theft.json, name
    "Identity theft"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, summary
    "Someone used your name, Social Security number or other personal data, for example to open "
    "an account."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, guidance
    "How did you find out?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, guidance
    "What was done in your name?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, guidance
    "Whom have you told already: banks, companies, offices?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, warning
    "Please report only what you believe is true. In California it is a crime to report a crime "
    "that you know did not happen (Penal Code 148.5). It can mean up to 6 months in jail, a "
    "fine of up to $1,000, or both. An honest mistake is not a crime, and you can correct it "
    "later."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening happening-now, text
    "Is someone trying to get money or codes from you right now?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening happening-now, help
    "For example, you are on the phone with them, or they wait at your door."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening in-city, text
    "Do you live in {city}?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening hurt-or-threatened, text
    "Was anyone hurt or threatened?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening hurt-or-threatened, help
    "For example, someone used force, showed a weapon or said that they would hurt you."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening only-card, text
    "Was only a card or account used that you already had, and nothing else?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, screening known-suspect, text
    "Do you know who did it, or where that person is?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, label
    "What of you was used?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, help
    "Please do not write the numbers themselves."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, choice ssn, label
    "My Social Security number"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, choice name, label
    "My name and date of birth"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, choice id, label
    "My driver's license, ID or passport"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, choice several, label
    "Several of these"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question data, choice unknown, label
    "I do not know"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question told, label
    "Have you told the bank or company?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question told, help
    "Call them as soon as you can. Ask Equifax, Experian or TransUnion for a fraud alert: it is "
    "free, and one tells the others."
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question told, choice yes, label
    "Yes"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question told, choice not-yet, label
    "Not yet"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question ftc, label
    "What is your report number from IdentityTheft.gov, if you have one?"
)
gettext_noop(
    # Translators: report_types/identity-theft.json, question ftc, help
    "Leave this empty if you have none."
)
