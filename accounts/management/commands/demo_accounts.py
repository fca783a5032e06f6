"""Makes the demo's logins. Refused where DEBUG is off."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import Role, User
from reports.commands import WithExamples

EXAMPLES = """
examples:
  demo_accounts    make the log-ins that are missing and print all
"""


class Command(WithExamples):
    help = "Make the demo log-ins, one for each kind of work. Only for a machine of your own."
    examples = EXAMPLES

    def handle(self, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo logins are refused because DEBUG is off.")
        every_language = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for username, roles in ACCOUNTS.items():
            languages = every_language if Role.TRANSLATOR in roles else []
            user, made = User.objects.get_or_create(
                username=username, defaults={"roles": roles, "is_staff": True, "citywide": True, "languages": languages}
            )
            if made:
                user.set_password(PASSWORD)
                user.save(update_fields=["password"])
            self.stdout.write(f"  {username:14} {PASSWORD}")
