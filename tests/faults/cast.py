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

from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402 (the settings first)
from django.utils import timezone  # noqa: E402

from accounts.adapters import secrets_of  # noqa: E402
from accounts.models import Role, User  # noqa: E402
from reports.export.table import COLUMNS  # noqa: E402
from reports.feed import tokens, webhooks  # noqa: E402
from reports.feed.columns import COLUMNS as FED  # noqa: E402
from reports.models import Area, FeedToken  # noqa: E402
from reports.sections import SECTIONS  # noqa: E402
from tests.canary import Canary, answers  # noqa: E402
from tests.reports.sections.conftest import EVERYTHING, ask  # noqa: E402


def main(line: str, hooked: str) -> dict[str, object]:
    """Make them all; one member of staff has every role, so that one walk sees every page."""
    secrets = Canary()
    password, app = secrets.word(), secrets.word(32).upper()
    boss = User.objects.create_user("boss", "boss@example.org", password, is_staff=True, roles=[*Role])
    with secrets_of(boss):
        TOTP.activate(boss, app)
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
    # What it signs with is no word of ours, but a webhook may be asked whether it told anything.
    webhooks.hook(name="records", url=hooked, areas=[], by=boss, citywide=True, every_type=True, types=[])
    logging.getLogger("reports").warning(line)
    return {
        "type": report_type.pk,
        "raws": answers(canary, report_type),
        "words": canary.words,
        "password": password,
        "app": app,
        "token": text,
        "columns": list(COLUMNS),
    }


if __name__ == "__main__":
    print(json.dumps(main(*json.load(sys.stdin))))
