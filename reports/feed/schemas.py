"""The shapes of the feed, as its OpenAPI document tells them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict, create_model

from reports.feed.columns import COLUMNS

# How a records system may number: no blanks, so that no sentence fits.
NUMBER = r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$"

Fields: Any = create_model(  # type: ignore[call-overload]
    "Fields",
    __base__=Schema,
    __doc__="What the token may see of a report. Keys that it may not see are not there.",
    **{
        key: (column.shape, Field(None, description=str(column.label) + (" (personal)" if column.personal else "")))
        for key, column in COLUMNS.items()
    },
)


class FileOut(Schema):
    """One file that was scanned and found clean."""

    id: UUID
    position: int
    content_type: str
    size: int = Field(..., description="Of the original, in bytes.")
    about: str | None = Field(..., description="What the resident says that it shows.")
    forms: list[Literal["copy", "original"]] = Field(..., description="In which forms the token may fetch it.")


class ReportOut(Schema):
    """An approved report as it stands now."""

    id: UUID
    reference: str
    status: Literal["approved"]
    acknowledged_as: str | None = Field(..., description="The number last acknowledged with this token.")
    fields: Fields
    files: list[FileOut] | None = Field(None, description="Only where the token has a right to files.")


class GoneOut(Schema):
    """A report that was in the feed and is not any more: reopened, moved out of the token's scope, or deleted."""

    id: UUID
    reference: str
    status: Literal["gone"]


class PageOut(Schema):
    """Some changes in order."""

    reports: list[ReportOut | GoneOut]
    next: str | None = Field(..., description="Give it as `cursor` to go on. Keep it for the next time.")
    more: bool = Field(..., description="Whether there is more to pull right now.")


class NumberIn(Schema):
    """The number under which the records system has the report."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, Field(pattern=NUMBER)]


class ReceiptOut(Schema):
    """What is known of the acknowledgement."""

    number: str
    at: datetime


class ErrorOut(Schema):
    """What was wrong: a fixed word, and where it is of help the places of the request that do not fit."""

    error: str
    where: list[str] | None = None
