"""The agency's colours: from one or two that it names, all shades that the pages need, each of them readable.

Contrast as WCAG 2.2 counts it: 4.5 for words, 3 for signs. Imports nothing of ours.
"""

import re
from collections.abc import Callable
from functools import cache

from django.core.exceptions import ImproperlyConfigured

WORDS, SIGNS, EASY = 4.5, 3.0, 7.0
WHITE, BLACK = "#ffffff", "#000000"
# What stands in static/css: the grounds, the words upon them, and the words of the bar.
PAPER, SHEET, INK = "#f6f1e7", "#fffdf9", "#1c2a30"
DARK_SHEET, DARK_INK = "#18252b", "#ece6da"
ON_BAR = "#fdf8ee"
# The portal's own, where the agency names none.
COLOUR, ACCENT = "#0d5663", "#e9ac4a"
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def light(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 (black) to 1 (white)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of the other one in it."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def until(colour: str, towards: str, fits: Callable[[str], bool]) -> str:
    """Return the first shade on the way from `colour` to `towards` that fits; the end of the way fits at the latest."""
    shades = (mix(colour, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if fits(shade)), towards)


def readable_on(*grounds: str, least: float = WORDS) -> Callable[[str], bool]:
    """Return a test for colours that can be read on all these grounds."""
    return lambda colour: all(contrast(colour, ground) >= least for ground in grounds)


def check(name: str, colour: str) -> None:
    """Raise ImproperlyConfigured where a variable holds no colour."""
    if not HEX.fullmatch(colour):
        raise ImproperlyConfigured(f"{name} must be a colour such as {COLOUR}.")


def check_colour(colour: str) -> None:
    """Refuse a main colour in which words on our grounds, or white words upon it, could not be read."""
    check("AGENCY_COLOUR", colour)
    found = min(contrast(colour, ground) for ground in (PAPER, WHITE))
    if found < WORDS:
        better = until(colour, BLACK, readable_on(PAPER, WHITE))
        raise ImproperlyConfigured(
            f"AGENCY_COLOUR {colour} is too light to be read: its contrast is {found:.1f} to 1, and {WORDS} is needed. "
            f"Choose a darker one, such as {better}."
        )


def check_accent(accent: str) -> None:
    """Refuse an accent on which dark words could not be read."""
    check("AGENCY_ACCENT", accent)
    found = contrast(accent, INK)
    if found < WORDS:
        better = until(accent, WHITE, readable_on(INK))
        raise ImproperlyConfigured(
            f"AGENCY_ACCENT {accent} is too dark: dark words upon it have a contrast of {found:.1f} to 1, and {WORDS} "
            f"is needed. Choose a lighter one, such as {better}."
        )


@cache
def palette(colour: str, accent: str) -> dict[str, dict[str, str]]:
    """Return the shades by name for light pages and for dark ones. Raises ImproperlyConfigured; see the checks."""
    check_colour(colour)
    check_accent(accent)
    return {"light": _light(colour.lower(), accent.lower()), "dark": _dark(colour.lower(), accent.lower())}


def _light(colour: str, accent: str) -> dict[str, str]:
    wash = until(mix(colour, WHITE, 0.88), WHITE, readable_on(colour))
    sun_wash = mix(accent, WHITE, 0.78)
    return {
        "teal": colour,
        "teal-press": mix(colour, BLACK, 0.28),
        "on-teal": WHITE,
        "deep": mix(colour, BLACK, 0.3),
        "wash": wash,
        "bar": until(mix(colour, BLACK, 0.3), BLACK, readable_on(accent, least=SIGNS)),
        "sun": accent,
        "sun-wash": sun_wash,
        "sun-ink": until(accent, BLACK, readable_on(sun_wash, PAPER)),
        "mark-sun": until(accent, BLACK, readable_on(PAPER, least=SIGNS)),
    }


def _dark(colour: str, accent: str) -> dict[str, str]:
    lit = until(colour, WHITE, readable_on(DARK_SHEET, least=EASY))
    sun_wash = mix(DARK_SHEET, accent, 0.16)
    return {
        "teal": lit,
        "teal-press": mix(lit, WHITE, 0.35),
        "on-teal": until(mix(colour, BLACK, 0.6), BLACK, readable_on(lit)),
        "deep": mix(lit, WHITE, 0.55),
        "wash": until(mix(DARK_SHEET, colour, 0.3), DARK_SHEET, readable_on(lit)),
        "bar": until(mix(colour, BLACK, 0.5), BLACK, readable_on(accent, ON_BAR)),
        "sun": accent,
        "sun-wash": until(sun_wash, DARK_SHEET, readable_on(DARK_INK)),
        "sun-ink": until(accent, WHITE, readable_on(sun_wash)),
        "mark-sun": accent,
    }


# The admin's own names for our shades.
OF_THE_ADMIN = {
    "primary": "teal",
    "secondary": "deep",
    "primary-fg": "on-teal",
    "button-fg": "on-teal",
    "button-bg": "teal",
    "button-hover-bg": "teal-press",
    "default-button-bg": "teal",
    "default-button-hover-bg": "teal-press",
}
# Where the light and the dark shades hold, on residents' pages and in the admin.
PLACES = (
    ("light", ":root, [data-bs-theme=light], html[data-theme=light] {{ {} }}"),
    ("dark", "@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {} }} }}"),
    ("dark", "html[data-theme=dark] {{ {} }}"),
)


@cache
def sheet(colour: str, accent: str) -> str:
    """Return the style sheet that goes over ours; it holds for screens, as paper is white."""
    shades = palette(colour, accent)
    rules = [place.format(_declared(shades[scheme])) for scheme, place in PLACES]
    return "@media screen {\n" + "\n".join([*rules, ".mark-sun { stroke: var(--mark-sun); }"]) + "\n}\n"


def _declared(shades: dict[str, str]) -> str:
    admin = {name: shades[ours] for name, ours in OF_THE_ADMIN.items()}
    return " ".join(f"--{name}: {shade};" for name, shade in (shades | admin).items())


def drawing(svg: str, colour: str, accent: str) -> str:
    """Return one of our drawings in the agency's colours."""
    bright = palette(colour, accent)["light"]
    ours = {
        "#0b3f4a": bright["deep"],
        "#2f7480": mix(colour, WHITE, 0.25),
        "#6fa3a5": mix(colour, WHITE, 0.5),
        "#e9ac4a": accent,
        "#f4cf86": mix(accent, WHITE, 0.35),
    }
    return re.sub("|".join(ours), lambda found: ours[found[0]], svg)
