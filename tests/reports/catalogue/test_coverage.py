"""What a language lacks is counted, in its file and in the database."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.catalogue.coverage import coverage, missing_texts
from reports.models import Stopper

HEADER = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def test_texts_gaps_doubts_and_words_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_text(
        HEADER
        + '\nmsgid "one"\nmsgstr "один два"\n'
        + '\nmsgid "two"\nmsgstr ""\n'
        + '\n#, fuzzy\nmsgid "three"\nmsgstr "три"\n'
        + '\nmsgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d файл"\nmsgstr[1] ""\n'
    )
    assert coverage(file) == (4, 2, 1, 3)


@pytest.mark.django_db
def test_a_text_that_was_emptied_is_missing_and_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    stopper = Stopper.objects.exclude(title_en="").earliest("pk")
    stopper.title_es = ""
    stopper.save()
    assert [(row.model, row.pk, row.field) for row in missing_texts("es")] == [("Stopper", stopper.pk, "title")]
    with pytest.raises(CommandError, match="missing or doubtful"):
        call_command("languages")
    assert "Spanish" in capsys.readouterr().out
