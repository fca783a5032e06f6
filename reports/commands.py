"""What our commands have in common: examples beneath their help."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class WithExamples(BaseCommand):
    """A command whose `--help` ends with examples as they stand."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Put the examples beneath."""
        more = {"epilog": self.examples, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **{**more, **options})
