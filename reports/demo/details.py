"""The answers of the sections that only some types ask: who was seen, what was damaged, called, misused, dumped."""

from datetime import date, timedelta
from typing import Any

from reports.demo import people, things
from reports.demo.draw import Draw, Weighted
from reports.sections.accounts import Kind
from reports.sections.contacts import Channel
from reports.sections.damage import Harm, Owner, Thing
from reports.sections.dumping import Amount, Material, Still
from reports.sections.suspects import Age, Build, Met, Sex
from reports.sections.vehicles import Role

Part = dict[str, Any]

LOOKS = {
    "en": (
        "a grey hooded sweater",
        "a baseball cap and a backpack",
        "glasses and a short beard",
        "long hair, tied back",
    ),
    "es": ("una sudadera gris con capucha", "gorra y mochila", "lentes y barba corta", "pelo largo, recogido"),
}
LEFT = {
    "en": ("on foot", "on a bicycle without lights", "in a white van", "in a dark car"),
    "es": ("a pie", "en una bicicleta sin luces", "en una camioneta blanca", "en un carro oscuro"),
}
WORDS = {
    "en": ("They laugh and hang up.", "Always the same sentence, at night.", "Nothing, only breathing."),
    "es": ("Se ríen y cuelgan.", "Siempre la misma frase, de noche.", "Nada, solo se oye respirar."),
}
USED_FOR = {
    "en": ("gas stations and a phone shop", "an online shop that I do not know", "two transfers to a stranger"),
    "es": ("gasolineras y una tienda de celulares", "una tienda en línea que no conozco", "dos envíos a un extraño"),
}
BANKS = ("Example Bank", "Example Credit Union", "Example Federal", "Example Card")
SEEN = 0.35
THINGS = Weighted({Thing.CAR: 40, Thing.WALL: 20, Thing.HOME: 14, Thing.SHOP: 12, Thing.FLAT: 8, Thing.OTHER: 6})


def suspects(draw: Draw, language: str) -> Part:
    """Describe one person, where someone was seen at all."""
    if not draw.chance(SEEN):
        return {"each": []}
    seen: Part = {"looks": draw.pick(LOOKS.get(language, LOOKS["en"])), "met": draw.pick((Met.NEVER, Met.UNSURE)).value}
    seen |= {"sex": draw.pick(Sex.values), "age": draw.pick(Age.values[1:])}
    if draw.chance(0.4):
        seen["build"] = draw.pick(Build.values)
    if draw.chance(0.5):
        seen["vehicle"] = draw.pick(LEFT.get(language, LEFT["en"]))
    return {"each": [seen]}


def damage(draw: Draw) -> Part:
    """Describe one damaged thing, seldom two."""
    return {"each": [_damaged(draw) for _ in range(1 + draw.chance(0.1))]}


def _damaged(draw: Draw) -> Part:
    damaged: Part = {"thing": THINGS.pick(draw).value, "harm": draw.pick(Harm.values)}
    if draw.chance(0.7):
        damaged["cost"] = str(draw.between(4, 150) * 10)
    if draw.chance(0.8):
        damaged["owner"] = Owner.ME.value if draw.chance(0.7) else draw.pick(Owner.values)
    return damaged


def contacts(draw: Draw, language: str, sent: date) -> Part:
    """Name one number or account and how often it came."""
    channel = draw.pick(Channel.values)
    mine: Part = {"channel": channel}
    if channel in {Channel.CALL, Channel.TEXT}:
        mine["account"] = people.phone(draw)
    elif channel == Channel.EMAIL:
        mine["account"] = people.email(draw, people.name(draw))
    last = sent - timedelta(days=draw.between(0, 9))
    mine |= {"times": draw.between(3, 60), "last_date": last.isoformat()}
    mine["first_date"] = (last - timedelta(days=draw.between(3, 120))).isoformat()
    return {"each": [mine | {"wording": draw.pick(WORDS.get(language, WORDS["en"]))}]}


def accounts(draw: Draw, language: str, sent: date) -> Part:
    """Name one or two accounts by their last digits."""
    return {"each": [_account(draw, language, sent) for _ in range(1 + draw.chance(0.2))]}


def _account(draw: Draw, language: str, sent: date) -> Part:
    account: Part = {"kind": draw.pick(Kind.values), "institution": draw.pick(BANKS)}
    if draw.chance(0.8):
        account["last_digits"] = draw.digits(4)
    found = sent - timedelta(days=draw.between(0, 12))
    account["first_date"] = (found - timedelta(days=draw.between(0, 40))).isoformat()
    account["found_date"] = found.isoformat()
    if draw.chance(0.85):
        account["loss"] = f"{draw.between(20, 4200)}.{draw.digits(2)}"
    return account | {"note": draw.pick(USED_FOR.get(language, USED_FOR["en"]))}


def dumping(draw: Draw, language: str) -> Part:
    """Name what lies there, and sometimes the vehicle."""
    materials = list(dict.fromkeys(draw.pick(Material.values) for _ in range(draw.between(1, 3))))
    found: Part = {"materials": materials, "amount": draw.pick(Amount.values), "still": draw.pick(Still.values)}
    if draw.chance(0.2):
        found["vehicle"] = draw.pick(LEFT.get(language, LEFT["en"]))
    return found


def original(draw: Draw, sent: date) -> Part:
    """Name an earlier report by a number that no report has."""
    return {"number": f"{sent:%y}-{draw.between(1, 21):02d}-0{draw.digits(4)}"}


def crashed(draw: Draw, language: str) -> Part:
    """Describe the vehicle that was hit and, mostly, the one that drove away."""
    mine = things.vehicle(draw, language) | {"role": Role.MINE.value}
    if not draw.chance(0.6):
        return {"each": [mine]}
    other = {name: value for name, value in things.vehicle(draw, language).items() if name in {"make", "colour"}}
    return {"each": [mine, {**other, "role": Role.OTHER.value}]}
