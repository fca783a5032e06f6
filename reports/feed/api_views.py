"""/api/v1/: the feed's doors. A token opens them, never a session. Answers are never kept by a cache between."""

import json
import logging
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field

from reports.feed import actions, limits, tokens
from reports.feed.entries import CURSOR, UnknownCursor
from reports.feed.schemas import ErrorOut, NumberIn, PageOut, ReceiptOut, ReportOut
from reports.files.streaming import streamed

logger = logging.getLogger(__name__)

USUAL, MOST = 50, 200
PREFIX = "/api/v1/"


class TooMany(Exception):
    """The token asked too often; `seconds` until it may again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("too many requests")


class Token(HttpBearer):
    """`Authorization: Bearer feed_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the token's row, None where it opens nothing. Raises TooMany."""
        found = tokens.recognise(token)
        if found and (seconds := limits.wait(found)):
            raise TooMany(seconds)
        return found


api = NinjaAPI(
    title="Community reports: the feed",
    version="1",
    description="Approved reports for records systems and crime centres. Pulling alone is enough to lose nothing.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=Token(),
)
ERRORS = {401: ErrorOut, 422: ErrorOut, 429: ErrorOut}


class PullIn(Schema):
    """Where to go on, and how many reports at most."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str | None, Field(pattern=CURSOR, description="`next` of the page before.")] = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL


@api.get(
    "reports",
    url_name="pull",
    response={200: PageOut, 304: None, 409: ErrorOut, **ERRORS},
    summary="What changed since a cursor",
)
def pull(request: HttpRequest, asked: Query[PullIn]) -> HttpResponseBase:
    """Approved reports in the order of their changes, each as it stands now; without a cursor from the beginning.

    Ask on with `next` while `more` is true; then keep `next` and ask with it again later. 409 means that the cursor is
    not of this feed or of another scope: begin again without one.
    """
    token = request.auth
    found = actions.find(token=token, cursor=asked.cursor or "", most=asked.limit)
    body = {"reports": found.items, "next": found.following or None, "more": found.more}
    answer = tagged(request, body)
    if answer.status_code == 200:
        actions.pull(by=token, looked_at=found.looked_at)
    return answer


@api.get(
    "reports/{uuid:report_id}",
    url_name="look",
    response={200: ReportOut, 304: None, 404: ErrorOut, **ERRORS},
    summary="One report",
)
def look(request: HttpRequest, report_id: UUID) -> HttpResponseBase:
    """One approved report as it stands now; 404 for what is not in the token's scope, or not approved any more."""
    token = request.auth
    answer = tagged(request, actions.one(token=token, report_id=report_id))
    if answer.status_code == 200:
        actions.look(report_id=report_id, by=token)
    return answer


class FormIn(Schema):
    """In which form the file is wanted."""

    model_config = ConfigDict(extra="forbid")

    form: Annotated[
        Literal["copy", "original"],
        Field(description="`copy`: a picture made anew from its pixels alone. `original`: as it was sent."),
    ] = "copy"


@api.get(
    "reports/{uuid:report_id}/files/{uuid:attachment_id}",
    url_name="fetch",
    response={200: None, 404: ErrorOut, **ERRORS},
    summary="One file of a report",
    openapi_extra={
        "responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}},
    },
)
def fetch(request: HttpRequest, report_id: UUID, attachment_id: UUID, asked: Query[FormIn]) -> HttpResponseBase:
    """A file that was scanned and found clean, in a form that the token has a right to; else 404."""
    content, kind, size = actions.fetch(
        report_id=report_id,
        attachment_id=attachment_id,
        form=asked.form,
        by=request.auth,
    )
    answer = streamed(content, kind, "attachment")
    if size is not None:
        answer["Content-Length"] = str(size)
    return private(answer)


@api.put(
    "reports/{uuid:report_id}/acknowledgement",
    url_name="acknowledge",
    response={200: ReceiptOut, 404: ErrorOut, **ERRORS},
    summary="Say under which number the records system has the report",
)
def acknowledge(request: HttpRequest, report_id: UUID, asked: NumberIn) -> HttpResponseBase:
    """Officers read it in the report's history. The same number again changes nothing; another one is kept besides."""
    receipt = actions.acknowledge(
        report_id=report_id,
        number=asked.number,
        by=request.auth,
    )
    return private(JsonResponse({"number": receipt.number, "at": receipt.at}))


@api.get("openapi.json", url_name="document", auth=None, include_in_schema=False)
def document(request: HttpRequest) -> HttpResponseBase:
    """Tell what the feed offers; nothing of any report."""
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX))


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Answer for addresses that the feed does not have."""
    return refusal(404, "not_found")


def tagged(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Answer with JSON and its ETag, or 304 where the other side has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{sha256(text).hexdigest()[:32]}"'
    answer = private(HttpResponse(text, content_type="application/json"))
    answer["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer


def private(answer: Any) -> Any:
    """Let nobody between keep an answer, and nobody believe what a file says it is."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def refusal(status: int, error: str, **more: Any) -> HttpResponse:
    """Answer with a fixed word: nothing that was sent comes back."""
    return private(JsonResponse({"error": error, **more}, status=status))


@api.exception_handler(AuthenticationError)
def _unauthorised(request: HttpRequest, error: Any) -> HttpResponse:
    answer = refusal(401, "unauthorised")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, error: Any) -> HttpResponse:
    answer = refusal(429, "too_many_requests")
    answer["Retry-After"] = str(error.seconds)
    return answer


@api.exception_handler(UnknownCursor)
def _unknown_cursor(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(409, "unknown_cursor")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(422, "invalid", where=sorted({_place(each["loc"]) for each in error.errors}))


def _place(where: tuple[Any, ...]) -> str:
    """Return which part of the request does not fit, by a name of ours: what was sent may be a name, too."""
    return next((str(part) for part in reversed(where) if part in {"cursor", "limit", "form", "number"}), str(where[0]))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    # A body that is no JSON is refused as one that does not fit.
    return refusal(422, "invalid", where=["body"]) if error.status_code < 500 else refusal(500, "failed")


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
@api.exception_handler(FileNotFoundError)
def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(404, "not_found")


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Any) -> HttpResponse:
    # Only its class: an error's text could quote a resident.
    logger.error("the feed failed: %s", type(error).__name__)
    return refusal(500, "failed")


# The library's own start page has no place in the feed.
urlpatterns = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
