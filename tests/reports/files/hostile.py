"""Hostile files as a table: what is sent under which name, whether it is taken as what, and what is to be seen of it.

All of them are made here. Each carries MARK where a program, page or script would stand, so that a test can say that
nothing of it is in what an officer looks at.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

from reports.files.limits import Refusal
from reports.models import Attachment
from tests.reports.files.conftest import PDF, WAV, boxes, heic, picture

Kind = Attachment.Kind
MARK = b"alert('hostile-4711')"
SCRIPT = b"<script>" + MARK + b"</script>"
PNG = b"\x89PNG\r\n\x1a\n"
PHP = b"<?php " + MARK + b"; ?>"


@dataclass(frozen=True)
class Hostile:
    """A row: taken as a kind or refused; `view` tells whether there is a copy to look at."""

    name: str
    make: Callable[[], bytes]
    becomes: Kind | Refusal
    view: bool = False

    def __str__(self) -> str:
        return self.name


# --- Pieces -----------------------------------------------------------------------------------
def plain(picture_format: str, size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """Return a picture that hides nothing."""
    content = io.BytesIO()
    Image.new("RGB", size, "orange").save(content, picture_format, **options)  # type: ignore[arg-type]
    return content.getvalue()


def archive(name: str = "word/vbaProject.bin", content: bytes = MARK, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP, which every newer office document and Java program is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as file:
        file.writestr(name, content)
    return made.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, size: tuple[int, int] = (8, 8), pixels: bytes = b"") -> bytes:
    """Return a PNG with more chunks between its header and its pixels; that claims a size and holds too few pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    pixels = pixels or zlib.compress(bytes(size[1] * (1 + 3 * size[0])) if max(size) < 100 else bytes(1_000_000))
    return PNG + header + b"".join(chunks) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def with_segment(marker: int, data: bytes) -> bytes:
    """Return a JPEG with one more segment at its beginning."""
    jpeg = plain("JPEG")
    return jpeg[:2] + segment(marker, data) + jpeg[2:]


