"""Invites the first administrator, who invites all others. Prints the link, too: a new portal may have no mail yet."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from accounts import actions, links
from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.commands import WithExamples

EXAMPLES = """
examples:
  make_administrator ada ada@example.gov
"""


class Command(WithExamples):
    help = "Invite an administrator. Prints a one-time link to choose a password and set up the second factor."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        user = User(username=options["username"], email=options["email"], roles=[Role.ADMINISTRATOR], is_staff=True)
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        actions.invite(user=user, by=SYSTEM)
        link = settings.SITE_URL + reverse("account_link", args=[links.make(user=user, kind=links.INVITATION)])
        self.stdout.write(f"Open this link within {settings.INVITATION_HOURS} hours; it works once:\n{link}")
