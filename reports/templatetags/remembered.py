"""Pieces of pages that this process has rendered before, under everything that they depend on.

A piece is the same for everybody: it holds no token, no address of a draft and nothing that anybody typed. What it
is made of stands in its key, the catalogue as its edition (`reports.catalogue.live.edition`), so that a remembered
piece is as fresh as a rendered one.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# Some ten megabytes; who asks for every page in every language fills it about once.
MOST = 4_000
_pieces: dict[tuple[Any, ...], str] = {}


@register.tag
def remembered(parser: Parser, token: Token) -> "Remembered":
    """Render what stands until `endremembered` once for each value of the variables: {% remembered "name" a b %}.

    Where one of them is not there, it is rendered as if the tag were not.
    """
    _tag, *given = token.split_contents()
    if not given:
        raise template.TemplateSyntaxError("remembered needs a name.")
    inner = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered([parser.compile_filter(each) for each in given], inner)


class Remembered(template.Node):
    """A piece with its key."""

    def __init__(self, key: list[FilterExpression], nodelist: NodeList) -> None:
        self.key, self.nodelist = key, nodelist

    def render(self, context: Context) -> SafeString:
        """Return the piece."""
        values = [each.resolve(context, ignore_failures=True) for each in self.key]
        if None in values:
            return self.nodelist.render(context)
        key = (get_language(), *values)
        piece = _pieces.get(key)
        if piece is None:
            piece = self.nodelist.render(context)
            if len(_pieces) >= MOST:
                _pieces.clear()
            _pieces[key] = piece
        return mark_safe(piece)  # noqa: S308 (it was rendered with escaping)


def forget() -> None:
    """Forget every piece, as where settings change under a running process."""
    _pieces.clear()
