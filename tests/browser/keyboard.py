"""A resident who has only a keyboard: Tab, Shift+Tab, Space, Enter, the arrows and letters; no mouse, nothing else.

Wherever the focus comes to, it has to be seen there, and to move down the page as it is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from playwright.sync_api import Page, expect

MOST_STOPS = 200
# A row of the page: what differs by less stands beside, not below. In CSS pixels.
SAME_ROW = 12
# Asked again with the next picture for as long as the page still moves to where the focus went.
LOOK_AT_FOCUS = """async () => {
    const at = document.activeElement;
    const ring = at.closest('.form-check') || at;
    const has_outline = each => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            && !/^rgba.*, 0[)]$/.test(style.outlineColor);
    };
    // A bar that stays in place may cover a part of it, but never all.
    const is_on_top = () => [0.02, 0.5, 0.98].some(part => {
        const box = ring.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
        return hit && ring.contains(hit);
    });
    const is_seen = () => has_outline(ring) && is_on_top();
    for (let pictures = 0; pictures < 60 && !is_seen(); pictures++) await new Promise(requestAnimationFrame);
    const box = ring.getBoundingClientRect();
    return {
        id: at.id, name: at.name || '', tag: at.tagName, type: at.type || '', value: at.value || '',
        href: at.getAttribute('href') || '',
        words: at.tagName === 'SELECT' ? at.selectedOptions[0].text : at.innerText,
        in_main: Boolean(at.closest('main')) && at.tagName !== 'MAIN',
        top: box.top + scrollY, left: box.left, is_seen: is_seen(),
    };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is: an element with its place on the page."""

    id: str
    name: str
    tag: str
    type: str
    value: str
    href: str
    words: str
    in_main: bool
    top: float
    left: float
    is_seen: bool

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this stop from the others of its page; a group of radio buttons is one stop."""
        return (self.tag, self.name or self.href or self.words, "" if self.type == "radio" else self.id)


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press a key, or several held together: "Shift+Tab"."""
        self.page.keyboard.press(key)

    def at(self) -> Stop:
        """Return where the focus is."""
        return Stop(**self.page.evaluate(LOOK_AT_FOCUS))

    def tab(self, *, back: bool = False) -> Stop:
        """Move to the next control, or to the one before, and see that it can be seen there."""
        self.press("Shift+Tab" if back else "Tab")
        stop = self.at()
        assert stop.is_seen, f"focus is not visible on {stop}"
        return stop

    def reach(self, matches: Callable[[Stop], bool], *, back: bool = False, visit: Callable[[Stop], Any] = id) -> Stop:
        """Tab until a control matches; `visit` does what is to be done at those before it.

        Within the main part the focus may only go on as the page is read: down, and along a row.
        """
        before = None
        for _each in range(MOST_STOPS):
            stop = self.tab(back=back)
            if not back:
                assert before is None or is_after(stop, before), f"{stop} comes after {before}"
            if matches(stop):
                return stop
            if before is None or stop.key != before.key:
                visit(stop)
            before = stop
        raise AssertionError("no such control on the page")

    def go(self, key: str = "Enter") -> None:
        """Press what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.press(key)

    def follow(self, words: str) -> None:
        """Go to a link or button by its words and press it."""
        self.reach(lambda stop: stop.tag in {"A", "BUTTON"} and words in stop.words)
        self.go()

    # --- Giving an answer at the control where the focus is ---------------------------
    def give(self, stop: Stop, value: str | list[str]) -> None:
        """Answer the field at this stop."""
        GIVE.get(stop.type, Keyboard.type)(self, stop, value)

    def type(self, _stop: Stop, value: str | list[str]) -> None:
        """Type letters."""
        self.page.keyboard.type(str(value))

    def choose(self, stop: Stop, value: str | list[str]) -> None:
        """Choose from radio buttons with the arrows, or with Space where the right one has the focus already."""
        if stop.value == value:
            self.press("Space")
        while stop.value != value:
            self.press("ArrowDown")
            stop = self.at()
            assert stop.is_seen, stop
        expect(self.page.locator(f"[name='{stop.name}'][value='{value}']")).to_be_checked()

    def tick(self, stop: Stop, value: str | list[str]) -> None:
        """Tick this box if it is one of those to be ticked."""
        if stop.value in ([value] if isinstance(value, str) else value):
            self.press("Space")
            expect(self.page.locator(f"[id='{stop.id}']")).to_be_checked()

    def pick(self, stop: Stop, value: str | list[str]) -> None:
        """Pick from a list by its value or words."""
        for _each in range(MOST_STOPS):
            if value in {stop.value, stop.words}:
                return
            self.press("ArrowDown")
            stop = self.at()
        raise AssertionError(f"{value} is not in the list")

    def type_date(self, stop: Stop, value: str | list[str]) -> None:
        """Type a day as a browser in the United States takes it: month, day, year."""
        self.page.keyboard.type(f"{date.fromisoformat(str(value)):%m%d%Y}")
        expect(self.page.locator(f"[id='{stop.id}']")).to_have_value(str(value))

    def type_time(self, stop: Stop, value: str | list[str]) -> None:
        """Type a time as a browser in the United States takes it."""
        self.page.keyboard.type(f"{time.fromisoformat(str(value)):%I%M%p}")
        expect(self.page.locator(f"[id='{stop.id}']")).to_have_value(str(value))


GIVE: dict[str, Callable[[Keyboard, Stop, str | list[str]], None]] = {
    "radio": Keyboard.choose,
    "checkbox": Keyboard.tick,
    "select-one": Keyboard.pick,
    "date": Keyboard.type_date,
    "time": Keyboard.type_time,
}


def is_after(stop: Stop, before: Stop) -> bool:
    """Tell whether a control of the main part stands after another, as the page is read; others stand around it."""
    if not (stop.in_main and before.in_main) or stop.key == before.key:
        return True
    return stop.top > before.top - SAME_ROW and (stop.top > before.top + SAME_ROW or stop.left > before.left)
