"""The languages of the portal. One more is a line here, a catalogue in `locale/`, a font (see CONTRIBUTING)."""

from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("ko", _("Korean")),
    ("hy", _("Armenian")),
    ("zh-hans", _("Chinese (simplified)")),
    ("zh-hant", _("Chinese (traditional)")),
    ("fil", _("Filipino")),
    ("fa", _("Persian")),
    ("ru", _("Russian")),
    ("vi", _("Vietnamese")),
    ("ja", _("Japanese")),
    ("th", _("Thai")),
    ("km", _("Khmer")),
    ("hi", _("Hindi")),
    ("ar", _("Arabic")),
    ("he", _("Hebrew")),
    ("pa", _("Punjabi")),
]

# What Django does not know of a language, or names in English, or as within a sentence.
ADDED: dict[str, dict[str, Any]] = {
    "es": {"name_local": "Español"},
    "fil": {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"},
    "hy": {"name_local": "Հայերեն"},
    "km": {"name_local": "ភាសាខ្មែរ"},
    "pa": {"name_local": "ਪੰਜਾਬੀ"},
}
# Other codes that browsers send for one of ours: older ones, and close relatives whose readers can read it.
ALIASES = {
    "tl": "fil",  # Tagalog
    "iw": "he",  # Hebrew until 1989, and in some browsers since
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-my": "zh-hans",
    "yue": "zh-hant",  # Cantonese
    "prs": "fa",  # Dari
    "hyw": "hy",  # Western Armenian
}
# A longer tag is looked up as it stands before it is cut: each alias with the countries that browsers name.
COUNTRIES = {"tl": ("ph", "us"), "iw": ("il", "us"), "yue": ("hk", "cn"), "prs": ("af",)}


def chosen(codes: list[str]) -> list[tuple[str, Any]]:
    """Return the languages that an agency names, in its order; without any, all of them. English is the staff's own."""
    known = dict(LANGUAGES)
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise ImproperlyConfigured(f"AGENCY_LANGUAGES names {', '.join(unknown)}: it may name {', '.join(known)}.")
    if codes and "en" not in codes:
        raise ImproperlyConfigured("AGENCY_LANGUAGES must name en as well, as staff read English.")
    return [(code, known[code]) for code in dict.fromkeys(codes)] or LANGUAGES


def texts_of(folder: Path) -> Path:
    """Return the agency's folder of texts. Raises ImproperlyConfigured where it holds none, as a wrong path does."""
    found = [path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po")]
    known = {code.replace("-", "_").lower() for code, _name in LANGUAGES}
    strange = sorted(name for name in found if name.lower() not in known)
    if not found or strange:
        what = f"no language called {', '.join(strange)}" if strange else "no <language>/LC_MESSAGES/django.po in it"
        raise ImproperlyConfigured(f"AGENCY_TEXTS_DIR: there is {what}.")
    return folder


def make_known() -> None:
    """Tell Django what it lacks: a language of ours, and where to lead who asks for a relative of it."""
    for code, known in ADDED.items():
        LANG_INFO.setdefault(code, {}).update(known)
    for alias, ours in ALIASES.items():
        for tag in (alias, *(f"{alias}-{country}" for country in COUNTRIES.get(alias, ()))):
            LANG_INFO.setdefault(tag, {})["fallback"] = [ours]
