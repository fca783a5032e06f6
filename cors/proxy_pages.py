"""What the proxy says when it refuses by itself or reaches no web server: plain files of each language and kind."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import loader
from django.utils import translation

# What was sent was refused unread; the portal did not answer.
PAGES = ("proxy/unread.html", "proxy/away.html")
FOLDER = "proxy-pages"


def write(folder: Path) -> int:
    """Write every page and their style below `folder`, where the proxy reads them; return how many pages there are.

    A proxy that serves meanwhile finds the old file or the new one. Raises OSError.
    """
    found = finders.find("css/proxy.css")
    put(folder / FOLDER / "page.css", Path(str(found)).read_text(encoding="utf-8"))
    told = {"emergency_phone": settings.EMERGENCY_PHONE, "away_url": settings.QUICK_EXIT_URL}
    languages = [code for code, _name in settings.LANGUAGES]
    for language in languages:
        with translation.override(language):
            for page in PAGES:
                put(folder / FOLDER / language / Path(page).name, loader.get_template(page).render(told))
    return len(languages) * len(PAGES)


def put(path: Path, text: str) -> None:
    """Write one file whole, for everybody to read."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(path)
