"""A report's files on an officer's desk."""

import io
from collections.abc import Callable

import pytest
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw

from accounts.models import Role, User
from reports.models import Attachment, AuditEvent
from tests.desk import show
from tests.reports.files.conftest import MP3, PDF, heic, named, picture

ROUTES = [("get", "files:show"), ("get", "files:view"), ("get", "files:thumb"), ("post", "files:download")]
CSP = "sandbox; default-src 'none'"


def events() -> list[tuple[str, dict]]:
    return list(AuditEvent.objects.filter(verb__in=["files.view", "files.download"]).values_list("verb", "details"))


def test_the_report_page_lists_them_with_their_names_hidden(worked, olga: User, at_desk) -> None:
    row = worked(picture(), "Ana at the lake.jpg")
    client = at_desk(olga)
    page = show(client, row.report)
    for words in ("File 1: JPEG picture", "Not scanned", reverse("files:show", args=[row.pk])):
        assert words in page.text
    assert "Ana at the lake" not in page.text
    page = client.post(reverse("review:reveal", args=[row.report_id]), {"reason": "decide"}, follow=True)
    assert "Ana at the lake.jpg" in page.text


def test_a_report_without_files_shows_no_empty_box(queued, olga: User, at_desk) -> None:
    assert "files-title" not in show(at_desk(olga), queued).text


def test_the_note_about_the_files_is_shown_with_them(filed, olga: User, at_desk) -> None:
    report = filed(named("a.pdf", PDF), note="The second one is blurred.")
    assert show(at_desk(olga), report).text.count("The second one is blurred.") == 1


def test_a_note_without_files_is_shown_too(resident, olga: User, at_desk) -> None:
    report = resident.file("theft-from-vehicle", files={"note": "I will bring the video to the station."}).report
    assert show(at_desk(olga), report).text.count("I will bring the video to the station.") == 1


@pytest.mark.parametrize("number", [1, 6])
def test_many_files_take_no_more_statements(filed, olga: User, at_desk, django_assert_num_queries, number: int) -> None:
    report = filed(*[named(f"{each}.pdf", PDF) for each in range(number)])
    client = at_desk(olga)
    show(client, report)
    with django_assert_num_queries(18):
        show(client, report)


@pytest.mark.parametrize("make", [picture, heic])
def test_a_picture_is_looked_at_in_its_copy(worked, olga: User, at_desk, make) -> None:
    row, client = worked(make()), at_desk(olga)
    page = client.get(reverse("files:show", args=[row.pk]))
    assert f'src="{reverse("files:view", args=[row.pk])}"' in page.text
    assert events() == []
    answer = client.get(reverse("files:view", args=[row.pk]))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    expected = {
        "Content-Type": "image/jpeg",
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    assert {name: answer[name] for name in expected} == expected
    assert "no-store" in answer["Cache-Control"]
    assert events() == [("files.view", {"file": 1})]


def small(client, row: Attachment) -> Image.Image:
    answer = client.get(reverse("files:thumb", args=[row.pk]))
    assert answer["Content-Security-Policy"] == CSP
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)), formats=["JPEG"])


def contrast(image: Image.Image) -> int:
    """Return the greatest step between two neighbouring points: letters and faces have some, a veil has none."""
    grey = image.convert("L")
    steps = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0)).crop((1, 0, grey.width, grey.height))
    return steps.getextrema()[1]


def test_a_small_picture_shows_nothing_until_personal_data_is_revealed(worked, olga: User, at_desk) -> None:
    board = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(board).rectangle((200, 150, 400, 450), fill="black")
    png = io.BytesIO()
    board.save(png, "PNG")
    row, client = worked(png.getvalue(), "plate.png"), at_desk(olga)
    assert reverse("files:thumb", args=[row.pk]) in show(client, row.report).text
    assert contrast(small(client, row)) < 20
    client.post(reverse("review:reveal", args=[row.report_id]), {"reason": "decide"})
    opened = small(client, row)
    assert contrast(opened) > 150
    assert opened.width <= 480
    assert events() == []


def test_there_is_no_small_picture_of_what_may_not_be_viewed(worked, olga: User, at_desk) -> None:
    row = worked(PDF)
    assert reverse("files:thumb", args=[row.pk]) not in show(at_desk(olga), row.report).text
    assert at_desk(olga).get(reverse("files:thumb", args=[row.pk])).status_code == 404


def test_the_original_leaves_as_an_attachment_for_a_recorded_reason(worked, olga: User, at_desk) -> None:
    content = PDF + bytes(150_000)
    row = worked(content, "Ana's <secret>.pdf")
    answer = at_desk(olga).post(reverse("files:download", args=[row.pk]), {"reason": "evidence"})
    assert b"".join(answer.streaming_content) == content
    expected = {
        "Content-Type": "application/pdf",
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Content-Length": str(len(content)),
        "Content-Disposition": f'attachment; filename="{row.report.reference}-1.pdf"',
    }
    assert {name: answer[name] for name in expected} == expected
    assert events() == [("files.download", {"file": 1, "reason": "evidence", "scan": "unscanned"})]


