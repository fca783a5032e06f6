"""Writing and correcting a translation."""

import pytest

from accounts.models import Role, User
from reports import vault
from reports.models import AuditEvent, Passage, Report, Translation
from reports.translating import actions
from reports.translating.queries import of_report, versions
from tests.desk import at_once
from tests.reports.translating.conftest import STORY, Service, address
from tests.resident import Resident

ENGLISH = "They broke the window of my car.\n\nMy name is Ana and I saw a man."


def save(client, passage: Passage, words: str = ENGLISH, version: int = 0):
    return client.post(address("write", passage), {"words": words, "version": version}, follow=True)


def history(passage: Passage) -> list[tuple[int, str, str]]:
    key = passage.report.sealing_key.unwrap()
    return [(each.row.version, each.row.origin, each.words) for each in versions(passage, key)]


def test_a_person_writes_it(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    page = save(at_desk(tara), story)
    assert page.redirect_chain == [(address("show", story), 302)]
    beside = of_report(spanish)[None]
    assert beside.words == ENGLISH
    assert (beside.passage.stage, beside.passage.origin, beside.passage.by) == ("done", "person", tara)
    event = AuditEvent.objects.get(verb="translating.write")
    assert (event.actor, event.subject) == (f"user:{tara.pk}", f"report:{spanish.pk}")
    assert event.details == {"text": "narrative", "version": 1, "source": "es", "target": "en"}


def test_a_correction_keeps_the_earlier_ones(service: Service, story: Passage, tara: User, at_desk) -> None:
    client = at_desk(tara)
    assert 'value="1"' in client.get(address("show", story)).text
    save(client, story, "Checked.", version=1)
    save(client, story, "Checked twice.", version=2)
    assert history(story) == [
        (3, "person", "Checked twice."),
        (2, "person", "Checked."),
        (1, "machine", "es>en: " + STORY),
    ]
    page = client.get(address("show", story)).text
    assert all(words in page for words in ("Checked.", "Checked twice.", "es&gt;en: Rompieron"))


def test_a_draft_that_is_right_is_saved_as_checked(service: Service, story: Passage, tara: User, at_desk) -> None:
    client = at_desk(tara)
    page = client.get(address("show", story))
    assert page.context["form"]["words"].value() == "es>en: " + STORY
    assert "Save as checked" in page.text
    save(client, story, page.context["form"]["words"].value(), version=1)
    assert Passage.objects.get().stage == "done"


def test_of_two_who_write_the_second_is_shown_the_first(story: Passage, tara: User, at_desk) -> None:
    client = at_desk(tara)
    save(client, story, "The first.")
    page = save(client, story, "The second.")
    assert page.context["form"].non_field_errors() == [
        "Somebody saved another translation meanwhile. Compare, then save again."
    ]
    assert page.context["form"]["words"].value() == "The second."
    assert "The first." in page.text
    assert history(story) == [(1, "person", "The first.")]
    save(client, story, "The second.", version=int(page.context["form"]["version"].value()))
    assert history(story)[0] == (2, "person", "The second.")


@pytest.mark.parametrize("words", ["", "  \n "])
def test_nothing_is_no_translation(story: Passage, tara: User, at_desk, words: str) -> None:
    page = save(at_desk(tara), story, words)
    assert page.context["form"].errors == {"words": ["This field is required."]}
    assert Passage.objects.get().stage == "waiting"


def test_it_is_sealed_in_its_own_place(story: Passage, spanish: Report, tara: User) -> None:
    actions.write(passage_id=story.pk, words=ENGLISH, version=0, by=tara)
    row = Translation.objects.get()
    assert b"window" not in bytes(row.sealed)
    key = spanish.sealing_key.unwrap()
    with pytest.raises(vault.CannotOpen):
        vault.open_sealed(row.sealed, key=key, place=story.place(2))


def test_a_shredded_report_takes_its_translations_with_it(story: Passage, spanish: Report, tara: User) -> None:
    actions.write(passage_id=story.pk, words=ENGLISH, version=0, by=tara)
    other = Resident("es").file("lost-property").report
    with pytest.raises(vault.CannotOpen):
        versions(story, other.sealing_key.unwrap())


def test_markup_is_text(story: Passage, tara: User, at_desk) -> None:
    page = save(at_desk(tara), story, "<b>They</b> & <script>")
    assert "&lt;b&gt;They&lt;/b&gt; &amp; &lt;script&gt;" in page.text
    assert "<b>They" not in page.text


def test_it_is_only_posted(story: Passage, tara: User, at_desk) -> None:
    answer = at_desk(tara).get(address("write", story))
    assert (answer.status_code, answer.url) == (302, address("show", story))


@pytest.mark.django_db(transaction=True)
def test_of_two_writes_at_once_one_is_kept(staff) -> None:
    Resident("es").file("lost-property")
    passage, tara = Passage.objects.get(), staff("tara", Role.TRANSLATOR, languages=["es"])
    results = at_once(
        *(
            lambda words=words: actions.write(passage_id=passage.pk, words=words, version=0, by=tara)
            for words in ("one", "two")
        )
    )
    assert [type(result) for result in results if result is not None] == [actions.Overtaken]
    assert Translation.objects.count() == 1
