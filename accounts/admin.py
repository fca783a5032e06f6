"""Accounts in the admin, for administrators: who works here, what for, and how their log-in stands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.models import Letter, Role, User
from reports.models import Area, Bureau
from reports.permissions import may_open
from reports.staff import ask_anew

# What an administrator may not change of their own account: another one does.
STANDING = ["username", "email", "roles", "areas", "bureaus", "citywide", "languages"]


@dataclass(frozen=True)
class Step:
    """A button on an account's page: what it says, what is said afterwards, when it is there."""

    label: Promise
    done: Promise
    act: Callable[..., None]
    fits: Callable[[User], bool]
    explained: Promise


def waits(user: User) -> bool:
    """Tell whether the person was invited and has not chosen a password yet."""
    return user.is_active and not user.has_usable_password()


STEPS = {
    "release": Step(
        gettext_lazy("Release"),
        gettext_lazy("The account is open again."),
        actions.release,
        lambda user: user.locked_at is not None,
        gettext_lazy("Ask first whether it was the person who mistyped."),
    ),
    "invite": Step(
        gettext_lazy("Send the invitation again"),
        gettext_lazy("The invitation is on its way. The earlier link no longer works."),
        actions.invite,
        waits,
        gettext_lazy("A new link by e-mail; the earlier one stops working."),
    ),
    "reset_factor": Step(
        gettext_lazy("Reset the second factor"),
        gettext_lazy("Second factor and password are reset. A link to begin anew is on its way."),
        actions.reset_factor,
        lambda user: user.is_active and user.has_usable_password(),
        gettext_lazy("For a lost phone or key. The person begins anew with a link by e-mail; running sessions end."),
    ),
    "disable": Step(
        gettext_lazy("Switch off"),
        gettext_lazy("The account is switched off."),
        actions.disable,
        lambda user: user.is_active,
        gettext_lazy("For who leaves or is away for long. Running sessions end at once."),
    ),
    "enable": Step(
        gettext_lazy("Switch on"),
        gettext_lazy("The account is switched on."),
        actions.enable,
        lambda user: not user.is_active,
        gettext_lazy("Password, second factor and roles are as they were."),
    ),
}


class BureausField(forms.ModelMultipleChoiceField):
    """Bureaus by name; their codes mean little to most."""

    def label_from_instance(self, bureau: Bureau) -> str:
        """Return the name."""
        return bureau.name