@pytest.mark.parametrize("reason", ["", "because"])
def test_without_a_reason_from_the_list_nothing_leaves(worked, olga: User, at_desk, reason: str) -> None:
    row = worked(PDF)
    page = at_desk(olga).post(reverse("files:download", args=[row.pk]), {"reason": reason}, follow=True)
    assert "Choose why you need the file." in page.text
    assert events() == []


def test_an_unscanned_original_carries_a_warning(worked, olga: User, at_desk) -> None:
    row, client = worked(MP3), at_desk(olga)
    url = reverse("files:show", args=[row.pk])
    warning = "No scanner has cleared this file."
    assert warning in client.get(url).text
    Attachment.objects.update(scan="clean")
    assert warning not in client.get(url).text


@pytest.mark.parametrize(
    ("make", "caution"),
    [(picture, ""), (lambda: PDF, "A PDF can hold links, scripts, forms"), (lambda: MP3, "an up-to-date player")],
)
def test_the_page_says_that_a_file_comes_from_outside(worked, olga: User, at_desk, make, caution: str) -> None:
    row, client = worked(make()), at_desk(olga)
    url = reverse("files:show", args=[row.pk])
    for scan, said in (("clean", True), ("infected", False)):
        Attachment.objects.update(scan=scan)
        page = client.get(url).text
        assert ("This file comes from outside." in page) == said
        assert (caution in page) == (said or not caution)
        # Nothing of the original is put into a page: neither shown in a frame nor linked for a browser to open.
        assert not any(tag in page for tag in ("<iframe", "<embed", "<object", "<video", "<audio"))


@pytest.mark.parametrize(
    ("state", "scanner", "view", "download"),
    [
        ("unscanned", False, True, True),
        ("clean", False, True, True),
        ("infected", False, False, False),
        ("unscanned", True, False, False),
        ("clean", True, True, True),
        ("infected", True, False, False),
        ("failed", True, False, True),
    ],
)
def test_what_may_be_seen_in_each_state(worked, olga: User, at_desk, settings, state, scanner, view, download) -> None:
    row, client = worked(picture()), at_desk(olga)
    Attachment.objects.update(scan=state)
    settings.CLAMD_URL = "tcp://127.0.0.1:1" if scanner else ""
    page = client.get(reverse("files:show", args=[row.pk])).text
    assert (reverse("files:view", args=[row.pk]) in page) == view
    assert (reverse("files:download", args=[row.pk]) in page) == download
    seen = client.get(reverse("files:view", args=[row.pk]))
    taken = client.post(reverse("files:download", args=[row.pk]), {"reason": "decide"})
    assert (seen.status_code, taken.status_code) == (200 if view else 404, 200 if download else 404)
    for answer in (seen, taken):
        answer.close()


@pytest.mark.parametrize(("method", "name"), ROUTES)
def test_files_out_of_reach_do_not_exist(worked, piet: User, at_desk, method: str, name: str) -> None:
    row = worked(picture())
    answer = getattr(at_desk(piet), method)(reverse(name, args=[row.pk]), {"reason": "decide"})
    assert answer.status_code == 404
    assert events() == []


@pytest.mark.parametrize(("method", "name"), ROUTES)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.CLERK])
def test_other_roles_are_refused(
    worked, staff: Callable[..., User], at_desk, method: str, name: str, role: Role
) -> None:
    row = worked(picture())
    answer = getattr(at_desk(staff("other", role, areas=[1])), method)(reverse(name, args=[row.pk]))
    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "name"), ROUTES)
def test_who_is_not_logged_in_logs_in_first(worked, client, resident, method: str, name: str) -> None:
    url = reverse(name, args=[worked(picture()).pk])
    for browser in (client, resident.client):
        answer = getattr(browser, method)(url)
        assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={url}")


@pytest.mark.parametrize(("method", "name"), ROUTES)
def test_files_of_a_draft_are_nobodys(resident, draft, sue: User, at_desk, method: str, name: str) -> None:
    from tests.reports.files.conftest import add

    add(resident, draft, named("a.pdf", PDF))
    url = reverse(name, args=[Attachment.objects.get().pk])
    assert getattr(at_desk(sue), method)(url, {"reason": "decide"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "name"), [("post", "files:show"), ("post", "files:view"), ("get", "files:download")]
)
def test_each_page_has_its_one_method(worked, olga: User, at_desk, method: str, name: str) -> None:
    assert getattr(at_desk(olga), method)(reverse(name, args=[worked(PDF).pk])).status_code == 405


def test_a_missing_file_fails_before_it_is_promised(worked, olga: User, at_desk, store) -> None:
    from reports.files import storage

    row = worked(PDF)
    storage.delete(row.stored)
    with pytest.raises(FileNotFoundError):
        at_desk(olga).post(reverse("files:download", args=[row.pk]), {"reason": "decide"})
    assert events() == []
