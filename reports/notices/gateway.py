"""The way out for text messages: one HTTP request to the gateway that SMS_URL names. Off unless SMS_BACKEND says how.

Two manners of asking are known: "json" (from, to, text and a bearer token) and "twilio" (a form, user and password).
"""

import base64
import json
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

SECONDS = 10


class Refused(Exception):
    """The gateway answered that it did not take the message; `status` is its HTTP status."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"the gateway answered {status}")


class Unreachable(Exception):
    """The gateway did not answer."""


class NoRedirects(HTTPRedirectHandler):
    """The number and the token go to the one address that the agency named."""

    def redirect_request(self, *args: object) -> None:
        """Follow nothing: the answer counts as a refusal."""


OPENER = build_opener(NoRedirects)


def is_on() -> bool:
    """Tell whether text messages can be sent."""
    return bool(settings.SMS_BACKEND)


def _json(to: str, words: str) -> tuple[str, dict[str, str]]:
    body = json.dumps({"from": settings.SMS_FROM, "to": to, "text": words})
    return body, {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}


def _twilio(to: str, words: str) -> tuple[str, dict[str, str]]:
    body = urlencode({"From": settings.SMS_FROM, "To": to, "Body": words})
    secret = base64.b64encode(f"{settings.SMS_USER}:{settings.SMS_TOKEN}".encode()).decode()
    return body, {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Basic {secret}"}


MANNERS: dict[str, Callable[[str, str], tuple[str, dict[str, str]]]] = {"json": _json, "twilio": _twilio}


def send(*, to: str, words: str, once: str) -> None:
    """Hand one message over; `to` is a number as E.164 writes it, `once` names the message if it is sent again.

    Raises Refused or Unreachable, neither of which quotes the number or the words.
    """
    body, headers = MANNERS[settings.SMS_BACKEND](to, words)
    named = {**headers, "Idempotency-Key": once}
    request = Request(settings.SMS_URL, body.encode(), named, method="POST")  # noqa: S310 (the settings allow no other)
    try:
        OPENER.open(request, timeout=SECONDS).close()
    except HTTPError as error:
        error.close()
        raise Refused(error.code) from None
    except (OSError, HTTPException):
        raise Unreachable from None
