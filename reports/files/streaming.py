"""How a resident's file leaves: opened as it goes, never kept, never believed."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

# Whatever a file tries when it is opened, it may load, run and reach nothing.
LOCKED = "sandbox; default-src 'none'"


def streamed(content: Iterator[bytes], content_type: str, disposition: str) -> StreamingHttpResponse:
    """Answer with opened bytes as they come, never kept, never believed."""
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
