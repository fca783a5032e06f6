"""The beginning of the log may be removed behind a sealed checkpoint, and nothing else of it."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the beginning may go, and only behind a checkpoint, whose seal is looked at by who verifies the log.
    IF TG_OP = 'DELETE' AND OLD.id <= (SELECT max(event) FROM reports_auditcheckpoint) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
END $$;
DROP TRIGGER audit_no_change ON reports_auditevent;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON reports_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER checkpoint_no_change BEFORE UPDATE OR DELETE ON reports_auditcheckpoint
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TRIGGER checkpoint_no_change ON reports_auditcheckpoint;
DROP TRIGGER audit_no_change ON reports_auditevent;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON reports_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0033_retention'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditCheckpoint',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('event', models.BigIntegerField(unique=True)),
                ('link', models.BinaryField()),
                ('count', models.BigIntegerField()),
                ('until', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('seal', models.BinaryField()),
            ],
            options={
                'ordering': ['event'],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
