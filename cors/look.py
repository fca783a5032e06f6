"""What the agency looks like, read from the environment and refused at start where nobody could read it."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from cors import colours
from cors import environment as env

__all__ = ["AGENCY_ACCENT", "AGENCY_COLOUR", "AGENCY_LOGO", "PAPER_COLOURS"]

# One colour for buttons, links and headings, one for what is to be seen; every shade is made from them.
AGENCY_COLOUR = env.text("AGENCY_COLOUR", default=colours.COLOUR)
AGENCY_ACCENT = env.text("AGENCY_ACCENT", default=colours.ACCENT)
# A file with the agency's mark, beside its name on every page.
AGENCY_LOGO = env.text("AGENCY_LOGO", default="")
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
MOST_BYTES = 100_000

# The papers that are printed; reports/paper reads it.
PAPER_COLOURS = {name: colours.palette(AGENCY_COLOUR, AGENCY_ACCENT)["light"][name] for name in ("deep", "teal")}
if (AGENCY_COLOUR, AGENCY_ACCENT) == (colours.COLOUR, colours.ACCENT):
    PAPER_COLOURS = {}


def check_logo(path: Path) -> None:
    """Refuse a file that is not there, is no picture, or weighs too much for a phone."""
    if path.suffix.lower() not in PICTURES:
        raise ImproperlyConfigured("AGENCY_LOGO must name an .svg, .png or .webp file.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ImproperlyConfigured(f"AGENCY_LOGO cannot be read: {error.strerror}.") from None
    if size > MOST_BYTES:
        raise ImproperlyConfigured(f"AGENCY_LOGO weighs {size:,} bytes: make it {MOST_BYTES:,} or less.")


if AGENCY_LOGO:
    check_logo(Path(AGENCY_LOGO))
