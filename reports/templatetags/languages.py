"""The language picker of every page; days, moments and numbers as the language writes them."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from reports import locales

register = template.Library()
register.filter("day", locales.day, is_safe=False)
register.filter("moment", locales.moment, is_safe=False)
register.filter("number", locales.number, is_safe=False)


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every language by its own name with the address of this page in it.

    A page that has its language elsewhere in its address gives the addresses itself, as `addresses`.
    """
    request, addresses = context.get("request"), context.get("addresses") or {}
    path, current = request.get_full_path() if request else "/", get_language()
    return [
        {**known, "url": addresses.get(code) or in_language(path, code), "is_current": code == current}
        for code, known in _known(tuple(code for code, _name in settings.LANGUAGES)).items()
    ]


@cache
def _known(codes: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return what is told of each language, whichever page it is."""
    infos = {code: get_language_info(code) for code in codes}
    return {
        code: {"code": code, "name": info["name_local"], "dir": "rtl" if info["bidi"] else "ltr"}
        for code, info in infos.items()
    }


def in_language(path: str, code: str) -> str:
    """Return a page's address in a language: only what stands first in it is another."""
    first, slash, rest = path.removeprefix("/").partition("/")
    if slash and first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return translate_url(path, code)
