"""A resident's pages, 16 at once, beside a bare view of the same size behind the same middleware."""

import asyncio

from bench import load, server
from bench.frame import Row, at_least, at_most, keep, median, percentile, ready

ROUNDS, SECONDS = 3, 2.0
SLUG = "theft-from-vehicle"


def main() -> None:
    """Measure the first page, a type's page and a step."""
    ready()
    with server.web() as (port, _), server.web(bare=True) as (bare_port, _):
        rows: list[Row] = []
        for name, (path, cookies) in pages(port).items():
            rows += measured(name, path, cookies, port, bare_port)
    keep("pages", rows)


def pages(port: int) -> dict[str, tuple[str, dict[str, str]]]:
    """Begin two drafts, one with an answer, and return the pages' addresses with the cookies to ask them."""
    from reports.catalogue import live

    report_type = live.type_named(SLUG)
    if report_type is None:
        raise RuntimeError("there is no catalogue: run bench.data first")
    begin, step, cookies = asyncio.run(begun(port, report_type.pk))
    _begin, answered, theirs = asyncio.run(begun(port, report_type.pk))
    asyncio.run(answer(port, answered.replace("/screening/", "/where/"), theirs))
    return {
        "first page": ("/en/", {}),
        "type page": (begin, {}),
        "a step: where": (step.replace("/screening/", "/where/"), cookies),
        "a step: the story": (step.replace("/screening/", "/narrative/"), cookies),
        "a step that was answered: where": (answered.replace("/screening/", "/where/"), theirs),
    }


async def answer(port: int, path: str, cookies: dict[str, str]) -> None:
    """Answer where it happened."""
    browser = load.Browser(port, cookies)
    await browser.post(path, {"address": "200 N Spring St", "premise": "13", "go": "next"})
    await browser.close()


async def begun(port: int, pk: int) -> tuple[str, str, dict[str, str]]:
    """Begin a draft; return the type's page, the first step and the cookies."""
    from django.urls import reverse
    from django.utils import translation

    with translation.override("en"):
        path = reverse("intake:begin", args=[pk])
    browser = load.Browser(port)
    await browser.get(path)
    answer = await browser.post(path, {})
    await browser.close()
    return path, answer.location, browser.cookies


def measured(name: str, path: str, cookies: dict[str, str], port: int, bare_port: int) -> list[Row]:
    """Drive the page and its limit in turn."""
    size = len(asyncio.run(load.Browser(port, dict(cookies)).get(path)).body)
    load.drive_pages(port, path, cookies=cookies, seconds=1)
    load.drive_pages(bare_port, f"/{size}", cookies=cookies, seconds=0.5)
    ours, limits = [], []
    for _ in range(ROUNDS):
        ours.append(load.drive_pages(port, path, cookies=cookies, seconds=SECONDS))
        limits.append(load.drive_pages(bare_port, f"/{size}", cookies=cookies, seconds=SECONDS))
    rate, limit = median([run.rate for run in ours]), median([run.rate for run in limits])
    times = [each for run in ours for each in run.times]
    return [
        at_least(f"{name} ({size / 1000:.0f} kB), 16 at once", rate, 300, unit="/s", limit=limit),
        at_least(f"{name}: share of the bare view's rate", rate / limit, 0.5, unit="x"),
        at_most(f"{name}: p99", percentile(times, 99), 100),
    ]


if __name__ == "__main__":
    main()
