"""What a resident's browser carries instead of an account: signed, unreadable to scripts, gone with the browser.

Nothing about a resident is kept in a server session.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MOST_DRAFTS = 8
# A status page left open on a shared phone closes by itself.
STATUS_SECONDS = 15 * 60
# Words that were typed or files on their way are still taken from a page that was open longer.
WRITING_SECONDS = 60 * 60
LEFT_SECONDS = 60 * 60


def _name(name: str) -> str:
    return f"__Host-{name}" if settings.SECURE_COOKIES else name


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_signed_cookie(
        _name(name), value, salt=name, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax", path="/"
    )


def drafts(request: HttpRequest) -> list[UUID]:
    """Return the drafts begun in this browser, newest first."""
    value = request.get_signed_cookie(_name("drafts"), default="", salt="drafts") or ""
    return [UUID(hex=part) for part in value.split(".") if part]


def add_draft(request: HttpRequest, response: HttpResponse, draft_id: UUID) -> None:
    """Remember a draft in this browser; the oldest of more than eight is forgotten."""
    known = [draft_id, *(known for known in drafts(request) if known != draft_id)]
    _set(response, "drafts", ".".join(each.hex for each in known[:MOST_DRAFTS]))


def drop_draft(request: HttpRequest, response: HttpResponse, draft_id: UUID) -> None:
    """Forget one draft in this browser."""
    _set(response, "drafts", ".".join(known.hex for known in drafts(request) if known != draft_id))


def open_status(response: HttpResponse, report_id: UUID) -> None:
    """Remember that this browser proved the access code of a report."""
    _set(response, "status", report_id.hex)


def status(request: HttpRequest, *, is_writing: bool = False) -> UUID | None:
    """Return the report whose page was opened or used in the last 15 minutes (an hour for who writes), or None."""
    seconds = WRITING_SECONDS if is_writing else STATUS_SECONDS
    value = request.get_signed_cookie(_name("status"), default="", salt="status", max_age=seconds)
    return UUID(hex=value) if value else None


def close_status(response: HttpResponse) -> None:
    """Forget the proven report."""
    response.delete_cookie(_name("status"), path="/", samesite="Lax")


def forget_all(response: HttpResponse) -> None:
    """Forget everything: the way out of every page. Only that somebody left is known, while Back may be pressed."""
    for name in ("drafts", "status"):
        response.delete_cookie(_name(name), path="/", samesite="Lax")
    _set(response, "left", "yes")


def has_left(request: HttpRequest) -> bool:
    """Tell whether somebody left quickly in this browser a short while ago."""
    return bool(request.get_signed_cookie(_name("left"), default="", salt="left", max_age=LEFT_SECONDS))
