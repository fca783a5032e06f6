"""What a test asks of a served product from inside, by `Product.ask`: each returns plain text."""

from django.test import Client

from accounts import sessions
from accounts.models import User
from reports.export import actions
from reports.export.table import PRESETS
from reports.export.wanted import Wanted
from reports.models import Export


def call(name: str, *args: object) -> str:
    """Return the expression that calls a function of this module."""
    given = ", ".join(map(repr, args))
    return f"__import__('tests.scale.inside', fromlist=['{name}']).{name}({given})"


def log_in(username: str) -> str:
    """Return the cookie of a session that has passed the second factor."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    session = client.session
    sessions.begin(session, proven=True)
    session.save()
    return str(session.session_key)


def ask_export(username: str) -> str:
    """Ask for a CSV with every column, personal ones too, and return its id. Workers make it."""
    export = actions.ask(
        wanted=Wanted(),
        keys=PRESETS["everything"].columns,
        kind=Export.Format.CSV,
        personal=True,
        with_bom=False,
        reason="records",
        by=User.objects.get(username=username),
    )
    return str(export.pk)
