"""What the feed knows, and the triggers that note each change of an approved report."""


import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reports.codes

# Every change of what the feed tells of an approved report leaves an entry, in the transaction of the change: whatever
# makes it. A second entry of the same transaction is spared where it would say the same (xmin is a savepoint's own, then
# there are two; that harms nobody).
FORWARD = """
CREATE FUNCTION feed_note(of_report uuid, of_reference varchar, of_area bigint, of_type bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO reports_feedentry (report_id, reference, area, type, at, mark)
    SELECT of_report, of_reference, of_area, t.slug, now(), gen_random_uuid() FROM reports_reporttype t
    WHERE t.id = of_type AND NOT EXISTS (
        SELECT FROM reports_feedentry e WHERE e.report_id = of_report AND e.number IS NULL
        AND e.area IS NOT DISTINCT FROM of_area AND e.type = t.slug AND e.xmin = pg_current_xact_id()::xid
    )
$$;

CREATE FUNCTION feed_report_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Where it was, so that a system that has it hears that it left; then where it is.
    IF OLD.state = 'approved' AND (NEW.state <> 'approved'
            OR (OLD.area_id, OLD.report_type_id) IS DISTINCT FROM (NEW.area_id, NEW.report_type_id)) THEN
        PERFORM feed_note(OLD.id, OLD.reference, OLD.area_id, OLD.report_type_id);
    END IF;
    IF NEW.state = 'approved' THEN
        PERFORM feed_note(NEW.id, NEW.reference, NEW.area_id, NEW.report_type_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION feed_report_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feed_note(OLD.id, OLD.reference, OLD.area_id, OLD.report_type_id);
    RETURN NULL;
END $$;

CREATE FUNCTION feed_reports_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feed_note(r.id, r.reference, r.area_id, r.report_type_id)
    FROM touched r WHERE r.state = 'approved' ORDER BY r.decided_at, r.id;
    RETURN NULL;
END $$;

-- What belongs to reports, as many rows as a statement has.
CREATE FUNCTION feed_parts_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feed_note(r.id, r.reference, r.area_id, r.report_type_id)
    FROM reports_report r WHERE r.state = 'approved' AND r.id IN (SELECT report_id FROM touched) ORDER BY r.decided_at, r.id;
    RETURN NULL;
END $$;

CREATE FUNCTION feed_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feed_note(r.id, r.reference, r.area_id, r.report_type_id)
    FROM reports_report r WHERE r.state = 'approved' AND r.id = NEW.report_id;
    RETURN NULL;
END $$;

-- Only the narrative's translation leaves; messages do not.
CREATE FUNCTION feed_translated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feed_note(r.id, r.reference, r.area_id, r.report_type_id)
    FROM reports_report r WHERE r.state = 'approved' AND r.id IN (
        SELECT p.report_id FROM touched t JOIN reports_passage p ON p.id = t.passage_id WHERE p.message_id IS NULL
    ) ORDER BY r.decided_at, r.id;
    RETURN NULL;
END $$;

INSERT INTO reports_feedentry (number, report_id, reference, area, type, at, mark)
    SELECT row_number() OVER (ORDER BY r.decided_at, r.id), r.id, r.reference, r.area_id, t.slug, r.decided_at, gen_random_uuid()
    FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id
    WHERE r.state = 'approved' AND r.purged_at IS NULL ORDER BY r.decided_at, r.id;

CREATE TRIGGER feed_changed AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN ((OLD.state = 'approved' OR NEW.state = 'approved') AND
        (OLD.state, OLD.state_since, OLD.decided_at, OLD.area_id, OLD.report_type_id, OLD.language, OLD.is_anonymous, OLD.premise,
         OLD.occurred_from, OLD.occurred_until, OLD.reported_at, OLD.possible_hate, OLD.hate_verdict, OLD.dr_number, OLD.purged_at)
        IS DISTINCT FROM
        (NEW.state, NEW.state_since, NEW.decided_at, NEW.area_id, NEW.report_type_id, NEW.language, NEW.is_anonymous, NEW.premise,
         NEW.occurred_from, NEW.occurred_until, NEW.reported_at, NEW.possible_hate, NEW.hate_verdict, NEW.dr_number, NEW.purged_at))
    EXECUTE FUNCTION feed_report_changed();
CREATE TRIGGER feed_deleted AFTER DELETE ON reports_report FOR EACH ROW WHEN (OLD.state = 'approved')
    EXECUTE FUNCTION feed_report_deleted();
CREATE TRIGGER feed_added AFTER INSERT ON reports_report REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION feed_reports_added();
CREATE TRIGGER feed_added AFTER INSERT ON reports_codedfact REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION feed_parts_touched();
CREATE TRIGGER feed_deleted AFTER DELETE ON reports_codedfact REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION feed_parts_touched();
CREATE TRIGGER feed_changed AFTER UPDATE ON reports_codedfact REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION feed_parts_touched();
CREATE TRIGGER feed_changed AFTER UPDATE ON reports_document FOR EACH ROW
    WHEN (OLD.version <> NEW.version OR OLD.sealed <> NEW.sealed) EXECUTE FUNCTION feed_part_changed();
CREATE TRIGGER feed_added AFTER INSERT ON reports_translation REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION feed_translated();
CREATE TRIGGER feed_changed AFTER UPDATE ON reports_passage FOR EACH ROW
    WHEN (NEW.message_id IS NULL AND OLD.stage <> NEW.stage) EXECUTE FUNCTION feed_part_changed();
CREATE TRIGGER feed_added AFTER INSERT ON reports_attachment FOR EACH ROW
    WHEN (NEW.report_id IS NOT NULL AND NEW.reply IS NULL) EXECUTE FUNCTION feed_part_changed();
CREATE TRIGGER feed_changed AFTER UPDATE ON reports_attachment FOR EACH ROW
    WHEN (NEW.report_id IS NOT NULL AND NEW.reply IS NULL AND
        (OLD.report_id, OLD.reply, OLD.scan, OLD.copy) IS DISTINCT FROM (NEW.report_id, NEW.reply, NEW.scan, NEW.copy))
    EXECUTE FUNCTION feed_part_changed();
"""
BACKWARD = """
DROP TRIGGER feed_changed ON reports_report;
DROP TRIGGER feed_deleted ON reports_report;
DROP TRIGGER feed_added ON reports_report;
DROP TRIGGER feed_added ON reports_codedfact;
DROP TRIGGER feed_deleted ON reports_codedfact;
DROP TRIGGER feed_changed ON reports_codedfact;
DROP TRIGGER feed_changed ON reports_document;
DROP TRIGGER feed_added ON reports_translation;
DROP TRIGGER feed_changed ON reports_passage;
DROP TRIGGER feed_added ON reports_attachment;
DROP TRIGGER feed_changed ON reports_attachment;
DROP FUNCTION feed_report_changed();
DROP FUNCTION feed_report_deleted();
DROP FUNCTION feed_reports_added();
DROP FUNCTION feed_parts_touched();
DROP FUNCTION feed_part_changed();
DROP FUNCTION feed_translated();
DROP FUNCTION feed_note(uuid, varchar, bigint, bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0034_audit_checkpoints'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(null=True, unique=True)),
                ('mark', models.UUIDField(default=uuid.uuid4)),
                ('report_id', models.UUIDField()),
                ('reference', models.CharField(max_length=12)),
                ('area', models.BigIntegerField(null=True)),
                ('type', models.CharField(max_length=50)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FeedReceipt',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, verbose_name='number there')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FeedToken',
            fields=[
                ('citywide', models.BooleanField(default=False, verbose_name='whole city')),
                ('every_type', models.BooleanField(default=False, verbose_name='every report type')),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, size=None, verbose_name='report types')),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='system')),
                ('prefix', models.CharField(max_length=20, unique=True, verbose_name='begins with')),
                ('digest', models.BinaryField()),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='columns')),
                ('files', models.CharField(choices=[('none', 'no files'), ('copies', 'plain copies of pictures'), ('originals', 'plain copies and the files as they were sent')], default='none', max_length=10, verbose_name='files')),
                ('reason', models.CharField(blank=True, choices=[('records', 'to enter the reports into the records system'), ('investigation', 'for investigations')], default='', max_length=20, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
            ],
            options={
                'verbose_name': 'feed token',
                'verbose_name_plural': 'feed tokens',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('citywide', models.BooleanField(default=False, verbose_name='whole city')),
                ('every_type', models.BooleanField(default=False, verbose_name='every report type')),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, size=None, verbose_name='report types')),
                ('id', models.UUIDField(default=reports.codes.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='system')),
                ('url', models.CharField(max_length=300, verbose_name='address')),
                ('wrapped_key', models.BinaryField()),
                ('wrapped_by', models.CharField(db_index=True, max_length=40)),
                ('secret', models.BinaryField()),
                ('secret_before', models.BinaryField(null=True)),
                ('before_until', models.DateTimeField(blank=True, null=True, verbose_name='old secret until')),
                ('active', models.BooleanField(default=True, verbose_name='on')),
                ('position', models.BigIntegerField(default=0)),
                ('made_at', models.DateTimeField(verbose_name='made')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.UUIDField(default=reports.codes.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('report_id', models.UUIDField()),
                ('reference', models.CharField(max_length=12, verbose_name='reference')),
                ('event', models.CharField(choices=[('report.available', 'approved or changed'), ('report.gone', 'not available any more')], max_length=20, verbose_name='event')),
                ('made_at', models.DateTimeField(verbose_name='since')),
                ('answer', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='last answer')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='last try')),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='delivered')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-number'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='job',
            name='job_of_report_draft_or_staff',
        ),
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('enqueue', 'put the report into the queue'), ('notify', 'send a notice'), ('saved', 'tell where to go on with a draft'), ('expiring', 'tell that a draft is deleted soon'), ('scan', 'look into a file'), ('translate', 'draft a translation'), ('alert', 'mail what staff are told'), ('webhook', 'tell a webhook')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='feedentry',
            index=models.Index(condition=models.Q(('number', None)), fields=['id'], name='feed_unnumbered'),
        ),
        migrations.AddIndex(
            model_name='feedentry',
            index=models.Index(fields=['report_id', 'number'], name='feed_by_report'),
        ),
        migrations.AddIndex(
            model_name='feedentry',
            index=models.Index(fields=['area', 'number'], name='feed_by_area'),
        ),
        migrations.AddField(
            model_name='feedreceipt',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='reports.report'),
        ),
        migrations.AddField(
            model_name='feedtoken',
            name='areas',
            field=models.ManyToManyField(blank=True, related_name='+', to='reports.area', verbose_name='areas'),
        ),
        migrations.AddField(
            model_name='feedtoken',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='feedreceipt',
            name='token',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='reports.feedtoken'),
        ),
        migrations.AddField(
            model_name='webhook',
            name='areas',
            field=models.ManyToManyField(blank=True, related_name='+', to='reports.area', verbose_name='areas'),
        ),
        migrations.AddField(
            model_name='webhook',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='webhook',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='reports.webhook'),
        ),
        migrations.AddField(
            model_name='job',
            name='delivery',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='job', to='reports.webhookdelivery'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alert_mail', None), ('delivery', None), ('draft__isnull', False), ('report', None)), models.Q(('alert_mail', None), ('delivery', None), ('draft', None), ('report__isnull', False)), models.Q(('alert_mail__isnull', False), ('delivery', None), ('draft', None), ('report', None)), models.Q(('alert_mail', None), ('delivery__isnull', False), ('draft', None), ('report', None)), _connector='OR'), name='job_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='feedreceipt',
            index=models.Index(fields=['report', 'token', '-id'], name='receipts_of_report'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('webhook', 'number'), name='one_delivery_per_entry'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
