"""Let PostgreSQL tidy up the tables that the queue and the search are read from after a hundredth of them has changed.

Its usual fifth of a million reports are months: until then the index of what waits holds every step of all that was
decided since, no page of it is known to be whole, and each search reads through the list of new terms.
"""

from django.db import migrations

TABLES = ("reports_report", "reports_document", "reports_passage", "reports_job")
FACTORS = (
    "autovacuum_vacuum_scale_factor",
    "autovacuum_vacuum_insert_scale_factor",
    "autovacuum_analyze_scale_factor",
)
SET = ", ".join(f"{factor} = 0.01" for factor in FACTORS)
RESET = ", ".join(FACTORS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0041_alike_near_in_time")]

    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} SET ({SET})", f"ALTER TABLE {table} RESET ({RESET})")
        for table in TABLES
    ]
