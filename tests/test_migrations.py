"""Migrations only add: while one runs, and until the last process was started anew, the code before it goes on working.

What the code before it cannot live with is refused: a column or table that goes or is named anew, a new column that its
inserts do not fill, a rule that they may break. Such a change takes two releases (docs/operations.md, "Upgrade").
"""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models.functions import Now

OURS = ("accounts", "reports")
# The last migrations from before anybody ran the portal: up to them anything could change.
BEFORE_THE_FIRST_RELEASE = {"accounts": 5, "reports": 32}
# What is not additive by its kind and harms no earlier code all the same: (app, migration, kind) and why.
DECLARED: dict[tuple[str, str, str], str] = {
    ("reports", "0033_retention", "AddField"): "links of the tables that it makes, and a column that may be empty",
    ("reports", "0033_retention", "AddConstraint"): "on a table that it makes",
    (
        "reports",
        "0034_audit_checkpoints",
        "RunSQL",
    ): "a trigger that refuses less than the one before, on a new condition",
    ("reports", "0035_feed", "RemoveConstraint"): "which job is about what: made wider",
    ("reports", "0035_feed", "AddConstraint"): "the wider rule, and one over a new table",
    ("reports", "0035_feed", "AddField"): "columns of tables that are new themselves",
    ("reports", "0035_feed", "AlterField"): "one more kind of job, in Django's words only",
    (
        "reports",
        "0039_lighter_export_lines",
        "AlterField",
    ): "an index and a foreign key go; nothing is refused that was not",
    ("reports", "0042_vacuum_what_waits", "RunSQL"): "how often PostgreSQL tidies up; nothing waits for it",
    ("reports", "0035_feed", "RunSQL"): "triggers that write into a new table and refuse nothing",
}

ADDS = (ops.CreateModel, ops.AddIndex, ops.RemoveIndex, ops.RenameIndex, ops.AlterModelOptions, ops.AlterModelManagers)


def fills_itself(field: models.Field) -> bool:
    """Tell whether an insert that does not know a new column goes through: Django drops a Python default at once."""
    return field.many_to_many or field.null or field.has_db_default() or bool(getattr(field, "generated", False))


def is_additive(operation: Operation) -> bool:
    """Tell whether code that does not know of it goes on working."""
    if isinstance(operation, ops.AddField):
        return fills_itself(operation.field)
    if isinstance(operation, ops.SeparateDatabaseAndState):
        return all(map(is_additive, operation.database_operations))
    # RunSQL, RunPython, AlterField, constraints, everything that removes or renames: a person has to look.
    return isinstance(operation, ADDS)


def found() -> Iterator[tuple[str, str, str]]:
    """Yield what is not additive since the first release."""
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app in OURS and int(name[:4]) > BEFORE_THE_FIRST_RELEASE[app]:
            for operation in migration.operations:
                if not is_additive(operation):
                    yield app, name, type(operation).__name__


def test_migrations_only_add() -> None:
    assert set(found()) == set(DECLARED)


text = models.CharField(max_length=9)
WOULD_BREAK = [
    ops.RemoveField("report", "state"),
    ops.RenameField("report", "state", "status"),
    ops.DeleteModel("Report"),
    ops.RenameModel("Report", "Case"),
    ops.AlterField("report", "state", text),
    ops.AddField("report", "mood", models.CharField(max_length=9, default="")),
    ops.AddConstraint("report", models.CheckConstraint(condition=models.Q(held=False), name="none")),
    ops.AlterUniqueTogether("report", {("state", "held")}),
    ops.AlterModelTable("Report", "cases"),
    ops.RunSQL("DROP TABLE reports_report"),
    ops.RunPython(lambda apps, editor: None),
    ops.SeparateDatabaseAndState(database_operations=[ops.DeleteModel("Report")]),
]
WOULD_NOT = [
    ops.CreateModel("Mood", [("name", text)]),
    ops.AddField("report", "mood", models.CharField(max_length=9, null=True)),
    ops.AddField("report", "mood", models.CharField(max_length=9, default="", db_default="")),
    ops.AddField("report", "seen_at", models.DateTimeField(db_default=Now())),
    ops.AddField("report", "areas", models.ManyToManyField("reports.Area")),
    ops.AddIndex("report", models.Index(fields=["state"], name="by_state")),
]


@pytest.mark.parametrize("operation", WOULD_BREAK, ids=lambda each: type(each).__name__)
def test_what_earlier_code_cannot_live_with_is_found(operation: Operation) -> None:
    assert not is_additive(operation)


@pytest.mark.parametrize("operation", WOULD_NOT, ids=lambda each: type(each).__name__)
def test_what_only_adds_passes(operation: Operation) -> None:
    assert is_additive(operation)


def test_what_the_queue_and_the_search_are_read_from_is_tidied_up_after_a_hundredth_has_changed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE 'autovacuum_vacuum_scale_factor=0.01' = ANY(reloptions) AND relnamespace = 'public'::regnamespace"
        )
        assert {name for (name,) in cursor.fetchall()} == {
            "reports_report",
            "reports_document",
            "reports_passage",
            "reports_job",
        }