class StaffForm(forms.ModelForm):
    """The account with its roles as boxes to tick."""

    email = forms.EmailField(label=_("E-mail"), help_text=gettext_lazy("Invitations and new passwords go there."))
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=[(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A translator sees the texts in these languages, of the whole city."),
    )

    # Declared here, so that the admin adds no button to make an area beside them.
    areas = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Areas"),
        queryset=Area.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bureaus = BureausField(
        label=gettext_lazy("Bureaus"),
        queryset=Bureau.objects.order_by("position", "code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All areas of a bureau, also those that it gets later."),
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "roles", "areas", "bureaus", "citywide", "languages"]


class InRole(admin.SimpleListFilter):
    """Who has a role."""

    title, parameter_name = gettext_lazy("role"), "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the roles."""
        return [(role.value, role.label) for role in Role]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        return queryset.filter(roles__contains=[self.value()]) if self.value() in Role.values else queryset


STATES = {
    "open": (gettext_lazy("open"), Q(is_active=True, locked_at=None)),
    "locked": (gettext_lazy("locked"), Q(is_active=True, locked_at__isnull=False)),
    "off": (gettext_lazy("off"), Q(is_active=False)),
}


class InState(admin.SimpleListFilter):
    """Who can log in, and who cannot."""

    title, parameter_name = gettext_lazy("log-in"), "log-in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [(key, label) for key, (label, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        return queryset.filter(STATES[self.value()][1]) if self.value() in STATES else queryset


@admin.register(User)
class StaffAdmin(admin.ModelAdmin):
    """Accounts are invited, changed and switched off by administrators; none is deleted while its name is in a log."""

    form = StaffForm
    list_display = ["username", "person", "in_roles", "standing", "last_login"]
    list_filter = [InRole, InState]
    # No search: it would write names into addresses. All fit on one page.
    list_per_page = 500
    ordering = ["username"]
    actions = None
    fieldsets = [
        (gettext_lazy("Person"), {"fields": ["username", "first_name", "last_name", "email"]}),
        (gettext_lazy("Work"), {"fields": ["roles", "areas", "bureaus", "citywide", "languages"]}),
    ]

    # --- Who may -------------------------------------------------------------------
    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show accounts to administrators only."""
        return may_open(request.user, "accounts")

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask for the role."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask for the role."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask for the role."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are switched off instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Keep one's own standing out of one's hands."""
        return STANDING if obj is not None and obj.pk == request.user.pk else []

    # --- The list --------------------------------------------------------------------
    @admin.display(description=gettext_lazy("Name"))
    def person(self, user: User) -> str:
        """Return the name in full."""
        return user.get_full_name() or "–"

    @admin.display(description=gettext_lazy("Roles"))
    def in_roles(self, user: User) -> str:
        """Return the roles in words."""
        return ", ".join(str(Role(role).label) for role in user.roles) or "–"

    @admin.display(description=gettext_lazy("Log-in"))
    def standing(self, user: User) -> str:
        """Return in a word whether the person can log in."""
        if not user.is_active:
            return _("off")
        if user.locked_at:
            return _("locked")
        return _("open") if user.has_usable_password() else _("invited")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Name the page for what it is."""
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Staff accounts")})

    # --- Changes -----------------------------------------------------------------------
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask who is there before anything is changed."""
        if request.method == "POST":
            ask_anew(request)
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Invite a new person; of a known one remember how it was, for the log."""
        if change:
            form.reach_before = actions.reach_of(User.objects.get(pk=obj.pk))
            super().save_model(request, obj, form, change)
        else:
            form.reach_before = {}
            actions.invite(user=obj, by=request.user)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Store areas and bureaus, then record what changed in all."""
        super().save_related(request, form, formsets, change)
        actions.note_reach(user=form.instance, before=form.reach_before, by=request.user)
        if "email" in form.changed_data and change:
            actions.note_address(user=form.instance, before=form.initial["email"], by=request.user)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Say that the invitation is on its way."""
        messages.success(request, _("The account is made, and the invitation is on its way."))
        return redirect("admin:accounts_user_change", obj.pk)

    # --- Steps ---------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        """Add an address for each step."""
        steps = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(partial(self.take_step, name))),
                name=f"accounts_user_{name}",
            )
            for name in STEPS
        ]
        return [*steps, *super().get_urls()]

    def take_step(self, name: str, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it to another's account, and say so."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        ask_anew(request)
        user, step = get_object_or_404(User, pk=pk), STEPS[name]
        if step.fits(user):
            self.try_step(request, user, step)
        else:
            messages.info(request, _("That is not needed any more: see below how the account stands now."))
        return redirect("admin:accounts_user_change", pk)

    def try_step(self, request: HttpRequest, user: User, step: Step) -> None:
        """Do it, and say what came of it."""
        try:
            step.act(user=user, by=request.user)
        except actions.Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(step.done))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show how the log-in stands, with the steps that fit."""
        user = kwargs.get("obj")
        title = user.get_full_name() or user.username if user else _("Invite somebody")
        context |= {"title": title, "subtitle": None}
        if user is not None and kwargs.get("change"):
            own = user.pk == request.user.pk
            context |= {"log_in": log_in_of(user), "own_account": own, "steps": [] if own else steps_for(user)}
        return super().render_change_form(request, context, **kwargs)


def steps_for(user: User) -> list[dict[str, Any]]:
    """Return the buttons for an account as it stands."""
    fitting = {name: step for name, step in STEPS.items() if step.fits(user)}
    return [
        {"url": reverse(f"admin:accounts_user_{name}", args=[user.pk]), "step": step} for name, step in fitting.items()
    ]


def log_in_of(user: User) -> dict[str, Any]:
    """Return how an account's log-in stands, for its page."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    invitations = user.letters.filter(kind__in=[Letter.Kind.INVITATION, Letter.Kind.RENEWED])
    return {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "invitation": invitations.order_by("-pk").first() if waits(user) else None,
        "waits": waits(user),
    }
