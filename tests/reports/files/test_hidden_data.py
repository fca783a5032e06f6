"""Position, device and owner are gone from every copy that is looked at. A judge from outside: exiftool."""

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image, ImageCms

from accounts.models import User
from reports.models import Attachment, Report
from reports.processing import actions as processing
from tests.reports.files.conftest import heic, named, picture

EXIFTOOL = shutil.which("exiftool")
SERIAL, OWNER, MAKER = "SN-4711-CANARY", "Canary Flores", b"CanaryMaker-4711"
# What the judge itself says of any picture, and what a plain JPEG cannot do without.
ITS_OWN = {"ExifTool", "System", "File", "Composite"}
PLAIN = {"JFIF:JFIFVersion", "JFIF:ResolutionUnit", "JFIF:XResolution", "JFIF:YResolution"}
PLANTED = {
    "EXIF": [f"-EXIF:BodySerialNumber={SERIAL}", f"-EXIF:OwnerName={OWNER}", "-EXIF:GPSLatitude=34.0522"],
    "XMP": [f"-XMP-aux:SerialNumber={SERIAL}", f"-XMP-dc:Creator={OWNER}", "-XMP-exif:GPSLatitude=34.0522"],
    "IPTC": [f"-IPTC:By-line={OWNER}", "-IPTC:City=Canary City"],
    "Photoshop": [f"-Photoshop:URL=https://{SERIAL}.example"],
    "File": [f"-File:Comment={OWNER}"],
    "PNG": [f"-PNG:Author={OWNER}", f"-PNG:Comment={SERIAL}"],
}
GROUPS = {
    "jpeg": ["EXIF", "XMP", "IPTC", "Photoshop", "File"],
    "png": ["EXIF", "XMP", "IPTC", "PNG"],
    "webp": ["EXIF", "XMP"],
    "heic": ["EXIF", "XMP"],
}
MAKE = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


def judged(*paths: Path) -> list[dict[str, Any]]:
    """Return every tag that exiftool finds in each file, unknown and doubled ones too, named by its group."""
    asked = [str(EXIFTOOL), "-json", "-G0", "-a", "-u", "-U", "-ee", "-n", *map(str, paths)]
    found: list[dict[str, Any]] = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    return found


def full_of_hints(kind: str, folder: Path) -> bytes:
    """Return a picture with all that a camera, a phone and a program to edit pictures write into it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = folder / f"source.{kind}"
    path.write_bytes(heic() if kind == "heic" else picture(MAKE[kind], icc_profile=profile))
    if kind == "jpeg":
        path.write_bytes(with_maker_note(path.read_bytes()))
    small = folder / "small.jpg"
    Image.new("RGB", (16, 12), "red").save(small, "JPEG")
    options = [f"-EXIF:ThumbnailImage<={small}"] if kind == "jpeg" else []
    options += [option for group in GROUPS[kind] for option in PLANTED[group]]
    subprocess.run([str(EXIFTOOL), "-q", "-overwrite_original", *options, str(path)], check=True, capture_output=True)
    return path.read_bytes()


def with_maker_note(jpeg: bytes) -> bytes:
    """Return the picture with a note of its maker's, which no other program knows to read, and a comment."""
    image = Image.open(io.BytesIO(jpeg))
    exif = image.getexif()
    exif.get_ifd(0x8769)[0x927C] = MAKER
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif.tobytes(), icc_profile=image.info["icc_profile"], comment=OWNER)
    return made.getvalue()


@pytest.mark.skipif(EXIFTOOL is None, reason="no exiftool on this machine: install libimage-exiftool-perl")
def test_nothing_hidden_is_in_any_picture_that_is_looked_at(
    filed: Callable[..., Report], olga: User, at_desk, tmp_path: Path
) -> None:
    sources = {kind: full_of_hints(kind, tmp_path) for kind in GROUPS}
    # Else the judge would have nothing to find.
    for kind, found in zip(GROUPS, judged(*(tmp_path / f"source.{kind}" for kind in GROUPS)), strict=True):
        words = json.dumps(found)
        assert (SERIAL in words, OWNER in words, "34.05" in words) == (True, True, True), (kind, sorted(found))
        assert {name.partition(":")[0] for name in found} >= {*GROUPS[kind]} - {"File"}, (kind, sorted(found))
    assert MAKER in sources["jpeg"]
    assert sources["jpeg"].count(b"\xff\xd8\xff") == 2
    report = filed(*[named(f"a.{kind}", content) for kind, content in sources.items()])
    processing.work()
    copies = all_that_is_looked_at(at_desk(olga), report, tmp_path)
    assert len(copies) == 3 * len(sources)
    for path, found in zip(copies, judged(*copies), strict=True):
        of_picture = {name for name in found if name != "SourceFile" and name.partition(":")[0] not in ITS_OWN}
        assert of_picture <= PLAIN, (path.name, sorted(of_picture))
        assert "File:Comment" not in found
        content = path.read_bytes()
        assert not any(word in content for word in (SERIAL.encode(), OWNER.encode(), MAKER, b"Exif", b"http", b"ICC"))


def all_that_is_looked_at(desk: Any, report: Report, folder: Path) -> list[Path]:
    """Save each copy and each small picture, veiled and open, as an officer's browser gets them."""
    paths = []

    def save(row: Attachment, page: str, name: str) -> None:
        answer = desk.get(reverse(page, args=[row.pk]))
        paths.append(folder / f"{row.position}-{name}.jpg")
        paths[-1].write_bytes(b"".join(answer.streaming_content))

    rows = list(Attachment.objects.filter(report=report))
    for row in rows:
        save(row, "files:view", "view")
        save(row, "files:thumb", "veiled")
    desk.post(reverse("review:reveal", args=[report.pk]), {"reason": "decide"})
    for row in rows:
        save(row, "files:thumb", "open")
    return paths
