"""Statements that are made once and sent again with other values.

Django takes longer to make a statement of many conditions than PostgreSQL to answer it. What differs from one asking to
the next stands in it as a stand-in: a value that no row and no person has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.lookups import In


class Among(In):
    """Keys as one value: each key of IN is worked on by itself, and makes another statement of their number."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition for PostgreSQL."""
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::{self.lhs.output_field.rel_db_type(connection)}[])", [*params, list(self.rhs)]


@dataclass(frozen=True)
class Statement:
    """SQL and its values; without any where the conditions rule each other out."""

    model: type[Model]
    sql: str
    values: tuple[Any, ...] = ()

    @classmethod
    def of(cls, rows: "QuerySet[Any, Any]") -> "Statement":
        """Return what a queryset would send."""
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            return cls(rows.model, "")
        return cls(rows.model, sql, tuple(values))

    def ask(self, own: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """Return the rows for one's own values in place of the stand-ins; a list of keys stands under their tuple."""
        if not self.sql:
            return []
        with connections[router.db_for_read(self.model)].cursor() as cursor:
            cursor.execute(self.sql, self.filled(own))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def objects(self, own: Mapping[Any, Any]) -> list[Any]:
        """Return the same as objects of the model, each with the statement's further columns as attributes."""
        return list(self.model._default_manager.raw(self.sql, self.filled(own))) if self.sql else []

    def filled(self, own: Mapping[Any, Any]) -> list[Any]:
        """Return the values with one's own in place of the stand-ins."""
        keys = (tuple(value) if isinstance(value, list) else value for value in self.values)
        return [own.get(key, value) for key, value in zip(keys, self.values, strict=True)]
