"""What axe finds on a page: each shape of a page is read once in a run of the tests, as reading takes seconds."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Shapes that were found good, as empty files named by their digests: one folder for all processes of this run.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
GOOD = Path(tempfile.gettempdir()) / f"shapes-{RUN}"

# All that axe judges by but the words: elements, classes, roles, references, whether there is text, size and colours.
# The same row again and again, and digits in names, make no other shape.
SHAPE = """() => {
  const exact = /^(class|role|type|dir|hidden|disabled|open|tabindex|autocomplete|required|checked|scope|rel|for|id)$/;
  const plain = (text) => text.replace(/[0-9a-f]{8,}|[0-9]+/g, '#');
  const shape = (node) => {
    const own = [...node.attributes]
      .map(({ name, value }) => exact.test(name) ? `${name}=${plain(value)}` : value.trim() ? name : `${name}!`).sort();
    const says = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const inner = [...node.children].map(shape).filter((each, at, all) => each !== all[at - 1]);
    return `<${node.localName} ${own}${says ? ' text' : ''}>${inner.join('')}</>`;
  };
  const asked = ['dark', 'light'].map((each) => matchMedia(`(prefers-color-scheme: ${each})`).matches);
  return [innerWidth, asked, document.title ? 'title' : '', shape(document.documentElement)].join(' ');
}"""


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules that axe finds broken, with the elements; nothing for a shape that was found good before."""
    page.wait_for_load_state()
    good = GOOD / sha256(page.evaluate(SHAPE).encode()).hexdigest()
    if good.exists():
        return []
    # Not the preload: to look into imported sheets axe writes inline styles, which the content policy refuses.
    broken = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
    if not broken:
        GOOD.mkdir(exist_ok=True)
        good.touch()
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in broken]


def check_axe(page: Page) -> None:
    """Fail for every barrier on the page."""
    assert barriers(page) == []
