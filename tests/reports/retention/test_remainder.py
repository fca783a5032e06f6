"""Every table that belongs to a report is decided: it goes, or it stays and says nothing of anybody."""

from django.apps import apps

from reports.models import Draft, Report
from reports.retention.remainder import EMPTIED, GONE, GONE_OTHERWISE, KEPT
from tests.field_decisions import DECISIONS

# Columns of a report that stay as they are though they are not counted, each with its reason.
STAYS = {
    "id": "by it rows find each other",
    "reference": "its holder may ask",
    "access_code_hash": "its holder is told how it ended",
    "access_mark": "wrong codes fail by it",
    "claimed_by": "how much an officer did",
    "duplicate_of": "how it ended",
    "held": "how often reports are held",
    "held_from": "empty: only what waits for a look has one",
    "held_like": "empty: only what waits for a look has one",
}
WORDS = {"sealed", "key", "hash"}


def of_reports() -> set[type]:
    """Return every model whose rows belong to a report, directly or through another row."""
    found: set[type] = {Report}
    while True:
        more = {
            model
            for model in apps.get_app_config("reports").get_models()
            for field in model._meta.fields
            if field.is_relation and field.related_model in found and model not in {Report, Draft}
        }
        if more <= found:
            return found - {Report}
        found |= more


def test_every_table_of_a_report_is_decided() -> None:
    decided = {*GONE, *GONE_OTHERWISE, *KEPT}
    assert of_reports() - decided == set()
    assert not set(GONE) & set(KEPT)


def test_what_stays_holds_no_words_and_no_key() -> None:
    left = {
        f"{model.__name__}.{name}"
        for model, emptied in KEPT.items()
        for name, kind in DECISIONS[model._meta.label].items()
        if kind in WORDS and name not in emptied
    }
    assert left == set()


def test_every_column_of_a_report_is_decided() -> None:
    hashes = {name for name, kind in DECISIONS["reports.Report"].items() if kind in WORDS | {"link"}}
    assert hashes - set(STAYS) - {"draft_id"} == set()
    assert set(EMPTIED) <= set(DECISIONS["reports.Report"])
