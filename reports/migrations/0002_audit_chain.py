"""The audit log defends itself: each row is chained to the one before, and none can be changed or removed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_link(previous bytea, event reports_auditevent) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(previous || convert_to(concat_ws(E'\\x1f',
        event.id::text, extract(epoch FROM event.at)::text, event.verb, event.actor, event.subject,
        event.details::text
    ), 'UTF8'))
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One writer at a time, until its commit: ids and links follow the order of the log.
    PERFORM pg_advisory_xact_lock(hashtext('audit_chain'));
    NEW.id := nextval(pg_get_serial_sequence('reports_auditevent', 'id'));
    NEW.link := audit_link(
        coalesce((SELECT link FROM reports_auditevent ORDER BY id DESC LIMIT 1), ''::bytea), NEW
    );
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
END $$;

CREATE TRIGGER audit_chain BEFORE INSERT ON reports_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON reports_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON reports_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TRIGGER audit_no_truncate ON reports_auditevent;
DROP TRIGGER audit_no_change ON reports_auditevent;
DROP TRIGGER audit_chain ON reports_auditevent;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_chain();
DROP FUNCTION audit_link(bytea, reports_auditevent);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
