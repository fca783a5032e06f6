"""What an export may hold: one table of all columns, and the choices that the portal brings."""

from reports.export.columns import PLAIN
from reports.export.table import COLUMNS, GROUPS, PRESETS, columns
from reports.sections import SECTIONS

# By hand: what leaves without a reason for personal data. The open data of the city opens the address to cut it.
NOT_PERSONAL = {column.key for column in PLAIN}


def test_all_that_was_sealed_is_personal_except_in_the_coded_layouts() -> None:
    free = {key for key, column in COLUMNS.items() if not column.personal and column.group not in {"nibrs", "city"}}
    assert free == NOT_PERSONAL


def test_every_field_of_every_section_has_a_column() -> None:
    asked = {
        "person_email",
        "person_phone",
        "items_serial",
        "vehicles_plate",
        "where_address",
        "suspects_looks",
        "latitude",
    }
    assert asked <= set(COLUMNS)
    assert {f"section_{key}" for key in SECTIONS if key != "narrative"} <= set(COLUMNS)
    assert {"narrative_original", "narrative_english", "messages_original", "messages_english"} <= set(COLUMNS)


def test_every_column_stands_in_a_group_and_every_choice_is_of_columns() -> None:
    assert {column.group for column in COLUMNS.values()} == set(GROUPS)
    assert {key for preset in PRESETS.values() for key in preset.columns} <= set(COLUMNS)
    titles = [column.title for column in COLUMNS.values()]
    assert len(titles) == len(set(titles))


def test_the_layout_of_the_city_is_that_of_the_city() -> None:
    assert ",".join(COLUMNS[key].title for key in PRESETS["city"].columns) == (
        "DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Rpt Dist No,Part 1-2,Crm Cd,Crm Cd Desc,Mocodes,Vict Age,"
        "Vict Sex,Vict Descent,Premis Cd,Premis Desc,Weapon Used Cd,Weapon Desc,Status,Status Desc,Crm Cd 1,Crm Cd 2,"
        "Crm Cd 3,Crm Cd 4,LOCATION,Cross Street,LAT,LON"
    )


def test_the_standard_choice_stands_before_the_personal_columns() -> None:
    plain, whole = columns(personal=False), columns(personal=True)
    assert [column.title for column in plain] == [
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
    assert whole[: len(plain)] == plain
    assert all(column.personal for column in whole[len(plain) :])
