"""The gate of the staff side: whoever is not through leads to the log-in, or to the second factor, and nowhere else."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts import actions, sessions

STAFF_SIDE = "/admin/"
# Open to everybody: what is needed to log in.
ENTRANCE = {
    "account_login",
    "account_logout",
    "account_closed",
    "account_reset_password",
    "account_reset_password_done",
    "account_link",
    "account_choose_password",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
}
# Open with a password alone: what is needed to enrol a second factor.
ENROLMENT = {"account_enrol", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn"}

View = Callable[..., HttpResponse]


class StaffGate:
    """Looks at every address of the staff side, allauth's own among them, before its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> HttpResponse | None:
        """Return where to go instead, None to go on."""
        return refusal(request) if request.path_info.startswith(STAFF_SIDE) else None


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return where the session must go before it may open the page, None where it may."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.user.is_authenticated and (limit := sessions.ended_by(request.session)):
        actions.log_out(request=request, reason=limit)
    if not request.user.is_authenticated:
        return None if name in ENTRANCE else to_login(request)
    sessions.touch(request.session)
    if name in ENTRANCE:
        return None
    if not request.user.is_staff:
        raise PermissionDenied
    if sessions.is_proven(request.session) or name in ENROLMENT:
        return None
    return redirect("account_enrol")


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in, and from there back. Only the path goes along, nothing that was searched for."""
    query = QueryDict(mutable=True)
    query["next"] = page_of(request)
    return redirect(f"{reverse('account_login')}?{query.urlencode(safe='/')}")


def page_of(request: HttpRequest) -> str:
    """Return the path of the page, for a form that was sent the page it stood on."""
    came_from = urlsplit(request.headers.get("referer", ""))
    is_ours = came_from.netloc == request.get_host() and came_from.path.startswith(STAFF_SIDE)
    return came_from.path if request.method == "POST" and is_ours else request.path
