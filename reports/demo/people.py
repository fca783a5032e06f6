"""Invented people of many origins. Phone numbers and addresses are of the ranges that belong to nobody."""

import re
from functools import lru_cache

from reports import terms
from reports.demo.draw import Draw, Weighted

GIVEN = (
    "Ana",
    "Luis",
    "Rosa",
    "Mateo",
    "Camila",
    "Diego",
    "Lucía",
    "Joaquín",
    "Marisol",
    "Esteban",
    "Xiomara",
    "Itzel",
    "Min-jun",
    "Seo-yeon",
    "Ji-woo",
    "Hye-jin",
    "Armen",
    "Anahit",
    "Narek",
    "Lusine",
    "Wei",
    "Xiu",
    "Jun",
    "Mei-Ling",
    "Darius",
    "Shirin",
    "Parisa",
    "Kaveh",
    "Jasmine",
    "Marcus",
    "Keisha",
    "Darnell",
    "Emily",
    "Jack",
    "Nora",
    "Henry",
    "Bích",
    "Quang",
    "Thảo",
    "Minh",
    "Rodel",
    "Maricel",
    "Jomar",
    "Liezl",
    "Haruki",
    "Yui",
    "Sota",
    "Olena",
    "Pavel",
    "Irina",
    "Amara",
    "Kwame",
    "Zola",
    "Fatima",
    "Yusuf",
    "Layla",
    "Omar",
    "Priya",
    "Arjun",
    "Harpreet",
    "Gurdeep",
    "Noa",
    "Eitan",
    "Sokha",
    "Chanthy",
    "Somchai",
    "Malee",
    "Tendai",
    "Selam",
    "Lani",
    "Tomasi",
    "Aiyana",
    "Siobhán",
)
FAMILY = (
    "Quintaro",
    "Velazcón",
    "Robledano",
    "Morantes",
    "Castellano-Ruiz",
    "Ibarrola",
    "Peñalva",
    "Zavaleta",
    "Olmedo",
    "Kimsong",
    "Parkwon",
    "Leehan",
    "Choibok",
    "Hakobantsyan",
    "Sarkavagyan",
    "Petrosents",
    "Chenwu",
    "Lin-Zhao",
    "Wangshu",
    "Huangfu",
    "Farrokhzai",
    "Mehrabadi",
    "Tehrandoust",
    "Whitlowe",
    "Okonjo-Reed",
    "Bramfield",
    "Dellacourt",
    "Nguyễnvan",
    "Trầnhoa",
    "Macaraegon",
    "Dimaculanga",
    "Villarosado",
    "Moritaka",
    "Sakuragi",
    "Kovalenchuk",
    "Sobolenko",
    "Adeyemiro",
    "Boatengsi",
    "Al-Rashidun",
    "Haddadin",
    "Raghunathar",
    "Dhaliwalia",
    "Ben-Sharon",
    "Chhayvong",
    "Suwannarat",
    "Mutasaro",
    "Tesfamaryam",
    "Kealohani",
    "Fonotiela",
    "Redwillow",
    "O'Harragan",
    "Lindqvistor",
)
BUSINESSES = (
    "Blue Agave Bakery",
    "Sunny Side Laundry",
    "Little Orchid Nails",
    "Vista Verde Market",
    "Kotori Books",
    "Ararat Shoe Repair",
    "Harbor Light Cafe",
    "Three Palms Dental",
    "Mariposa Flowers",
    "Corner Spoke Bicycles",
)
AREA_CODES = ("213", "310", "323", "424", "562", "626", "661", "747", "818", "909")
PHONE_FORMS = (
    "({code}) 555-01{last}",
    "{code}-555-01{last}",
    "{code} 555 01{last}",
    "+1 {code} 555 01{last}",
    "{code}55501{last}",
)
MAIL_HOSTS = ("example.com", "example.org", "example.net")
SAFE_TIMES = {
    "en": ("mornings only", "after 6 pm", "weekdays before noon", "text first, please", "not while I am at work"),
    "es": ("solo por la mañana", "después de las 6", "entre semana antes del mediodía", "mejor un mensaje primero"),
}
PARTS = Weighted({"myself": 88, "for_someone": 5, "witness": 3, "business": 4})
PARTS_OF_HATE = Weighted({"myself": 64, "witness": 22, "for_someone": 10, "business": 4})
UNMAILABLE = re.compile(r"[^a-z]+")


def name(draw: Draw) -> str:
    """Return a full name that nobody is known to bear."""
    return f"{draw.pick(GIVEN)} {draw.pick(FAMILY)}"


def phone(draw: Draw) -> str:
    """Return a number between 555-0100 and 555-0199, written in one of the usual ways."""
    return draw.pick(PHONE_FORMS).format(code=draw.pick(AREA_CODES), last=draw.digits(2))


def email(draw: Draw, of: str) -> str:
    """Return an address at a domain that is reserved for examples."""
    mailbox = ".".join(map(_mailable, of.split()))
    return f"{mailbox}{draw.between(1, 9999)}@{draw.pick(MAIL_HOSTS)}"


@lru_cache
def _mailable(part: str) -> str:
    return UNMAILABLE.sub("", terms.fold(part))


def person(draw: Draw, *, language: str, is_hate: bool, may_be_anonymous: bool) -> dict[str, object]:
    """Return the answers of "About you"; in two of five cases without a name, where the type allows it."""
    part = (PARTS_OF_HATE if is_hate else PARTS).pick(draw)
    if may_be_anonymous and draw.chance(0.4):
        unnamed: dict[str, object] = {"part": part, "anonymous": True}
        return unnamed | ({"interpreter": True} if language != "en" and draw.chance(0.2) else {})
    answers: dict[str, object] = {"part": part, "name": name(draw)}
    if part in {"for_someone", "business"}:
        answers["for_whom"] = draw.pick(BUSINESSES) if part == "business" else name(draw)
    return answers | _reach(draw, str(answers["name"])) | _wishes(draw, language)


def _reach(draw: Draw, of: str) -> dict[str, object]:
    kind = draw.random()
    reach: dict[str, object] = {}
    if kind < 0.86:
        reach["email"] = email(draw, of)
    if kind > 0.2:
        reach["phone"] = phone(draw)
    if draw.chance(0.6):
        reach["contact"] = "email" if "phone" not in reach else draw.pick(("phone", "text"))
    return reach


def _wishes(draw: Draw, language: str) -> dict[str, object]:
    wishes: dict[str, object] = {}
    if draw.chance(0.12):
        wishes["safe_times"] = draw.pick(SAFE_TIMES.get(language, SAFE_TIMES["en"]))
    if language != "en" and draw.chance(0.35):
        wishes["interpreter"] = True
    return wishes
