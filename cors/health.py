"""Whether this process can do its work, for whoever watches it."""

import os
import sys
from http.client import HTTPConnection

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503.

    The broker is not asked: a report is taken without it, and the sweep hurries it on later.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


def main() -> None:
    """Ask the web server of this container, as `python -m cors.health PORT`; exit code 1 when it is not well."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip("*.") or "localhost"
    link = HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
    try:
        link.request("GET", "/health", headers={"Host": host})
        sys.exit(link.getresponse().status != 200)
    except OSError as error:
        sys.exit(f"The web server does not answer: {error}")
    finally:
        link.close()


if __name__ == "__main__":
    main()