def pdf(*objects: bytes, catalog: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first of which is number 2."""
    made = b"%PDF-1.7\n1 0 obj<</Type/Catalog" + catalog + b">>endobj\n"
    for number, each in enumerate(objects, start=2):
        made += f"{number} 0 obj".encode() + each + b"endobj\n"
    return made + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def stream(data: bytes) -> bytes:
    """Return a packed stream of a PDF."""
    packed = zlib.compress(data, 9)
    return b"<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream "


# --- Two things at once ------------------------------------------------------------------------
def jpeg_and_script() -> bytes:
    """A JPEG whose first segment is as long as `/*` says, so that a browser could read it as a script."""
    jpeg = plain("JPEG")
    comment = b"\xff\xe0/*" + jpeg[4:20] + b"*/=" + MARK + b"/*"
    filler = bytes(0x2F2A + 4 - 2 - len(comment))
    return b"\xff\xd8" + comment + filler + jpeg[20:] + b"*/"


def png_and_php() -> bytes:
    """A PNG with a program in its text, and behind its end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", PHP.decode())
    return plain("PNG", pnginfo=text) + PHP


POLYGLOTS = [
    Hostile("gif-and-js.gif", lambda: b"GIF89a/*" + bytes(30) + b"*/=1;" + MARK, Refusal.WRONG_KIND),
    Hostile("gif-and-js.jpg", lambda: b"GIF89a=1;" + MARK + b"//" + bytes(60), Refusal.WRONG_KIND),
    Hostile("jpeg-and-js.jpg", jpeg_and_script, Kind.JPEG, view=True),
    Hostile("jpeg-and-zip.jpg", lambda: plain("JPEG") + archive(), Kind.JPEG, view=True),
    Hostile("jpeg-and-pdf.pdf", lambda: with_segment(0xFE, pdf(MARK)), Kind.JPEG, view=True),
    Hostile("jpeg-and-html.html", lambda: with_segment(0xFE, b"<html>" + SCRIPT), Kind.JPEG, view=True),
    Hostile("png-and-php.php", png_and_php, Kind.PNG, view=True),
    Hostile("png-and-html.png", lambda: png(chunk(b"tEXt", b"a\0<html>" + SCRIPT)) + SCRIPT, Kind.PNG, view=True),
    Hostile("webp-and-js.webp", lambda: plain("WEBP") + SCRIPT, Kind.WEBP, view=True),
    Hostile("heic-and-zip.heic", lambda: heic() + archive(), Kind.HEIC, view=True),
    Hostile("wav-and-js.wav", lambda: b"RIFF=/**" + WAV[8:] + b"*/" + MARK, Kind.WAV),
    Hostile("pdf-and-html.html", lambda: b"%PDF-1.4\n<html>" + SCRIPT + PDF, Kind.PDF),
    Hostile("pdf-and-zip.pdf", lambda: PDF + archive(), Kind.PDF),
    Hostile("html-and-pdf.pdf", lambda: b"<!--\n" + PDF + b"-->" + SCRIPT, Refusal.WRONG_KIND),
    # Programs and pages with four letters in the right place: what comes before them is no length of a box.
    Hostile("program-and-mov.mov", lambda: b"MZ\x90\0free" + bytes(400), Refusal.WRONG_KIND),
    Hostile("program-and-mp4.mp4", lambda: b"MZ\x90\0ftypisom" + bytes(400), Refusal.WRONG_KIND),
    Hostile("zip-and-mov.mov", lambda: b"PK\3\4skip" + archive()[8:], Refusal.WRONG_KIND),
    Hostile("html-and-mov.mov", lambda: b"<!--wide-->" + SCRIPT, Refusal.WRONG_KIND),
    Hostile("script-and-heic.heic", lambda: b"#!/\nftypheic" + bytes(400), Refusal.WRONG_KIND),
    # No version, or no length, of an ID3 tag.
    Hostile("page-and-mp3.mp3", lambda: b"ID3<html>" + SCRIPT, Refusal.WRONG_KIND),
    Hostile("script-and-mp3.mp3", lambda: b"ID3\4\0\0\xff\xff\xff\xff" + MARK, Refusal.WRONG_KIND),
    Hostile("png-without-header.png", lambda: PNG + SCRIPT + bytes(60), Refusal.WRONG_KIND),
    Hostile("part-of-a-frame.mp3", lambda: b"\xff\xfb", Refusal.WRONG_KIND),
    Hostile("no-frame.mp3", lambda: b"\xff\xff\xff\xff", Refusal.WRONG_KIND),
    Hostile("moving.webp", lambda: b"RIFF\0\0\0\0AVI LIST", Refusal.WRONG_KIND),
    Hostile("other.heic", lambda: b"\0\0\0\x1cftypavif\0\0\0\0mif1", Refusal.WRONG_KIND),
    Hostile("another.heic", lambda: b"\0\0\0\x1cftypmif1\0\0\0\0avif", Refusal.WRONG_KIND),
    Hostile("page-and-jpeg.jpg", lambda: b"<html>\xff\xd8\xff%PDF-", Refusal.WRONG_KIND),
    Hostile("utf16-page.mp3", lambda: b"\xff\xfe" + SCRIPT.decode().encode("utf-16-le"), Refusal.WRONG_KIND),
]

# --- Documents that do something, whatever they are called ------------------------------------------
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(56)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"" + MARK + b'"/>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><svg>&b;</svg>'
ACTIVE = [
    Hostile("drawing.svg", lambda: SVG, Refusal.WRONG_KIND),
    Hostile("drawing.png", lambda: b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, Refusal.WRONG_KIND),
    Hostile("entity.svg", lambda: ENTITY, Refusal.WRONG_KIND),
    Hostile("drawing.svgz", lambda: gzip.compress(SVG), Refusal.WRONG_KIND),
    Hostile("page.html", lambda: b"<!doctype html>" + SCRIPT, Refusal.WRONG_KIND),
    Hostile("page.jpg", lambda: b"\n \n<HTML>" + SCRIPT, Refusal.WRONG_KIND),
    Hostile("page.mht", lambda: b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + SCRIPT, Refusal.WRONG_KIND),
    Hostile("letter.doc", lambda: OLE + MARK, Refusal.WRONG_KIND),
    Hostile("letter.docm", archive, Refusal.WRONG_KIND),
    Hostile("sheet.xlsm", lambda: archive("xl/vbaProject.bin"), Refusal.WRONG_KIND),
    Hostile("text.odt", lambda: archive("Basic/Standard/Module1.xml"), Refusal.WRONG_KIND),
    Hostile("letter.pdf", lambda: archive("word/vbaProject.bin"), Refusal.WRONG_KIND),
    Hostile("letter.rtf", lambda: rb"{\rtf1{\object\objemb " + MARK + b"}}", Refusal.WRONG_KIND),
    Hostile("print.eps", lambda: b"%!PS-Adobe-3.0\n(%pipe%" + MARK + b") (w) file", Refusal.WRONG_KIND),
    Hostile("print.jpg", lambda: b"%!PS\n" + MARK, Refusal.WRONG_KIND),
    Hostile("shortcut.lnk", lambda: b"L\0\0\0\1\x14\2\0" + bytes(60), Refusal.WRONG_KIND),
    Hostile("program.exe", lambda: b"MZ" + bytes(400), Refusal.WRONG_KIND),
    Hostile("photo.jpg.exe", lambda: b"MZ" + bytes(400), Refusal.WRONG_KIND),
    Hostile("program.jpg", lambda: b"\x7fELF" + bytes(60), Refusal.WRONG_KIND),
    Hostile("script.jpg", lambda: b"#!/bin/sh\n" + MARK, Refusal.WRONG_KIND),
    Hostile("old.tif", lambda: plain("TIFF"), Refusal.WRONG_KIND),
    Hostile("old.bmp", lambda: plain("BMP"), Refusal.WRONG_KIND),
    Hostile("old.gif", lambda: plain("GIF"), Refusal.WRONG_KIND),
    Hostile("bomb.zip", lambda: archive("a", bytes(10_000_000)), Refusal.WRONG_KIND),
    Hostile("bomb.docx", lambda: archive("word/document.xml", bytes(10_000_000)), Refusal.WRONG_KIND),
    Hostile("bomb.gz", lambda: gzip.compress(bytes(1_000_000)), Refusal.WRONG_KIND),
    Hostile("letter.jpg", lambda: b"x", Refusal.WRONG_KIND),
    Hostile("nothing.jpg", lambda: b"", Refusal.EMPTY),
    # By its content a picture: then it is one, whatever its name says.
    Hostile("photo.pdf", lambda: plain("PNG"), Kind.PNG, view=True),
    # What a PDF may do is never done here: it is not opened, only handed out as a download.
    Hostile("script.pdf", lambda: pdf(catalog=b"/OpenAction<</S/JavaScript/JS(" + MARK + b")>>"), Kind.PDF),
    Hostile("launch.pdf", lambda: pdf(catalog=b"/OpenAction<</S/Launch/F(cmd.exe)>>"), Kind.PDF),
    Hostile("inside.pdf", lambda: pdf(stream(OLE + MARK), catalog=b"/Names<</EmbeddedFiles 2 0 R>>"), Kind.PDF),
    Hostile("outside.pdf", lambda: pdf(catalog=b"/OpenAction<</S/URI/URI(http://example.org)>>"), Kind.PDF),
    Hostile("form.pdf", lambda: pdf(stream(b"<xdp><script>" + MARK), catalog=b"/AcroForm<</XFA 2 0 R>>"), Kind.PDF),
]


# --- Bombs ----------------------------------------------------------------------------------------
def patched(content: bytes, after: bytes, skip: int, value: bytes) -> bytes:
    """Return the content with some bytes replaced, `skip` behind the first place of others."""
    at = content.index(after) + len(after) + skip
    return content[:at] + value + content[at + len(value) :]


def moving(picture_format: str, frames: int) -> bytes:
    """Return a picture of many frames."""
    content = io.BytesIO()
    first, *rest = (Image.new("RGB", (32, 32), (at % 256, 0, 0)) for at in range(frames))
    first.save(content, picture_format, save_all=True, append_images=rest)
    return content.getvalue()


def nested(depth: int) -> bytes:
    """Return a PDF of lists in lists."""
    return pdf(b"[" * depth + b"]" * depth)


def thousands_of_pages(count: int) -> bytes:
    """Return a PDF of many pages."""
    kids = b" ".join(f"{number} 0 R".encode() for number in range(3, 3 + count))
    return pdf(b"<</Type/Pages/Kids[" + kids + b"]>>", *[b"<</Type/Page/Parent 2 0 R>>"] * count)


HUGE = struct.pack(">HH", 65_500, 65_500)
BOMBS = [
    Hostile("claims.png", lambda: png(size=(30_000, 30_000)), Kind.PNG),
    Hostile("claims-less.png", lambda: png(size=(9_000, 9_000)), Kind.PNG),
    Hostile("holds-less.png", lambda: png(size=(3_000, 3_000)), Kind.PNG),
    Hostile("claims.jpg", lambda: patched(plain("JPEG"), b"\xff\xc0", 3, HUGE), Kind.JPEG),
    Hostile("claims.webp", lambda: patched(picture("WEBP"), b"VP8X", 8, b"\xff\xff\xff" * 2), Kind.WEBP),
    Hostile("claims.heic", lambda: patched(heic(), b"ispe", 4, struct.pack(">II", 60_000, 60_000)), Kind.HEIC),
    Hostile("text.png", lambda: png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(5_000_000)))), Kind.PNG),
    Hostile("colours.png", lambda: png(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(5_000_000)))), Kind.PNG),
    Hostile("only-a-head.jpg", lambda: b"\xff\xd8\xff\xe0 no more than a beginning", Kind.JPEG),
    Hostile("broken-off.png", lambda: plain("PNG")[:60], Kind.PNG),
    Hostile("only-a-head.webp", lambda: b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40), Kind.WEBP),
    Hostile("only-a-head.heic", lambda: boxes(b"heic"), Kind.HEIC),
    # The first frame is what is looked at.
    Hostile("frames.png", lambda: moving("PNG", 60), Kind.PNG, view=True),
    Hostile("frames.webp", lambda: moving("WEBP", 60), Kind.WEBP, view=True),
    Hostile("frames.gif", lambda: moving("GIF", 50), Refusal.WRONG_KIND),
    Hostile("stream.pdf", lambda: pdf(stream(bytes(50_000_000))), Kind.PDF),
    Hostile("stream-in-stream.pdf", lambda: pdf(stream(stream(bytes(10_000_000)))), Kind.PDF),
    Hostile("nested.pdf", lambda: nested(50_000), Kind.PDF),
    Hostile("pages.pdf", lambda: thousands_of_pages(5_000), Kind.PDF),
]
TABLE = [*POLYGLOTS, *ACTIVE, *BOMBS]


def batches(rows: list[Hostile], size: int) -> list[list[Hostile]]:
    """Return the rows in portions that one report takes."""
    return [rows[at : at + size] for at in range(0, len(rows), size)]
