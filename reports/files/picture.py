"""Makes a plain copy of one picture: argument 1 is its format, the picture comes by standard input, a JPEG leaves.

Runs as a process of its own, without Django, keys or environment: whatever a hostile picture does to a decoder ends
with the process. Exit code 0: the copy is on standard output. 1: it is no picture that we can read, or needs too much
memory. By SIGXCPU: it takes too long. By another signal: it broke the decoder.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps

# The largest phones' own pictures have 50 million pixels.
MOST_PIXELS = 80_000_000
# What the copy measures at most on its longer side, in pixels: enough to read a receipt.
LONGER_SIDE = 2560
MOST_MEMORY = 2 * 1024**3
# Of the processor's time: several times what the largest pictures take on a slow machine.
MOST_SECONDS = 15


def plain_copy(original: bytes, picture_format: str) -> bytes:
    """Return the picture as a JPEG made from its pixels alone: upright, on white, without any metadata."""
    with Image.open(io.BytesIO(original), formats=[picture_format]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError
        picture.draft("RGB", (LONGER_SIDE, LONGER_SIDE))
        picture.thumbnail((LONGER_SIDE, LONGER_SIDE))
        shown = ImageOps.exif_transpose(picture).convert("RGBA")
    sheet = Image.new("RGB", shown.size, "white")
    sheet.paste(shown, mask=shown.getchannel("A"))
    copy = io.BytesIO()
    sheet.save(copy, "JPEG", quality=88, optimize=True)
    return copy.getvalue()


def limit() -> None:
    """Bound what this process may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


if __name__ == "__main__":
    limit()
    if sys.argv[1] == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    sys.stdout.buffer.write(plain_copy(sys.stdin.buffer.read(), sys.argv[1]))
