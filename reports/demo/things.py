"""What is lost, taken or damaged, and the vehicles it was in."""

from dataclasses import dataclass

from reports.demo.draw import Draw, Weighted


@dataclass(frozen=True, eq=False)
class Thing:
    """One kind of thing: its property code, how a story calls it, its brands and its worth in dollars."""

    code: str
    nouns: dict[str, str]
    brands: tuple[str, ...]
    worth: tuple[int, int]
    has_serial: bool = False
    is_in_cars: bool = True
    is_carried: bool = True
    share: int = 5


THINGS = (
    Thing(
        "75",
        {"en": "phone", "es": "celular"},
        ("Apple iPhone 13", "Apple iPhone 15", "Samsung Galaxy S23", "Google Pixel 8", "Motorola Edge"),
        (150, 1200),
        True,
        True,
        True,
        22,
    ),
    Thing(
        "07",
        {"en": "laptop", "es": "computadora portátil"},
        ("Apple MacBook Air", "Dell XPS 13", "Lenovo ThinkPad", "HP Envy"),
        (300, 2400),
        True,
        True,
        True,
        14,
    ),
    Thing(
        "07",
        {"en": "tablet", "es": "tableta"},
        ("Apple iPad", "Samsung Galaxy Tab", "Amazon Fire"),
        (90, 900),
        True,
        True,
        True,
        6,
    ),
    Thing("25", {"en": "wallet", "es": "cartera"}, ("Fossil", "Levi's", "Coach", ""), (20, 250), False, True, True, 16),
    Thing(
        "25",
        {"en": "backpack", "es": "mochila"},
        ("JanSport", "North Face", "Herschel", "Nike"),
        (30, 300),
        False,
        True,
        True,
        14,
    ),
    Thing(
        "25",
        {"en": "purse", "es": "bolsa"},
        ("Michael Kors", "Coach", "Kate Spade", ""),
        (40, 900),
        False,
        True,
        True,
        10,
    ),
    Thing("65", {"en": "passport", "es": "pasaporte"}, ("",), (0, 165), True, False, True, 6),
    Thing("65", {"en": "driver's license", "es": "licencia de manejar"}, ("",), (0, 45), False, False, True, 6),
    Thing("09", {"en": "credit card", "es": "tarjeta de crédito"}, ("",), (0, 20), False, True, True, 6),
    Thing("17", {"en": "wedding ring", "es": "anillo de bodas"}, ("", "Tiffany"), (200, 5000), False, False, True, 5),
    Thing(
        "17",
        {"en": "watch", "es": "reloj"},
        ("Casio", "Seiko", "Apple Watch", "Citizen"),
        (40, 1500),
        True,
        True,
        True,
        6,
    ),
    Thing(
        "74",
        {"en": "camera", "es": "cámara"},
        ("Canon EOS", "Nikon Z", "Sony Alpha", "Fujifilm X"),
        (250, 3000),
        True,
        True,
        True,
        5,
    ),
    Thing(
        "74",
        {"en": "pair of glasses", "es": "par de lentes"},
        ("Ray-Ban", "Warby Parker", ""),
        (60, 600),
        False,
        True,
        True,
        5,
    ),
    Thing(
        "36",
        {"en": "tool box", "es": "caja de herramientas"},
        ("DeWalt", "Milwaukee", "Makita", "Craftsman"),
        (80, 2200),
        True,
        True,
        True,
        9,
    ),
    Thing("76", {"en": "skateboard", "es": "patineta"}, ("Element", "Santa Cruz", ""), (50, 220), False, True, True, 4),
    Thing(
        "04",
        {"en": "bicycle", "es": "bicicleta"},
        ("Trek", "Giant", "Specialized", "Cannondale"),
        (150, 3500),
        True,
        False,
        True,
        4,
    ),
    Thing(
        "72",
        {"en": "guitar", "es": "guitarra"},
        ("Fender", "Yamaha", "Taylor", "Ibanez"),
        (120, 2600),
        True,
        True,
        True,
        4,
    ),
    Thing(
        "06",
        {"en": "jacket", "es": "chamarra"},
        ("Patagonia", "Levi's", "Columbia", ""),
        (30, 350),
        False,
        True,
        True,
        6,
    ),
    Thing(
        "70", {"en": "hearing aid", "es": "aparato auditivo"}, ("Phonak", "Oticon"), (400, 3200), True, False, True, 2
    ),
    Thing("77", {"en": "set of keys", "es": "llavero"}, ("",), (5, 300), False, True, True, 9),
    Thing("38", {"en": "car stereo", "es": "estéreo"}, ("Pioneer", "Kenwood", "Sony"), (80, 700), True, True, False, 5),
    Thing("48", {"en": "folder of papers", "es": "carpeta de documentos"}, ("",), (0, 30), False, True, True, 4),
    Thing("73", {"en": "dog", "es": "perro"}, ("",), (0, 1500), False, False, True, 2),
)
LOOKS = {
    "en": (
        "black",
        "dark blue with a scratch on one side",
        "silver",
        "red, almost new",
        "brown leather",
        "grey with a sticker",
        "white, cracked corner",
        "green with my initials",
        "small and old",
        "in a black case",
        "with a yellow ribbon on it",
    ),
    "es": (
        "negro",
        "azul oscuro con un rayón de un lado",
        "plateado",
        "rojo, casi nuevo",
        "café, de piel",
        "gris con una calcomanía",
        "blanco, con una esquina rota",
        "verde con mis iniciales",
        "chico y viejo",
        "en una funda negra",
    ),
}
COLOURS = {
    "en": ("black", "white", "silver", "gray", "blue", "red", "green", "gold"),
    "es": ("negro", "blanco", "plateado", "gris", "azul", "rojo", "verde", "dorado"),
}
VEHICLES = (
    ("Toyota", "Corolla"),
    ("Toyota", "Camry"),
    ("Toyota", "Prius"),
    ("Toyota", "Tacoma"),
    ("Honda", "Civic"),
    ("Honda", "Accord"),
    ("Honda", "CR-V"),
    ("Ford", "F-150"),
    ("Ford", "Escape"),
    ("Nissan", "Altima"),
    ("Nissan", "Sentra"),
    ("Hyundai", "Elantra"),
    ("Kia", "Soul"),
    ("Kia", "Forte"),
    ("Chevrolet", "Malibu"),
    ("Tesla", "Model 3"),
    ("Subaru", "Outback"),
    ("Mazda", "CX-5"),
    ("Volkswagen", "Jetta"),
    ("Jeep", "Wrangler"),
)
PLATES_FROM = Weighted({"California": 88, "Nevada": 4, "Arizona": 3, "Oregon": 2, "Baja California": 2, "Texas": 1})
CARRIED = Weighted({thing: thing.share for thing in THINGS if thing.is_carried})
IN_CARS = Weighted({thing: thing.share for thing in THINGS if thing.is_in_cars})
SEVERAL = Weighted({1: 66, 2: 22, 3: 8, 4: 4})


