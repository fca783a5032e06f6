"""An officer's pages at the size of the data: the queue by every tab, order and filter, a report, the search.

Asked one after the other in this process through the whole of the portal's middleware, by a supervisor of the whole
city, who sees most.
"""

import os
from collections.abc import Iterator
from typing import Any

from bench.frame import WARM_UP, Row, bare, in_turn, keep, median, nearly_all, ready, selects, timed

ROUNDS = int(os.environ.get("ROUNDS", "21"))
REPORTS = 60
QUEUE, REPORT, SEARCH = 60, 100, 150


def main() -> None:
    """Measure all of it."""
    ready()
    user, client = officer()
    keep("queue", list(queue(user, client)))
    keep("report", report_pages(client))
    keep("search", list(search(user, client)))


def officer() -> tuple[Any, Any]:
    """Return a supervisor of the whole city, and a browser in which they are logged in."""
    from django.test import Client

    from accounts import sessions
    from accounts.models import Role, User
    from cors import wsgi  # noqa: F401 (what a web process does at its start)

    user, _ = User.objects.get_or_create(
        username="bench", defaults={"is_staff": True, "roles": [Role.SUPERVISOR], "citywide": True}
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session = client.session
    sessions.begin(session, proven=True)
    session.save()
    return user, client


def get(client: Any, path: str) -> str:
    """Get a page that has to be there."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"a page answered {response.status_code}")
    return str(response.content.decode())


# --- The queue ------------------------------------------------------------------------------
def queue(user: Any, client: Any) -> Iterator[Row]:
    """Measure the first and the last page of every tab in every order, then every filter."""
    from django.http import QueryDict

    from reports.review import queries

    tabs = queries.tabs(user)
    places = {"first page": "", "last page": "&end"}
    for tab in tabs:
        for sort in tab.sorts:
            for place, query in places.items():
                address = f"tab={tab.key}&sort={sort.key}{query}"
                yield listed(f"queue, {tab.key}, {sort.key}: {place}", address, user, client)
    for address in filters(user):
        selected = queries.selection(QueryDict(address), tabs)
        (key,) = selected.chosen
        yield listed(f"queue, filter: {key}", address, user, client)
    yield tab_numbers(user, tabs)


def filters(user: Any) -> Iterator[str]:
    """Yield the address of each filter with its second choice, the first often being none."""
    from reports.review.filters import Offers

    for each, choices in Offers(user).each():
        yield f"tab=open&{each.key}={choices[1][0]}"


def listed(name: str, address: str, user: Any, client: Any) -> Row:
    """Measure one page of the queue beside the bare scan that finds its reports' ids."""
    from django.http import QueryDict
    from django.urls import reverse

    from reports.review import queries

    given = QueryDict(address)
    selected = queries.selection(given, queries.tabs(user))
    order = selected.sort.order(backwards="end" in given)
    ids = queries.listed(user, selected).order_by(*order).values_list("pk", flat=True)[:31]
    scan = bare([ids.query.sql_with_params()])
    ours, limit = in_turn(lambda: get(client, f"{reverse('review:queue')}?{address}"), scan, rounds=ROUNDS)
    return nearly_all(name, ours, QUEUE, limit=median(limit))


def tab_numbers(user: Any, tabs: Any) -> Row:
    """Measure the numbers on the tabs alone."""
    from reports.review import queries

    def do() -> dict[str, int]:
        return queries.counts(user, tabs)

    ours, limit = in_turn(do, bare(selects(do)), rounds=ROUNDS)
    return nearly_all("queue: numbers on the tabs", ours, QUEUE, limit=median(limit))


# --- A report ---------------------------------------------------------------------------------
def report_pages(client: Any) -> list[Row]:
    """Measure the pages of reports from the whole time: each for the first time, from the disk, then once more."""
    from django.urls import reverse

    from reports.models import Report

    step = max(1, Report.objects.count() // REPORTS)
    ids = list(Report.objects.order_by("pk").values_list("pk", flat=True)[::step])
    paths = [reverse("review:show", args=[pk]) for pk in ids]
    get(client, paths[0])

    def each() -> list[float]:
        places = iter(paths)
        return timed(lambda: get(client, next(places)), rounds=len(paths) - WARM_UP)

    return [
        nearly_all("report page, of a report nobody opened since the start", each(), REPORT),
        nearly_all("report page", each(), REPORT),
    ]


# --- The search ---------------------------------------------------------------------------------
def search(user: Any, client: Any) -> Iterator[Row]:
    """Measure searches of every kind beside the bare scan of the index of terms."""
    for name, text in words().items():
        yield sought(name, text, user, client)


def words() -> dict[str, str]:
    """Return what is searched for: identifiers of a report in the middle of the data, and words of the stories."""
    from reports.documents import opened
    from reports.models import Report

    rows = Report.objects.select_related("sealing_key", "document").order_by("pk")
    found: dict[str, str] = {}
    for report in rows[rows.count() // 2 :][:400]:
        parts = opened(report)
        person, vehicles = parts.get("person", {}), parts.get("vehicles", {}).get("each", [{}])
        found |= {"phone": person["phone"]} if "phone" in person else {}
        found |= {"name": person["name"]} if "name" in person and person["name"].isascii() else {}
        found |= {"plate": vehicles[0]["plate"]} if vehicles and "plate" in vehicles[0] else {}
        story = parts.get("narrative", {}).get("story", "")
        for language, length in (("zh-hans", 4), ("th", 8)):
            found |= {language: story[:length]} if report.language == language and story else {}
        found |= {"hy": story.split()[0]} if report.language == "hy" and story else {}
    return found | {"a rare word": "zebra", "a common word": "my", "two common words": "the car"}


def sought(name: str, text: str, user: Any, client: Any) -> Row:
    """Measure one search, from what was typed to the page, beside the bare index."""
    from django.urls import reverse

    from reports.review.search_queries import MOST, _fits
    from reports.review.search_terms import understand

    address = client.post(reverse("review:search"), {"text": text}).headers["Location"]
    fits, filled = _fits(understand(text))
    scan = f"SELECT count(*) FROM (SELECT FROM reports_document d WHERE {fits} LIMIT {MOST}) AS found"  # noqa: S608
    by_index = [("SET enable_seqscan = off", None), (scan, filled), ("RESET enable_seqscan", None)]
    ours, times = in_turn(lambda: get(client, address), bare(by_index), rounds=ROUNDS)
    return nearly_all(f"search: {name}", ours, SEARCH, limit=median(times))


if __name__ == "__main__":
    main()
