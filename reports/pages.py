"""Pages that take a form and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

View = Callable[..., HttpResponse]


def takes_forms(*, else_to: str, keep: str = "") -> Callable[[View], View]:
    """Let only a POST reach the view; any other way to its address leads to the page named `else_to`.

    A refused form is shown at the address it was sent to. From there a reload or another language is a GET.
    `keep` names the one argument of the address that the other page takes too.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(else_to, *([kwargs[keep]] if keep else []))

        return guarded

    return decorate
