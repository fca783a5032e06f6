"""Languages as the pages name and turn them."""

from django.utils.translation import get_language_info


def direction_of(code: str) -> str:
    """Return rtl or ltr for a language; auto, the browser's own judgement, for one that Django does not know."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"
