"""What an export holds."""

from reports.export.columns import columns
from reports.sections import SECTIONS


def test_personal_columns_are_marked_and_stand_last() -> None:
    assert [column.heading for column in columns(personal=False)] == [
        "reference",
        "dr_number",
        "type",
        "offence_code",
        "bureau",
        "area",
        "area_name",
        "language",
        "anonymous",
        "premise_code",
        "bias_codes",
        "property_codes",
        "occurred_from",
        "occurred_until",
        "reported_at",
        "approved_at",
    ]
    further = columns(personal=True)[len(columns(personal=False)) :]
    assert all(column.personal for column in further)
    assert [column.heading for column in further] == [
        "narrative_original",
        "latitude",
        "longitude",
        *(f"section_{key}" for key in SECTIONS if key != "narrative"),
    ]
