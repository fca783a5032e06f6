"""What a file is, by its first bytes; by its name, nothing is believed.

Written out rather than taken from a library: those that were tried call a HEIC picture an MP4 video, miss common MP4
brands and half of MP3, or know a hundred kinds that nobody should send us.
"""

from reports.files.limits import MOST_BYTES
from reports.models import Attachment

Kind = Attachment.Kind
# As many first bytes as a verdict needs.
HEAD_BYTES = 64
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.HEIC, Kind.WEBP})
CONTENT_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.HEIC: "image/heic",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.MP4: "video/mp4",
    Kind.MOV: "video/quicktime",
    Kind.WAV: "audio/wav",
    Kind.MP3: "audio/mpeg",
}
EXTENSIONS = {**{kind: kind.value for kind in Kind}, Kind.JPEG: "jpg"}

# The major brands of ISO 14496-12 files ("ftyp" boxes) that phones and cameras write.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
MP4_BRANDS = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso3",
        b"iso4",
        b"iso5",
        b"iso6",
        b"iso7",
        b"iso8",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"M4VP",
        b"MSNV",
        b"dash",
        b"3gp4",
        b"3gp5",
        b"3gp6",
        b"3gp7",
        b"XAVC",
    }
)
# QuickTime files of old cameras begin without a brand.
MOV_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip"})


# The whole list of brands fits into this.
MOST_BRAND_BYTES = 1024


def kind_of(head: bytes) -> Kind | None:
    """Return the kind of a file that begins with `head`, or None for whatever we do not take."""
    for start, kind in (
        (b"\xff\xd8\xff", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", Kind.PNG),
        (b"%PDF-", Kind.PDF),
    ):
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return {b"WEBP": Kind.WEBP, b"WAVE": Kind.WAV}.get(head[8:12])
    return _boxed(head) or (Kind.MP3 if _is_tag(head) or _is_mpeg_frame(head) else None)


def _boxed(head: bytes) -> Kind | None:
    """Tell a file of boxes by its first one. What is no length before its name is a program or page in disguise."""
    length, box, brand = int.from_bytes(head[:4], "big"), head[4:8], head[8:12]
    if box != b"ftyp":
        # 0 and 1: to the end of the file, or a longer length follows.
        is_length = length in {0, 1} or 8 <= length <= MOST_BYTES
        return Kind.MOV if box in MOV_ATOMS and is_length else None
    if not 16 <= length <= MOST_BRAND_BYTES:
        return None
    if brand in HEIC_BRANDS:
        # Others share the general brands: AVIF says so among the compatible ones.
        return None if b"avif" in head[16:HEAD_BYTES] else Kind.HEIC
    return Kind.MOV if brand == b"qt  " else Kind.MP4 if brand in MP4_BRANDS else None


def _is_tag(head: bytes) -> bool:
    """Tell the header of an ID3 tag: a version that exists, and a length whose bytes have no eighth bit."""
    return head[:3] == b"ID3" and len(head) >= 10 and head[3] in {2, 3, 4} and head[4] == 0 and max(head[6:10]) < 0x80


def _is_mpeg_frame(head: bytes) -> bool:
    """Tell a header of an MPEG layer III frame: sync, a version, layer, bit rate and sampling rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bit_rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and 0 < bit_rate < 15 and sampling != 3
