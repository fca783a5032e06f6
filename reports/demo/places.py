"""Where things happen: invented streets, kinds of place, and how much each area of the city reports."""

from collections.abc import Mapping

from reports.demo.draw import Draw

STREETS = (
    "Alder Crest Ave",
    "Bellflower Row",
    "Calle Jacaranda",
    "Copper Kettle Ln",
    "Dovetail Dr",
    "Eucalyptus Bend",
    "Fig Tree Ct",
    "Golden Poppy Blvd",
    "Harvest Moon Way",
    "Ironbark St",
    "Juniper Hollow Rd",
    "Kestrel Ave",
    "Lantern Hill Dr",
    "Marigold Pl",
    "Nightingale St",
    "Orange Blossom Ave",
    "Paseo Colibrí",
    "Quail Run Blvd",
    "Rosewater St",
    "Sage Canyon Rd",
    "Tamarind Ave",
    "Umbrella Pine Way",
    "Via Luna",
    "Willow Glass St",
    "Yarrow St",
    "Zephyr Ave",
    "Old Mill Terrace",
    "Sandpiper Blvd",
    "Camino Estrella",
    "Pepper Grove Ave",
    "Starling Ct",
    "Cactus Wren Dr",
    "Blue Heron St",
    "Manzanita Loop",
    "Silver Birch Ave",
    "Tortuga Way",
)
LANDMARKS = {
    "en": (
        "the park next to the library",
        "behind the farmers market",
        "the bus stop in front of the school",
        "the laundromat on the corner",
        "by the swimming pool",
        "the parking lot of the hardware store",
        "near the fountain",
        "the second floor of the garage",
        "the trail head",
        "the dog park",
    ),
    "es": (
        "el parque junto a la biblioteca",
        "detrás del mercado",
        "la parada del autobús frente a la escuela",
        "la lavandería de la esquina",
        "junto a la alberca",
        "el estacionamiento de la ferretería",
        "cerca de la fuente",
        "el segundo piso del estacionamiento",
        "el parque de perros",
    ),
}
DETAILS = {
    "en": (
        "apartment {n}",
        "level {n} of the garage",
        "bus line {n}",
        "near the back entrance",
        "space {n}",
        "gate {n}",
    ),
    "es": ("apartamento {n}", "nivel {n} del estacionamiento", "línea {n} del autobús", "por la entrada de atrás"),
}
# The kind of place as a story tells it.
PHRASES = {
    "01": {"en": "at the bus station", "es": "en la estación de autobuses"},
    "03": {"en": "at a bar", "es": "en un bar"},
    "04": {"en": "outside our place of worship", "es": "afuera de nuestro templo"},
    "05": {"en": "at my office building", "es": "en el edificio donde trabajo"},
    "07": {"en": "at the corner store", "es": "en la tienda de la esquina"},
    "09": {"en": "at the pharmacy", "es": "en la farmacia"},
    "12": {"en": "at the supermarket", "es": "en el supermercado"},
    "13": {"en": "on the street", "es": "en la calle"},
    "16": {"en": "at the beach", "es": "en la playa"},
    "18": {"en": "in a parking lot", "es": "en un estacionamiento"},
    "20": {"en": "in front of my home", "es": "enfrente de mi casa"},
    "21": {"en": "at a restaurant", "es": "en un restaurante"},
    "23": {"en": "at a gas station", "es": "en una gasolinera"},
    "39": {"en": "at the stadium", "es": "en el estadio"},
    "50": {"en": "at the park", "es": "en el parque"},
    "52": {"en": "on campus", "es": "en la universidad"},
    "53": {"en": "near the school", "es": "cerca de la escuela"},
    "55": {"en": "at the mall", "es": "en el centro comercial"},
    "57": {"en": "at the community center", "es": "en el centro comunitario"},
    "58": {"en": "online", "es": "en internet"},
}
SOMEWHERE = {"en": "in my neighborhood", "es": "en mi vecindario"}
PREMISES: Mapping[str, Mapping[str, float]] = {
    "lost-property": {
        "01": 14,
        "12": 12,
        "13": 20,
        "16": 6,
        "21": 12,
        "39": 4,
        "50": 10,
        "52": 4,
        "55": 10,
        "07": 4,
        "09": 4,
    },
    "theft-from-vehicle": {"13": 46, "18": 30, "20": 16, "16": 3, "50": 4, "23": 3, "55": 4, "05": 3},
    "hate-incident": {
        "13": 26,
        "01": 9,
        "12": 8,
        "20": 10,
        "53": 9,
        "04": 9,
        "58": 14,
        "50": 6,
        "21": 6,
        "52": 5,
        "57": 4,
        "05": 5,
    },
}
ANYWHERE = {"13": 34, "20": 26, "18": 14, "12": 8, "50": 6, "05": 5, "53": 3, "21": 4}
# How busy each area's desk is, by its number; an area that is not named here is as busy as the middle.
BUSY = {
    1: 1.6,
    2: 1.1,
    3: 1.3,
    4: 0.8,
    5: 0.8,
    6: 1.4,
    7: 1.2,
    8: 1.2,
    9: 0.9,
    10: 0.9,
    11: 1.0,
    12: 1.4,
    13: 1.0,
    14: 1.5,
    15: 1.1,
    16: 0.7,
    17: 0.9,
    18: 1.1,
    19: 0.8,
    20: 1.2,
    21: 1.0,
}


def address(draw: Draw, language: str) -> tuple[str, str]:
    """Return the words for a place and the street that a story may name."""
    street = draw.pick(STREETS)
    kind = draw.random()
    if kind < 0.55:
        return f"{draw.between(1, 139) * 100 + draw.between(1, 99)} {street}", street
    if kind < 0.82:
        return f"{street} & {draw.pick(STREETS)}", street
    return draw.pick(LANDMARKS.get(language, LANDMARKS["en"])), street


def where(draw: Draw, *, language: str, area: int | None, premise: str) -> tuple[dict[str, object], str]:
    """Return the answers of "Where did it happen?" and the street of the story."""
    words, street = address(draw, language)
    answers: dict[str, object] = {"address": words} if premise != "58" else {}
    if answers and draw.chance(0.25):
        answers["detail"] = draw.pick(DETAILS.get(language, DETAILS["en"])).format(n=draw.between(1, 420))
    if area is not None:
        answers["area"] = area
    if premise:
        answers["premise"] = premise
    return answers or {"address": words}, street


def phrase(premise: str, language: str) -> str:
    """Return the kind of place in the words of a story."""
    return PHRASES.get(premise, SOMEWHERE).get(language) or SOMEWHERE.get(language, SOMEWHERE["en"])
