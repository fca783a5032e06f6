"""A system outside with a token, and an approved report of Central."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from reports.feed import tokens
from reports.feed.columns import COLUMNS
from reports.models import Area, FeedToken, Report
from tests.desk import approved

LIST = "/api/v1/reports"
PLAIN = [key for key, column in COLUMNS.items() if not column.personal]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty file store; no scanner."""
    settings.FILES_DIR, settings.CLAMD_URL = tmp_path / "files", ""
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


class System:
    """A records system: asks with its token, and pulls to the end as it should."""

    def __init__(self, token: FeedToken, text: str) -> None:
        self.token, self.text, self.client = token, text, Client()

    def get(self, url: str, **asked: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.text}"} | asked.pop("headers", {})
        return self.client.get(url, asked, headers=headers)

    def put(self, url: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.text}"}
        return self.client.put(url, json.dumps(body), content_type="application/json", headers=headers)

    def acknowledge(self, report: Report, number: str) -> Any:
        return self.put(f"{LIST}/{report.pk}/acknowledgement", {"number": number})

    def pull(self, cursor: str | None = None, limit: int = 200) -> tuple[list[dict[str, Any]], str | None]:
        """Pull to the end; return all items and the cursor to go on from."""
        items = []
        while True:
            asked = {"limit": limit} | ({"cursor": cursor} if cursor else {})
            page = self.get(LIST, **asked).json()
            items += page["reports"]
            cursor = page["next"]
            if not page["more"]:
                return items, cursor

    def told(self, cursor: str | None = None) -> list[tuple[str, str]]:
        """Pull to the end; return which reports were told of, and as what."""
        return [(item["reference"], item["status"]) for item in self.pull(cursor)[0]]


@pytest.fixture
def system(ada: User) -> Callable[..., System]:
    """Make a system outside: system(areas=[1], columns=["dr_number"]). Without areas it gets the whole city."""

    def make(name: str = "records", areas: list[int] = [], types: list[str] = [], **fields: Any) -> System:  # noqa: B006
        fields = {"columns": PLAIN, "expires_at": timezone.now() + timedelta(days=30)} | fields
        scope = {"citywide": not areas, "every_type": not types, "types": types}
        made = tokens.make(name=name, areas=Area.objects.filter(number__in=areas), by=ada, **scope, **fields)
        return System(*made)

    return make


@pytest.fixture
def citywide(staff: Callable[..., User]) -> User:
    """An officer of the whole city who supervises, too: may do all that is done to a report here."""
    return staff("cleo", Role.SUPERVISOR, Role.OFFICER, citywide=True)


@pytest.fixture
def report(queued: Report, citywide: User) -> Report:
    """A theft from a vehicle in Central, approved."""
    return approved(queued, citywide)
