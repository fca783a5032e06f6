"""The trace of a search: what kind of thing was looked for and how much was found, never the words."""

from accounts.models import User
from reports import audit
from reports.review.search_queries import Found
from reports.review.search_terms import Query


def search(*, query: Query, found: Found, further: bool, by: User) -> None:
    """Leave the trace."""
    kinds = ",".join(query.shapes)
    audit.record(
        "review.search", by=by, subject="reports", kinds=kinds, words=query.words, hits=found.total, further=further
    )
