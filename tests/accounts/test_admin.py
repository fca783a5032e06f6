"""The staff's accounts, in the hands of administrators."""

from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import demo, letters
from accounts.models import Letter, Role, User
from tests.accounts.conftest import INDEX, events

USERS = "/admin/accounts/user/"
NORA = {"username": "nora", "email": "nora@example.org", "areas": [], "bureaus": []}


def posted(user: User, **changed: Any) -> dict[str, Any]:
    """Return what the form of an account sends."""
    sent = {name: getattr(user, name) for name in ("username", "first_name", "last_name", "roles", "languages")}
    sent |= {"email": user.email or f"{user.username}@example.org"}
    sent |= {name: list(getattr(user, name).values_list("pk", flat=True)) for name in ("areas", "bureaus")}
    return {**sent, **({"citywide": "on"} if user.citywide else {}), **changed}


def change(client: Client, user: User, **changed: Any) -> Any:
    """Save an account's page."""
    return client.post(f"{USERS}{user.pk}/change/", posted(user, **changed))


def test_a_role_counts_while_the_account_is_on(staff) -> None:
    user = staff("carl", Role.CLERK, Role.AUDITOR)
    assert [role for role in Role if user.has_role(role)] == [Role.CLERK, Role.AUDITOR]
    assert user.has_role(Role.OFFICER, Role.CLERK)
    assert not user.has_role()
    user.is_active = False
    assert not user.has_role(*Role)


STEPS = ["release", "invite", "reset_factor", "disable", "enable"]


@pytest.mark.parametrize("role", Role)
def test_accounts_are_an_administrators(staff, at_desk, role: Role) -> None:
    client, other = at_desk(staff("somebody", role)), staff("other")
    may = role == Role.ADMINISTRATOR
    addresses = [USERS, f"{USERS}add/", f"{USERS}{other.pk}/change/"]
    assert [client.get(address).status_code for address in addresses] == [200 if may else 403] * 3
    answers = [client.post(f"{USERS}{other.pk}/{step}/").status_code for step in STEPS]
    assert answers == [302 if may else 403] * 5
    assert client.get(f"{USERS}{other.pk}/release/").status_code == 405


def test_being_djangos_superuser_is_nothing(staff, at_desk) -> None:
    root = staff("root", is_superuser=True)
    client = at_desk(root)
    assert not root.has_perm("accounts.change_user")
    assert not root.has_module_perms("accounts")
    index = client.get(INDEX)
    assert index.context["app_list"] == []
    pages = [USERS, "/admin/review/", "/admin/export/", "/admin/reports/area/", "/admin/audit/"]
    assert {client.get(url).status_code for url in pages} == {403}


def test_an_administrator_sees_no_report_by_that_role(ada: User, at_desk, queued) -> None:
    client = at_desk(ada)
    pages = ["/admin/review/", f"/admin/review/{queued.pk}/", "/admin/export/", "/admin/counts/"]
    assert {client.get(url).status_code for url in pages} <= {403, 404}


def test_what_libraries_keep_is_on_no_page() -> None:
    assert {model._meta.app_label for model in admin.site._registry} <= {"accounts", "reports"}


def test_no_account_is_deleted(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    assert client.post(f"{USERS}{olga.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(USERS, {"action": "delete_selected", "_selected_action": [olga.pk], "post": "yes"})
    assert User.objects.filter(pk=olga.pk).exists()


def test_no_administrator_sets_a_password(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    client.post(f"{USERS}{olga.pk}/password/", {"password1": "x" * 20, "password2": "x" * 20})
    assert User.objects.get(pk=olga.pk).password == olga.password
    assert "password" not in client.get(f"{USERS}{olga.pk}/change/").context["adminform"].form.fields


def test_an_administrator_invites(ada: User, at_desk) -> None:
    client = at_desk(ada)
    url = client.post(f"{USERS}add/", {**NORA, "roles": ["officer"], "areas": [1]}).url
    nora = User.objects.get(username="nora")
    assert url == f"{USERS}{nora.pk}/change/"
    assert (nora.roles, nora.is_staff, nora.has_usable_password()) == (["officer"], True, False)
    assert list(nora.letters.values_list("kind", flat=True)) == [Letter.Kind.INVITATION]
    assert events() == [
        ("invite", f"user:{ada.pk}", f"user:{nora.pk}", {}),
        ("permit", f"user:{ada.pk}", f"user:{nora.pk}", {"roles_added": "officer", "areas_added": "n1"}),
    ]
    assert "e-mail waits to be sent" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"email": ""}, "email"), ({"email": "OLGA@example.org"}, "__all__"), ({"username": "Olga"}, "__all__")],
)
def test_an_account_has_an_address_and_a_name_of_its_own(ada: User, staff, at_desk, typed, wrong) -> None:
    staff("olga", email="olga@example.org")
    page = at_desk(ada).post(f"{USERS}add/", NORA | typed)
    assert list(page.context["adminform"].form.errors) == [wrong]


