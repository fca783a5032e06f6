"""The settings under watch: that one was changed is written into the log by its name, never its value."""

import hmac
import json
import logging
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reports import audit, vault
from reports.audit import SYSTEM
from reports.models import WatchedSetting

logger = logging.getLogger(__name__)

# Says nothing about who may do what, or where data goes. What is not here is watched, a new setting too.
UNWATCHED = frozenset(
    {
        "AGENCY_ACCENT",
        "AGENCY_CITY",
        "AGENCY_COLOUR",
        "AGENCY_LOGO",
        "AGENCY_NAME",
        "AGENCY_PHONE",
        "AGENCY_TEXTS_DIR",
        "EMERGENCY_PHONE",
        "ANSWER_DAYS",
        "ANSWER_REMINDER_DAYS",
        "CATALOGUE_CACHE_SECONDS",
        "CRISPY_ALLOWED_TEMPLATE_PACKS",
        "CRISPY_TEMPLATE_PACK",
        "DEFAULT_AUTO_FIELD",
        "DR_NUMBER_PATTERN",
        "FORM_RENDERER",
        "LANGUAGES",
        "LANGUAGE_CODE",
        "LOCALE_PATHS",
        "MODELTRANSLATION_DEFAULT_LANGUAGE",
        "MODELTRANSLATION_FALLBACK_LANGUAGES",
        "MODELTRANSLATION_LANGUAGES",
        "PAPER_COLOURS",
        "SMS_NAME",
        "STATICFILES_DIRS",
        "STATIC_ROOT",
        "STATIC_URL",
        "TEMPLATES",
        "TIME_ZONE",
        "TRANSLATE_MOST_CHARACTERS",
        "TRANSLATE_SECONDS",
        "USE_I18N",
        "USE_TZ",
        "WHITENOISE_AUTOREFRESH",
        "WHITENOISE_USE_FINDERS",
    }
)


def watched() -> dict[str, bytes]:
    """Return a keyed digest of each setting of ours that is under watch: who reads it learns no value."""
    key = vault.derived_key("settings")
    is_ours: Callable[[str], bool] = settings.is_overridden  # type: ignore[misc]
    names = {name for name in dir(settings) if name.isupper() and is_ours(name)} - UNWATCHED
    return {name: hmac.digest(key, _plain(getattr(settings, name)).encode(), sha256) for name in sorted(names)}


@transaction.atomic
def compare(*, process: str) -> list[str]:
    """Write into the log which settings differ from those this kind of process had before; return their names.

    The first time only that the watch began is written. Processes that start at the same moment wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('watched_settings'))")
    before = {row.name: bytes(row.digest) for row in WatchedSetting.objects.filter(process=process)}
    now = watched()
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if not changed:
        return []
    _keep(process, now, gone=before.keys() - now.keys())
    subject = f"settings:{process}"
    if not before:
        audit.record("auditing.settings", by=SYSTEM, subject=subject, first_of=len(now))
        return []
    for name in changed:
        audit.record("auditing.settings", by=SYSTEM, subject=subject, name=name)
    return changed


def at_start(process: str) -> None:
    """Compare when a process starts; a database that cannot be reached yet keeps nobody from starting."""
    try:
        compare(process=process)
    except DatabaseError as error:
        logger.warning("the settings could not be compared: %s", type(error).__name__)


def _keep(process: str, now: dict[str, bytes], *, gone: Iterable[str]) -> None:
    WatchedSetting.objects.filter(process=process, name__in=gone).delete()
    at = timezone.now()
    WatchedSetting.objects.bulk_create(
        [WatchedSetting(process=process, name=name, digest=digest, since=at) for name, digest in now.items()],
        update_conflicts=True,
        unique_fields=["process", "name"],
        update_fields=["digest", "since"],
    )


def _plain(value: Any) -> str:
    """Return a setting as text that is the same in every process of the same configuration."""
    return json.dumps(value, sort_keys=True, default=_named)


def _named(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return getattr(value, "__qualname__", None) or str(value)
