"""The texts of support.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: support.json, entry emergency, description
    "If someone is in danger or hurt, or if it happens again. You can ask for an interpreter. "
    "If you cannot speak safely, send a text message."
)
gettext_noop(
    # Translators: support.json, entry emergency, hours
    "Day and night"
)
gettext_noop(
    # Translators: support.json, entry ca-vs-hate, description
    "People who are not the police listen to you. You can stay anonymous. The number also reads "
    "833-8-NO-HATE."
)
gettext_noop(
    # Translators: support.json, entry la-vs-hate, description
    "Dial 211 and ask for LA vs Hate. They are not the police, and you can stay anonymous."
)
