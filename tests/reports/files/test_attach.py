"""Adding files on their step."""

from uuid import UUID

import pytest

from reports.files.limits import MOST_BODY, MOST_BYTES, MOST_FILES
from reports.intake.walk import Walk
from reports.models import Attachment, Draft
from tests.reports.files.conftest import KINDS, MP3, PDF, add, named, picture, stored
from tests.resident import Resident


def names(draft: UUID) -> list[str]:
    walk = Walk(Draft.objects.get(pk=draft))
    return [row.name(walk.key) for row in walk.draft.attachments.all()]


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_every_kind_by_its_content(resident: Resident, draft: UUID, kind: str) -> None:
    assert add(resident, draft, named("misleading.txt", KINDS[kind](), "text/plain")).status_code == 302
    row = Attachment.objects.get()
    assert (row.kind, row.size, row.scan, row.draft_id) == (kind, len(KINDS[kind]()), "unscanned", draft)
    assert names(draft) == ["misleading.txt"]


def test_it_says_which_of_several_was_refused_and_keeps_the_others(resident: Resident, draft: UUID, store) -> None:
    page = add(
        resident,
        draft,
        named("a.jpg", picture()),
        named("b.exe", b"MZ" + bytes(100)),
        named("c.mp3", MP3),
        named("empty.pdf", b""),
        note="The <b>note</b> stays.",
    )
    assert names(draft) == ["a.jpg", "c.mp3"]
    assert [error.split("”")[0] for error in page.context["form"].errors["files"]] == ["“b.exe", "“empty.pdf"]
    assert "The &lt;b&gt;note&lt;/b&gt; stays." in page.text
    assert len(stored(store)) == 2
    again = resident.client.get(resident.url("intake:step", draft, "files"))
    assert "The &lt;b&gt;note&lt;/b&gt; stays." in again.text
    assert "not a kind of file" not in again.text


@pytest.mark.parametrize(("more", "taken"), [(0, 1), (1, 0)])
def test_25_megabytes_is_the_most(resident: Resident, draft: UUID, store, more: int, taken: int) -> None:
    page = add(resident, draft, named("big.pdf", PDF + bytes(MOST_BYTES - len(PDF) + more)), note="kept")
    assert page.status_code == (302 if taken else 200)
    assert ("“big.pdf” is larger than 25 MB." in page.text) != taken
    assert (Attachment.objects.count(), len(stored(store))) == (taken, taken)
    assert Walk(Draft.objects.get(pk=draft)).document("files")["note"] == "kept"


def test_the_eleventh_file_is_one_too_many(resident: Resident, draft: UUID, store) -> None:
    page = add(resident, draft, *[named(f"{number}.pdf", PDF) for number in range(MOST_FILES + 1)])
    assert "“10.pdf” was not added: 10 files is the most." in page.text
    assert names(draft) == [f"{number}.pdf" for number in range(MOST_FILES)]
    page = add(resident, draft, named("later.pdf", PDF))
    assert "“later.pdf” was not added: 10 files is the most." in page.text
    assert len(stored(store)) == MOST_FILES


def test_a_monstrous_request_is_not_even_read(resident: Resident, draft: UUID, store) -> None:
    announced = {"CONTENT_LENGTH": str(4 * MOST_BODY + 1)}
    url = resident.url("intake:step", draft, "files")
    assert resident.client.post(url, {"files": [named("a.pdf", PDF)]}, **announced).status_code == 400
    assert stored(store) == []


def test_a_full_disk_refuses_the_file_and_keeps_the_words(resident: Resident, draft: UUID, settings, tmp_path) -> None:
    (tmp_path / "taken").write_text("no folder can be made here")
    settings.FILES_DIR = tmp_path / "taken"
    page = add(resident, draft, named("a.pdf", PDF), note="kept")
    assert "“a.pdf” could not be kept just now. Please add it again." in page.text
    assert ">kept</textarea>" in page.text.replace("\n", "")


def test_the_add_button_stays_on_the_step(resident: Resident, draft: UUID) -> None:
    url = resident.url("intake:step", draft, "files")
    response = resident.client.post(url, {"files": [named("a.pdf", PDF)], "add": "1"})
    assert response.url == url
    page = resident.client.get(url)
    assert "a.pdf" in page.text
    assert 'enctype="multipart/form-data"' in page.text


def test_it_can_be_left_out(resident: Resident, draft: UUID) -> None:
    page = resident.client.get(resident.url("intake:check", draft))
    assert "No files" in page.text
    assert resident.submit(draft).status_code == 302


def test_the_check_page_lists_the_files(resident: Resident, draft: UUID) -> None:
    add(resident, draft, named("receipt.pdf", PDF))
    row = Attachment.objects.get()
    add(resident, draft, **{f"about-{row.pk}": "receipt"})
    page = resident.client.get(resident.url("intake:check", draft))
    for words in ("PDF document", "receipt.pdf", "A receipt or proof of purchase"):
        assert words in page.text


def test_what_a_file_shows_is_one_of_the_list(resident: Resident, draft: UUID) -> None:
    add(resident, draft, named("a.pdf", PDF))
    row = Attachment.objects.get()
    for said, kept in (("receipt", "receipt"), ("nonsense", "receipt"), ("", "")):
        assert add(resident, draft, **{f"about-{row.pk}": said, "about-x": "receipt"}).status_code == 302
        row.refresh_from_db()
        assert row.about == kept


def test_names_are_text_and_nothing_else(resident: Resident, draft: UUID, store) -> None:
    add(
        resident,
        draft,
        named("../../etc/<img src=x onerror=alert(1)>.jpg", picture()),
        named("ñ 유리창 شیشه.jpg", picture()),
    )
    assert names(draft) == ["<img src=x onerror=alert(1)>.jpg", "ñ 유리창 شیشه.jpg"]
    assert "<img src=x" not in resident.client.get(resident.url("intake:step", draft, "files")).text
    assert all(len(path.name) == 32 for path in stored(store))


def test_another_browser_cannot_add(resident: Resident, draft: UUID, store) -> None:
    stranger = Resident()
    assert add(stranger, draft, named("a.pdf", PDF)).status_code == 410
    assert not Attachment.objects.exists()
    assert stored(store) == []


def test_files_sent_to_other_pages_are_kept_nowhere(resident: Resident, draft: UUID, store) -> None:
    for name in ("intake:leave", "status:find"):
        resident.client.post(resident.url(name), {"files": [named("a.pdf", PDF)]})
    assert stored(store) == []


def test_a_forged_request_leaves_nothing(draft: UUID, resident: Resident, store) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = resident.client.cookies
    answer = strict.post(resident.url("intake:step", draft, "files"), {"files": [named("a.pdf", PDF)]})
    assert answer.status_code == 403
    assert stored(store) == []