def test_an_administrator_gives_roles_and_languages_from_the_lists_only(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    form = client.get(f"{USERS}{olga.pk}/change/").context["adminform"].form
    assert {value for value, _label in form.fields["roles"].choices} == set(Role.values)
    assert "en" not in {value for value, _label in form.fields["languages"].choices}
    page = change(client, olga, roles=["officer", "king"], languages=["es", "tlh"])
    assert list(page.context["adminform"].form.errors) == ["roles", "languages"]
    change(client, olga, roles=["supervisor", "translator"], languages=["es"], areas=[], citywide="on")
    now = User.objects.get(pk=olga.pk)
    assert (set(now.roles), now.languages, now.citywide) == ({"translator", "supervisor"}, ["es"], True)
    assert events("permit") == [
        (
            "permit",
            f"user:{ada.pk}",
            f"user:{olga.pk}",
            {
                "roles_added": "supervisor,translator",
                "roles_removed": "officer",
                "areas_removed": "n1",
                "languages_added": "es",
                "citywide_added": "yes",
            },
        )
    ]


def test_all_areas_of_the_city_fit_into_the_log(ada: User, olga: User, at_desk) -> None:
    from reports.models import Area

    change(at_desk(ada), olga, areas=list(Area.objects.values_list("pk", flat=True)))
    [(_verb, _who, _which, details)] = events("permit")
    told = ",".join(details[name] for name in sorted(details))
    assert len(told.split(",")) == Area.objects.count() - 1


def test_a_change_of_names_is_no_change_of_permission(ada: User, olga: User, at_desk) -> None:
    change(at_desk(ada), olga, first_name="Olga", email="olga@example.org")
    assert User.objects.get(pk=olga.pk).first_name == "Olga"
    assert [verb for verb, *_rest in events()] == ["address"]


def test_the_address_before_is_told_of_the_new_one(ada: User, staff, at_desk) -> None:
    nils = staff("nils", Role.OFFICER, email="nils@example.org")
    change(at_desk(ada), nils, email="somebody@example.net")
    letters.send_all()
    [letter] = mail.outbox
    assert letter.to == ["nils@example.org"]
    assert letter.subject == "Letters about your account go to another address now"
    assert "example" not in letter.body.replace("https://", "")


def test_nobody_gives_themselves_a_role(ada: User, at_desk) -> None:
    client = at_desk(ada)
    page = client.get(f"{USERS}{ada.pk}/change/")
    assert set(page.context["adminform"].form.fields) == {"first_name", "last_name"}
    assert page.context["steps"] == []
    sent = posted(ada, first_name="Ada", roles=["administrator", "officer"], citywide="on", username="root")
    client.post(f"{USERS}{ada.pk}/change/", sent)
    now = User.objects.get(pk=ada.pk)
    assert (now.first_name, now.roles, now.citywide, now.username) == ("Ada", ["administrator"], False, "ada")
    User.objects.filter(pk=ada.pk).update(locked_at="2026-11-01T00:00Z", email="ada@example.org")
    assert [client.post(f"{USERS}{ada.pk}/{step}/").status_code for step in ("release", "reset_factor", "disable")] == [
        403
    ] * 3
    assert events() == []


def test_an_account_is_switched_off_and_on(ada: User, olga: User, at_desk) -> None:
    desk, working = at_desk(ada), at_desk(olga)
    desk.post(f"{USERS}{olga.pk}/disable/")
    assert working.get(INDEX).status_code == 302
    assert not User.objects.get(pk=olga.pk).is_active
    # A button that does not fit any more does nothing.
    desk.post(f"{USERS}{olga.pk}/disable/")
    desk.post(f"{USERS}{olga.pk}/enable/")
    assert User.objects.get(pk=olga.pk).is_active
    ids = (f"user:{ada.pk}", f"user:{olga.pk}")
    assert events() == [("disable", *ids, {"reason": "asked"}), ("enable", *ids, {})]


@pytest.mark.parametrize("accounts", [1, 30])
def test_the_list_asks_the_same_of_the_database(ada, staff, at_desk, accounts: int, django_assert_num_queries) -> None:
    for number in range(accounts):
        staff(f"person{number}", Role.OFFICER, areas=[1])
    client = at_desk(ada)
    with django_assert_num_queries(5):
        page = client.get(USERS)
    assert page.context["cl"].result_count == accounts + 1


def test_the_list_is_narrowed_by_role(ada: User, olga: User, at_desk) -> None:
    page = at_desk(ada).get(USERS, {"role": "officer"})
    assert list(page.context["cl"].queryset) == [olga]


def test_the_demos_logins_are_made_once(db: None, settings) -> None:
    settings.DEBUG = True
    for _again in range(2):
        told = StringIO()
        call_command("demo_accounts", stdout=told)
        assert [line.split()[0] for line in told.getvalue().splitlines()] == list(demo.ACCOUNTS)
    made = {user.username: user.roles for user in User.objects.all()}
    assert made == demo.ACCOUNTS
    assert User.objects.get(username="translator").languages == [code for code, _name in settings.LANGUAGES[1:]]
    assert User.objects.get(username="officer").languages == []


def test_the_demos_logins_are_refused_elsewhere(db: None, settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match=r"^Demo logins are refused because DEBUG is off\.$"):
        call_command("demo_accounts")
    assert not User.objects.exists()


@pytest.mark.parametrize("role", ["nonsense", "officer\x00", "' OR 1=1--\x00"])
def test_a_role_that_is_none_narrows_nothing(ada: User, at_desk, role: str) -> None:
    page = at_desk(ada).get(USERS, {"role": role})
    assert (page.status_code, page.context["cl"].result_count) == (200, type(ada).objects.count())
