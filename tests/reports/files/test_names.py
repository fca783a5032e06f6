"""Hostile names of files: text to be shown where it belongs, and nothing else."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from reports.models import Attachment, Report
from tests.desk import show
from tests.reports.files.conftest import PDF, stored
from tests.resident import Resident

# What stands in the request -> what the file is called.
NAMES: dict[bytes, str] = {
    b'filename="../../../etc/passwd"': "passwd",
    b'filename="..\\..\\windows\\win.ini"': "win.ini",
    b'filename="/var/files/ab/0123456789abcdef0123456789abcdef"': "0123456789abcdef0123456789abcdef",
    b'filename="a\0b.php\0.pdf"': "ab.php.pdf",
    # Turns the direction of what follows: "photo" and a program would read as "photoexe.jpg".
    'filename="photo\u202egpj.exe"'.encode(): "photogpj.exe",
    b'filename="CON"': "CON",
    b'filename=".htaccess"': ".htaccess",
    b'filename="-rf *"': "-rf *",
    b'filename="$(id);`id`|id.pdf"': "$(id);`id`|id.pdf",
    b'filename="=cmd|x!A1.pdf"': "=cmd|x!A1.pdf",
    # As browsers send a quote and the end of a line.
    b'filename="a%22;filename=%22b.html"': "a%22;filename=%22b.html",
    b'filename="a%0D%0ASet-Cookie: b=1"': "a%0D%0ASet-Cookie: b=1",
    b"filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b%3D1": "aSet-Cookie: b=1",
    b"filename*=UTF-8''..%2F..%2Fa%00%22.pdf": 'a".pdf',
    b'filename="<b>bold.pdf"': "<b>bold.pdf",
    b'filename="{{7*7}}{% x %}.pdf"': "{{7*7}}{% x %}.pdf",
    b'filename="&lt;script&gt;.pdf"': "<script>.pdf",
    'filename="{}.pdf"'.format("ä" * 400).encode(): "ä" * 251 + ".pdf",
    'filename="a.{}"'.format("x" * 400).encode(): "." + "x" * 254,
    b'filename="' + "차 유리창 شیشه.pdf".encode() + b'"': "차 유리창 شیشه.pdf",
}
# No name at all, or none in the page's UTF-8: as if no file was chosen.
NAMELESS = [
    b'filename="\xff\xfe.pdf"',
    b'filename=""',
    b'filename=".."',
    b'filename="../"',
    b'filename="\0"',
    b'filename="\xe2\x80\xae"',
]


def send(resident: Resident, draft: UUID, name: bytes) -> None:
    """Send a file as no browser would."""
    body = b'--b\r\nContent-Disposition: form-data; name="files"; %s\r\n\r\n%s\r\n--b--\r\n' % (name, PDF)
    url = resident.url("intake:step", draft, "files")
    assert resident.client.post(url, body, content_type="multipart/form-data; boundary=b").status_code == 302, name


def names_of(rows: list[Attachment], report: Report | None = None) -> list[str]:
    """Return the names that the files were given."""
    return [row.name(report.sealing_key.unwrap() if report else row.draft.key()) for row in rows]


def test_a_name_is_text_and_leads_nowhere(resident: Resident, draft: UUID, store) -> None:
    for name, kept in NAMES.items():
        send(resident, draft, name)
        rows = list(Attachment.objects.select_related("draft"))
        assert names_of(rows) == [kept], name
        row = rows[0]
        assert [path.relative_to(store).as_posix() for path in stored(store)] == [f"{row.stored[:2]}/{row.stored}"]
        page = resident.client.get(resident.url("intake:step", draft, "files"))
        assert f"<bdi>{escape(kept)}</bdi>" in page.text
        row.delete()
        for path in stored(store):
            path.unlink()


@pytest.mark.parametrize("name", NAMELESS)
def test_without_a_name_no_file_was_chosen(resident: Resident, draft: UUID, store, name: bytes) -> None:
    send(resident, draft, name)
    assert not Attachment.objects.exists()
    assert stored(store) == []


def test_an_officer_gets_every_file_under_a_name_of_ours(
    resident: Resident, draft: UUID, olga: User, at_desk: Callable, store
) -> None:
    hostile = list(NAMES)[:10]
    for name in hostile:
        send(resident, draft, name)
    assert resident.submit(draft).status_code == 302
    report, desk = Report.objects.get(draft_id=draft), at_desk(olga)
    rows = list(Attachment.objects.filter(report=report))
    assert names_of(rows, report) == [NAMES[name] for name in hostile]
    for row in rows:
        answer = desk.post(reverse("files:download", args=[row.pk]), {"reason": "evidence"})
        assert answer["Content-Disposition"] == f'attachment; filename="{report.reference}-{row.position}.pdf"'
        assert b"".join(answer.streaming_content) == PDF
    desk.post(reverse("review:reveal", args=[report.pk]), {"reason": "decide"})
    page = show(desk, report).text
    assert page.count("<bdi>=cmd|x!A1.pdf</bdi>") == 1
    assert "passwd" in page
    assert ".." not in page.split("files-title")[1].split("</section>")[0]
