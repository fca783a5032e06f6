"""What is asked once in a long loop, and only there."""

from django.utils import translation

from reports import remembering
from reports.remembering import gettext_lazy, language, once, once_of, said

asked: list[object] = []


def ask(of: object) -> str:
    asked.append(of)
    return f"{of}!"


def test_inside_each_is_asked_once() -> None:
    asked.clear()
    row = object()
    with remembering.remembering():
        assert {once(ask, row) for _time in range(3)} == {f"{row}!"}
        assert {once_of(ask, {"a": one, "type": 1}) for one in ("x", "x", "y")} == {
            "{'a': 'x', 'type': 1}!",
            "{'a': 'y', 'type': 1}!",
        }
    assert len(asked) == 3


def test_outside_it_is_asked_each_time() -> None:
    asked.clear()
    row = {"a": 1}
    assert once(ask, row) == once(ask, row) == once_of(ask, row)
    assert len(asked) == 3


def test_a_label_is_in_the_language_that_is_active() -> None:
    label = gettext_lazy("Yes")
    told = []
    for code in ("en", "es", "en"):
        with translation.override(code):
            told.append((said(label), language()))
            with remembering.remembering():
                told.append((said(label), said(gettext_lazy("Yes")), language()))
    english, spanish = [("Yes", "en"), ("Yes", "Yes", "en")], [("Sí", "es"), ("Sí", "Sí", "es")]
    assert told == [*english, *spanish, *english]
    assert said("as it is") == "as it is"


def test_what_it_holds_has_an_end(monkeypatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)
    asked.clear()
    rows = [object() for _number in range(10)]
    with remembering.remembering():
        assert [once(ask, row) for row in rows] == [f"{row}!" for row in rows]
        assert len(remembering._memory.get()) <= 3
