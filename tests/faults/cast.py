"""Before the canary's life begins: who works on it, what it will say, where it may be pulled. Prints it as JSON.

Run beside the served product: `python -m tests.faults.cast`. What it reads is logged, as a line of ours would be.
"""

import json
import logging
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
django.setup()

from django.conf import settings  # noqa: E402 (the settings first)
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import sessions  # noqa: E402
from accounts.models import Role, User  # noqa: E402
from reports.export.table import COLUMNS  # noqa: E402
from reports.feed import tokens  # noqa: E402
from reports.feed.columns import COLUMNS as FED  # noqa: E402
from reports.models import Area, FeedToken  # noqa: E402
from reports.sections import SECTIONS  # noqa: E402
from tests.canary import Canary, answers  # noqa: E402
from tests.reports.sections.conftest import EVERYTHING, ask  # noqa: E402


def session_of(user: User) -> str:
    """Return the key of a session that has passed the second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.begin(session, proven=True)
    session.save()
    return str(session.session_key)


def main(line: str) -> dict[str, object]:
    """Make them all; one member of staff has every role, so that one walk sees every page."""
    boss = User.objects.create_user("boss", "boss@example.org", "a long enough password", is_staff=True, roles=[*Role])
    boss.languages = ["es"]
    boss.save()
    boss.areas.set(Area.objects.filter(number=1))
    report_type = ask(EVERYTHING, [(key, {}) for key in SECTIONS])
    canary = Canary()
    _token, text = tokens.make(
        name="records",
        areas=[],
        by=boss,
        citywide=True,
        every_type=True,
        types=[],
        columns=list(FED),
        files=FeedToken.Files.ORIGINALS,
        reason=FeedToken.Reason.RECORDS,
        expires_at=timezone.now() + timedelta(days=1),
    )
    logging.getLogger("reports").warning(line)
    return {
        "type": report_type.pk,
        "raws": answers(canary, report_type),
        "words": canary.words,
        "session": session_of(boss),
        "token": text,
        "columns": list(COLUMNS),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.stdin.read())))
