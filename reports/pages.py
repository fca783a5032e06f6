"""What pages of several capabilities have in common: that they take only forms, and the way out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

View = Callable[..., HttpResponse]


def away(request: HttpRequest) -> HttpResponse:
    """Lead to a harmless page. Not a redirect: a browser holds the answer to a form to the policy's form-action."""
    return render(request, "reports/intake/leave.html", status=410 if request.method == "GET" else None)


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
