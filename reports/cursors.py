"""Where a page of a long list begins: a row's own values as a short text for an address, and the rows behind them.

A page found by its first row costs the same everywhere in the list. A cursor holds no personal data.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    Field,
    Func,
    Model,
    QuerySet,
    SmallIntegerField,
    UUIDField,
    Value,
)


@dataclass(frozen=True)
class Kind:
    """How a column's value is written into a cursor and read from one."""

    column: "Callable[[], Field[Any, Any]]"
    told: Callable[[Any], Any]
    read: Callable[[Any], Any]


M = TypeVar("M", bound=Model)
# The columns of an order, the last of which no two rows share.
Columns = Mapping[str, Kind]


def tell(values: Sequence[Any], columns: Columns, *, order: str = "") -> str:
    """Return a place in a list as text. `order` names the list's order, where it has several."""
    told = [kind.told(value) for kind, value in zip(columns.values(), values, strict=True)]
    return base64.urlsafe_b64encode(json.dumps([order, *told]).encode()).decode()


def read(text: str, columns: Columns, *, order: str = "") -> list[Any] | None:
    """Return the values of a cursor, or None for one that is not ours or of another order."""
    if not text:
        return None
    try:
        key, *values = json.loads(base64.urlsafe_b64decode(text.encode()))
        if key != order:
            return None
        return [kind.read(value) for kind, value in zip(columns.values(), values, strict=True)]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def behind(columns: Columns, values: Sequence[Any], *, descending: bool) -> Func:
    """Return the condition for the rows behind a place.

    Whole rows are compared, which one index answers at once, where a chain of ORs would read all that lies before.
    """
    given = [Value(value, output_field=kind.column()) for kind, value in zip(columns.values(), values, strict=True)]
    return Func(
        Func(*columns, function="ROW", output_field=Field()),
        Func(*given, function="ROW", output_field=Field()),
        template="%(expressions)s",
        arg_joiner=" < " if descending else " > ",
        output_field=BooleanField(),
    )


def in_turn(rows: "QuerySet[M]", *, size: int = 500) -> Iterator[M]:
    """Yield rows in the order of their keys, `size` at a time in memory.

    No cursor of the database stays open meanwhile, which a pooler by transaction would not keep.
    """
    ordered, last = rows.order_by("pk"), None
    while some := list((ordered if last is None else ordered.filter(pk__gt=last))[:size]):
        yield from some
        last = some[-1].pk


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError
    return found.astimezone(UTC)


def _number(most: int) -> Callable[[Any], int]:
    def number(value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= most:
            raise ValueError
        return value

    return number


SMALL = Kind(SmallIntegerField, int, _number(2**15 - 1))
NUMBER = Kind(BigIntegerField, int, _number(2**63 - 1))
MOMENT = Kind(DateTimeField, datetime.isoformat, _moment)
IDENTITY = Kind(UUIDField, str, UUID)
