"""Every column that holds something sealed, and by which key. `tests/test_house.py` compares it with all models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from reports import vault
from reports.models import Draft, Export, ReportKey, Webhook


@dataclass(frozen=True)
class Wrapped:
    """A column of data keys that a key of the keyring wraps, the column that names which, and where it is bound."""

    model: type[Model]
    column: str
    named_by: str
    place: Callable[[Any], vault.Place]


# What a new encryption key wraps anew. All that is sealed with these data keys stays as it is.
WRAPPED = (
    Wrapped(ReportKey, "wrapped", "wrapped_by", lambda row: row.place),
    Wrapped(Export, "wrapped", "wrapped_by", lambda row: row.place("wrapped")),
    Wrapped(Draft, "wrapped_key", "wrapped_by", lambda row: row.key_place),
    Wrapped(Webhook, "wrapped_key", "wrapped_by", lambda row: row.key_place),
)
# Secrets as text, each beside a data key of its own: sealed anew as a whole. Allauth's table of second factors.
TEXTS = frozenset({"mfa.Authenticator.data"})
# Sealed with the data key of a report, draft or webhook, or wrapped by it: shredded with it, untouched by a new key.
UNDER_DATA_KEYS = frozenset(
    {
        "reports.Document.sealed",
        "reports.DocumentVersion.sealed",
        "reports.Message.sealed",
        "reports.Message.sealed_ready",
        "reports.Note.sealed",
        "reports.Translation.sealed",
        "reports.HateEscalation.sealed_note",
        "reports.HateClassification.sealed_note",
        "reports.Attachment.wrapped_key",
        "reports.Attachment.sealed_name",
        "reports.Draft.answers",
        "reports.Draft.sealed_email",
        "reports.Webhook.secret",
        "reports.Webhook.secret_before",
    }
)
# Made with the search key, so made anew with a new one.
KEYED = frozenset({"reports.Document.terms", "reports.Draft.resume_term"})
# Bytes that need no key.
OPEN = frozenset(
    {
        "reports.AuditCheckpoint.link",
        "reports.AuditCheckpoint.seal",
        "reports.AuditEvent.link",
        "reports.WatchedSetting.digest",
        "reports.PublishedFile.content",
        "reports.FeedToken.digest",
    }
)
