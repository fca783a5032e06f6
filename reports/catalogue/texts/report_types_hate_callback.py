"""The texts of report_types/hate-callback.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: report_types/hate-callback.json, name
    "Call back after a hate incident"
)
gettext_noop(
    # Translators: report_types/hate-callback.json, summary
    "Someone from our hate-crime team gets in touch with you and listens."
)
