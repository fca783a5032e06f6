"""A paper on its way to a browser."""

from django.http import HttpResponse


def download(paper: bytes, name: str) -> HttpResponse:
    """Return a PDF as a file to keep, not to show: a page behind Back would stay readable."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
