"""A text beside its translation."""

from typing import Any
from uuid import UUID

from django import template
from django.conf import settings

from accounts.models import User
from reports import ready
from reports.models import Message, Passage
from reports.permissions import translates
from reports.translating.queries import Beside
from reports.translating.words import direction_of

register = template.Library()


@register.filter
def of(translations: dict[UUID | None, Beside], message_id: UUID | None) -> Beside | None:
    """Return what stands beside a message, or beside the narrative for None."""
    return translations.get(message_id)


@register.filter
def direction(code: str | None) -> str:
    """Return the direction of a language; auto where none is known."""
    return direction_of(code or "")


@register.filter
def asked(message: Message) -> str:
    """Return the words of a message's template in the language of the page."""
    return ready.said(message)


@register.filter
def translated_by(passage: Passage, user: User) -> bool:
    """Tell whether the person may open a text at the translation desk."""
    return translates(user, passage)


@register.simple_tag
def foreign_languages() -> list[tuple[str, Any]]:
    """Return the languages of the portal other than English, by code and name."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
