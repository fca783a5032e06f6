"""Prints a week's counts by type and area as CSV."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.audit import SYSTEM
from reports.counts import actions, queries


class Command(BaseCommand):
    help = "Print a week's counts by type and area as CSV. Example: counts --week-ending 2026-11-21"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week-ending", type=date.fromisoformat, help="a Saturday; else the last whole week")

    def handle(self, **options: Any) -> None:
        ending = options["week_ending"] or queries.last_week_ending()
        try:
            sys.stdout.writelines(actions.week(ending=ending, by=SYSTEM))
        except queries.NotSaturday:
            raise CommandError("A week runs from Sunday to Saturday: --week-ending must be a Saturday.") from None
