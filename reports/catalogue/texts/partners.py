"""The texts of partners.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: partners.json, entry highway-patrol, description
    "They look after freeways, their ramps and shoulders, and take reports of what happened "
    "there."
)
gettext_noop(
    # Translators: partners.json, entry county-sheriff, description
    "They are the police of places in the county that have no police of their own."
)
gettext_noop(
    # Translators: partners.json, entry postal-service, description
    "They look into mail that was lost or taken."
)
gettext_noop(
    # Translators: partners.json, entry la-vs-hate, description
    "They help people who met with hate. They are not the police, and you can stay anonymous. "
    "Dial 211 and ask for them."
)
gettext_noop(
    # Translators: partners.json, entry ca-vs-hate, description
    "People who are not the police listen to you and help you find support. You can stay "
    "anonymous."
)
