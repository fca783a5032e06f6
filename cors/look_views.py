"""The agency's colours and pictures as files of our own origin, as the content security policy wants them."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cors import colours
from cors.look import PICTURES
from cors.shipped import SHIPPED

KEPT_SECONDS = 300
# A drawing that is opened by itself may load, run and reach nothing.
LOCKED = "sandbox; default-src 'none'"
OURS = ("hills", "icon")
View = Callable[..., HttpResponse]


def kept(view: View) -> View:
    """Let browsers and proxies keep the answer for a while: it is the same for everybody."""
    return require_safe(cache_control(public=True, max_age=KEPT_SECONDS)(view))


@kept
def style(_request: HttpRequest) -> HttpResponse:
    """Answer the sheet that goes over ours."""
    return HttpResponse(colours.sheet(settings.AGENCY_COLOUR, settings.AGENCY_ACCENT), content_type="text/css")


@kept
def picture(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer the logo, or one of our drawings in the agency's colours."""
    content, kind = _logo() if name == "logo" else _drawn(name)
    return HttpResponse(content, content_type=kind, headers={"Content-Security-Policy": LOCKED})


def _logo() -> tuple[bytes, str]:
    path = Path(settings.AGENCY_LOGO)
    try:
        return path.read_bytes(), PICTURES[path.suffix.lower()]
    except (OSError, KeyError):
        raise Http404 from None


def _drawn(name: str) -> tuple[bytes, str]:
    if name not in OURS:
        raise Http404
    svg = (SHIPPED / "static" / "img" / f"{name}.svg").read_text(encoding="utf-8")
    return colours.drawing(svg, settings.AGENCY_COLOUR, settings.AGENCY_ACCENT).encode(), PICTURES[".svg"]


def look() -> dict[str, str]:
    """Return the addresses of what the agency has of its own, nothing where the portal's own colours serve."""
    return _look(settings.AGENCY_COLOUR, settings.AGENCY_ACCENT, settings.AGENCY_LOGO)


@cache
def _look(colour: str, accent: str, logo: str) -> dict[str, str]:
    """Say the addresses; each names its content's version, as browsers keep what they have fetched."""
    found = {}
    if (colour, accent) != (colours.COLOUR, colours.ACCENT):
        version = sha256(colours.sheet(colour, accent).encode()).hexdigest()[:8]
        found["style"] = f"{reverse('look_style')}?v={version}"
        found |= {name: f"{reverse('look_picture', args=[name])}?v={version}" for name in OURS}
    if logo:
        version = sha256(Path(logo).read_bytes()).hexdigest()[:8]
        found["logo"] = f"{reverse('look_picture', args=['logo'])}?v={version}"
        found["icon"] = found["logo"]
    return found
