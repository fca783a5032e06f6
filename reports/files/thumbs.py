"""Small pictures for a list, made from the plain copy at the moment they are asked for: nothing more is stored.

The copy was made by us from pixels alone, so it is opened here, unlike what a resident sent.
"""

import io

from reports.files import actions
from reports.models import Attachment

# Twice what the page shows, for fine screens.
SIZE = (480, 360)
# So few points that colours can be told and nothing else: neither a face nor a letter.
VEILED = (8, 6)


def thumb(attachment: Attachment, *, is_open: bool) -> bytes:
    """Return a small JPEG of a picture; until personal data is revealed one on which nothing can be made out."""
    from PIL import Image, ImageFilter  # two megabytes, for who looks at pictures

    with Image.open(io.BytesIO(b"".join(actions.copy_of(attachment))), formats=["JPEG"]) as copy:
        copy.draft("RGB", SIZE)
        copy.thumbnail(SIZE)
        small = copy.convert("RGB")
    if not is_open:
        tiny = small.resize(VEILED, Image.Resampling.BOX)
        small = tiny.resize(small.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6))
    made = io.BytesIO()
    small.save(made, "JPEG", quality=80)
    return made.getvalue()
