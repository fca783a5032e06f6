"""The log numbers its rows without gaps, and is read quickly by age, verb, actor and subject."""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before record;
BEGIN
    -- One writer at a time, until its commit: numbers and links follow the order of the log.
    PERFORM pg_advisory_xact_lock(hashtext('audit_chain'));
    SELECT id, link INTO before FROM reports_auditevent ORDER BY id DESC LIMIT 1;
    -- No gaps: an event that was rolled back leaves its number to the next one, so a missing number is a removed row.
    NEW.id := coalesce(before.id, 0) + 1;
    NEW.link := audit_link(coalesce(before.link, ''::bytea), NEW);
    RETURN NEW;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_chain'));
    NEW.id := nextval(pg_get_serial_sequence('reports_auditevent', 'id'));
    NEW.link := audit_link(
        coalesce((SELECT link FROM reports_auditevent ORDER BY id DESC LIMIT 1), ''::bytea), NEW
    );
    RETURN NEW;
END $$;
"""

class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0019_decisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedSetting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('process', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('digest', models.BinaryField()),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='subject',
            field=models.CharField(max_length=60, verbose_name='of which'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='verb',
            field=models.CharField(max_length=40, verbose_name='what'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['-at', '-id'], name='audit_by_age'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['verb', '-at', '-id'], name='audit_by_verb'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['actor', '-at', '-id'], name='audit_by_actor'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['subject', '-at', '-id'], name='audit_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='watchedsetting',
            constraint=models.UniqueConstraint(fields=('process', 'name'), name='one_row_per_setting'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
