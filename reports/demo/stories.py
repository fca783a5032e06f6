"""What happened, told in the resident's language from what the other answers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import ModuleType
from typing import Any

from reports.demo import places
from reports.demo.draw import Draw
from reports.demo.texts import en, es, others

FULL: Mapping[str, ModuleType] = {"en": en, "es": es}
# Of those who use the portal in English, so many write their story in their own language.
OWN_LANGUAGE = 0.04
WHOLE = 0.5
HOURS_OF_PARTS = (5, 11, 14, 18, 21, 24)


@dataclass(frozen=True)
class Scene:
    """What a story must agree with: the answers as the other steps hold them."""

    kind: str
    premise: str
    street: str
    nouns: tuple[str, ...]
    vehicle: Mapping[str, Any]
    day: date | None
    clock: time | None
    why: str


def texts(language: str) -> ModuleType:
    """Return the texts of a language, or the English ones."""
    return FULL.get(language, en)


def story(facts: Draw, telling: Draw, scene: Scene, language: str) -> str:
    """Return the story. Two reports with the same `facts` differ only in their first sentence and their last."""
    # Of those who have sentences of their own to be put together, some tell a whole story.
    is_whole = language in others.STORIES and (language not in FULL or facts.chance(WHOLE))
    own = language if is_whole else ""
    if language == "en" and facts.chance(OWN_LANGUAGE):
        own = facts.pick(sorted(others.STORIES))
    if own:
        whole: Mapping[str, tuple[str, ...]] = others.STORIES[own]
        return telling.pick(whole.get(scene.kind) or whole[""]).replace("{street}", scene.street)
    words = texts(language)
    rows = words.STORIES.get(scene.kind) or words.STORIES[""]
    last = len(rows) - 1
    chosen = [(telling if at in {0, last} else facts).pick(row) for at, row in enumerate(rows)]
    if telling.chance(0.3):
        chosen.insert(2, facts.pick(rows[1]))
    told = (telling.pick((" ", " ", " ", "\n\n"))).join(dict.fromkeys(filter(None, chosen)))
    return told.format_map(slots(facts, scene, language))


def slots(draw: Draw, scene: Scene, language: str) -> dict[str, str]:
    """Return what the gaps of a story's sentences are filled with."""
    words = texts(language)
    mine = [words.MINE.format(thing=noun) for noun in scene.nouns] or [words.WHAT_WAS_MINE]
    things = f" {words.AND} ".join(filter(None, (", ".join(mine[:-1]), mine[-1])))
    car, when = _car(words, scene.vehicle), _when(words, scene)
    return {
        "things": things,
        "things_capital": _capital(things),
        "car": car,
        "car_capital": _capital(car),
        "when": when,
        "when_capital": _capital(when),
        "place": places.phrase(scene.premise, language),
        "street": scene.street,
        "amount": str(draw.between(8, 90) * 10),
        "why": draw.pick(words.WHY.get(scene.why) or words.WHY[""]),
    }


def _car(words: ModuleType, vehicle: Mapping[str, Any]) -> str:
    if not {"colour", "make", "model"} <= vehicle.keys():
        return str(words.NO_CAR)
    return str(words.CAR.format_map(vehicle))


def _when(words: ModuleType, scene: Scene) -> str:
    if scene.day is None:
        return str(words.SOME_DAY)
    day = words.DAY.format(day=words.DAYS[scene.day.weekday()])
    if scene.clock is None:
        return str(day)
    hour = scene.clock.hour
    part = next(name for limit, name in zip(HOURS_OF_PARTS, words.PARTS_OF_DAY, strict=True) if hour < limit)
    return f"{day} {part}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
