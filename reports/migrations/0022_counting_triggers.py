"""What can be counted leaves a note of its day, in the transaction that changes it (see reports.counts.rollup)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION counts_report_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_stalemoment (basis, moment)
    SELECT DISTINCT basis, moment FROM (VALUES
        ('r', OLD.reported_at), ('r', NEW.reported_at), ('o', OLD.occurred_from), ('o', NEW.occurred_from)
    ) AS touched (basis, moment) WHERE moment IS NOT NULL;
    RETURN NULL;
END $$;

-- New or deleted reports, as many as a statement has.
CREATE FUNCTION counts_reports_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_stalemoment (basis, moment)
    SELECT DISTINCT 'r', reported_at FROM touched
    UNION ALL SELECT DISTINCT 'o', occurred_from FROM touched WHERE occurred_from IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION counts_facts_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_stalemoment (basis, moment)
    SELECT DISTINCT v.basis, v.moment FROM touched t JOIN reports_report r ON r.id = t.report_id
    CROSS JOIN LATERAL (VALUES ('r', r.reported_at), ('o', r.occurred_from)) AS v (basis, moment)
    WHERE t.kind IN ('bias', 'offence') AND v.moment IS NOT NULL;
    RETURN NULL;
END $$;

-- A change has an old and a new side; which table it is is the trigger's argument.
CREATE FUNCTION counts_facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_stalemoment (basis, moment)
    SELECT DISTINCT v.basis, v.moment FROM (SELECT * FROM before UNION SELECT * FROM after) t
    JOIN reports_report r ON r.id = t.report_id
    CROSS JOIN LATERAL (VALUES ('r', r.reported_at), ('o', r.occurred_from)) AS v (basis, moment)
    WHERE t.kind IN ('bias', 'offence') AND v.moment IS NOT NULL;
    RETURN NULL;
END $$;

-- All reports at once: nothing of the rollup holds any more.
CREATE FUNCTION counts_reports_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reports_tallyzone;
    RETURN NULL;
END $$;

CREATE TRIGGER counts_changed AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN ((OLD.reported_at, OLD.occurred_from, OLD.area_id, OLD.report_type_id, OLD.language, OLD.is_anonymous, OLD.state)
        IS DISTINCT FROM
        (NEW.reported_at, NEW.occurred_from, NEW.area_id, NEW.report_type_id, NEW.language, NEW.is_anonymous, NEW.state))
    EXECUTE FUNCTION counts_report_changed();
CREATE TRIGGER counts_added AFTER INSERT ON reports_report REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION counts_reports_touched();
CREATE TRIGGER counts_deleted AFTER DELETE ON reports_report REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION counts_reports_touched();
CREATE TRIGGER counts_emptied AFTER TRUNCATE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION counts_reports_emptied();
CREATE TRIGGER counts_added AFTER INSERT ON reports_codedfact REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION counts_facts_touched();
CREATE TRIGGER counts_deleted AFTER DELETE ON reports_codedfact REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION counts_facts_touched();
CREATE TRIGGER counts_changed AFTER UPDATE ON reports_codedfact REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION counts_facts_changed();
"""
BACKWARD = """
DROP TRIGGER counts_changed ON reports_report;
DROP TRIGGER counts_added ON reports_report;
DROP TRIGGER counts_deleted ON reports_report;
DROP TRIGGER counts_emptied ON reports_report;
DROP TRIGGER counts_added ON reports_codedfact;
DROP TRIGGER counts_deleted ON reports_codedfact;
DROP TRIGGER counts_changed ON reports_codedfact;
DROP FUNCTION counts_report_changed();
DROP FUNCTION counts_reports_touched();
DROP FUNCTION counts_facts_touched();
DROP FUNCTION counts_facts_changed();
DROP FUNCTION counts_reports_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0021_counting")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