def things(draw: Draw, *, in_car: bool, offered: frozenset[str]) -> list[Thing]:
    """Return one to four kinds of things whose codes residents may choose; one at least."""
    kinds = IN_CARS if in_car else CARRIED
    drawn = [kinds.pick(draw) for _ in range(SEVERAL.pick(draw))]
    fitting = [thing for thing in dict.fromkeys(drawn) if thing.code in offered]
    return fitting or [next((thing for thing in THINGS if thing.code in offered), unnamed(min(offered)))]


def unnamed(code: str) -> Thing:
    """Return the thing for an agency whose own codes are none of the known ones."""
    return Thing(code, {"en": "property", "es": "propiedad"}, ("",), (10, 500))


def item(draw: Draw, thing: Thing, language: str) -> dict[str, object]:
    """Return one row of the items' answers."""
    answers: dict[str, object] = {"kind": thing.code}
    looks = draw.pick(LOOKS.get(language, LOOKS["en"]))
    noun = thing.nouns.get(language, thing.nouns["en"])
    answers["description"] = f"{noun}, {looks}" if draw.chance(0.8) else noun
    if brand := draw.pick(thing.brands):
        answers["brand"] = brand
    if thing.has_serial and draw.chance(0.45):
        answers["serial"] = serial(draw)
    if draw.chance(0.1):
        answers["quantity"] = draw.between(1, 4)
    if draw.chance(0.8):
        answers["value"] = _worth(draw, thing)
    return answers


def serial(draw: Draw) -> str:
    """Return a serial number of no maker."""
    return f"DM{draw.letters(2)}{draw.digits(4)}{draw.letters(1)}{draw.digits(3)}"


def _worth(draw: Draw, thing: Thing) -> str:
    low, high = thing.worth
    dollars = low + (high - low) * draw.random() ** 2
    return f"{dollars:.2f}" if draw.chance(0.15) else f"{max(1, round(dollars / 5) * 5)}"


def vehicle(draw: Draw, language: str) -> dict[str, object]:
    """Return one vehicle. Its plate begins with 0, as no plate does, and its VIN names no maker."""
    make, model = draw.pick(VEHICLES)
    answers: dict[str, object] = {}
    if draw.chance(0.92):
        answers |= {"plate": f"0{draw.letters(3)}{draw.digits(3)}", "plate_from": PLATES_FROM.pick(draw)}
    answers |= {"make": make, "model": model}
    if draw.chance(0.8):
        answers["year"] = draw.between(2004, 2025)
    answers["colour"] = draw.pick(COLOURS.get(language, COLOURS["en"]))
    if draw.chance(0.2):
        answers["vin"] = f"0DM{draw.letters(5)}{draw.digits(1)}{draw.letters(2)}{draw.digits(6)}"
    return answers
