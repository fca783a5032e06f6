"""Changing what residents read."""

from django.conf import settings
from django.db import transaction
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from reports import audit
from reports.catalogue import live
from reports.texts.queries import SOURCE, is_settled, models, shown, version_of
from reports.workshop.composing import reworded
from reports.workshop.life import locked
from reports.workshop.outdated import looked_at


@transaction.atomic
def edit(*, model: str, pk: int, field: str, said: dict[str, str], by: User) -> list[str]:
    """Set a text in some languages and return those that changed; the change is audited by their codes.

    The English of a report type that was sent for approval stays: another wording is another version.
    Raises the model's DoesNotExist for a row that is not there or belongs to a retired version.
    """
    version = version_of(shown(models()[model]).get(pk=pk))
    if version:
        # The version first, as those who compose it lock.
        version = locked(version.pk)
    row = shown(models()[model]).select_for_update(of=("self",)).get(pk=pk)
    if is_settled(row):
        said = {code: text for code, text in said.items() if code != SOURCE}
    columns = {code: build_localized_fieldname(field, code) for code in said}
    if version:
        looked_at(version, row, field)
    changed = [code for code, text in said.items() if (getattr(row, columns[code]) or "") != text]
    if changed:
        for code in changed:
            setattr(row, columns[code], said[code])
        row.save(update_fields=[columns[code] for code in changed])
        if version:
            reworded(version=version, by=by)
        languages = "all" if len(changed) == len(settings.LANGUAGES) else ",".join(changed)
        audit.record("texts.edit", by=by, subject=f"{model}:{pk}", field=field, languages=languages)
        transaction.on_commit(live.clear)
    return changed
