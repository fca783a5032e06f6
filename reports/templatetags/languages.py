"""The language picker of every page; days, moments and numbers as the language writes them."""

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
    path = request.get_full_path() if request else "/"
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": addresses.get(code) or translate_url(path, code),
            "is_current": code == get_language(),
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
        }
        for code, _name in settings.LANGUAGES
    ]
