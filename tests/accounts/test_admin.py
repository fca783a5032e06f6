"""The staff's accounts."""

from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from accounts.models import Role, User

USERS = "/admin/accounts/user/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Spare the tests a hundred thousand rounds for each member of staff."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_role_counts_while_the_account_is_on(staff) -> None:
    user = staff("carl", Role.CLERK, Role.AUDITOR)
    assert [role for role in Role if user.has_role(role)] == [Role.CLERK, Role.AUDITOR]
    assert user.has_role(Role.OFFICER, Role.CLERK)
    assert not user.has_role()
    user.is_active = False
    assert not user.has_role(*Role)


@pytest.mark.parametrize("role", Role)
def test_accounts_are_an_administrators(staff, at_desk, role: Role) -> None:
    client, other = at_desk(staff("somebody", role)), staff("other")
    expected = 200 if role == Role.ADMINISTRATOR else 403
    addresses = [USERS, f"{USERS}add/", f"{USERS}{other.pk}/change/", f"{USERS}{other.pk}/password/"]
    assert [client.get(address).status_code for address in addresses] == [expected] * 4


def test_being_djangos_superuser_is_no_role(staff, at_desk) -> None:
    root = staff("root", is_superuser=True)
    assert [at_desk(root).get(url).status_code for url in (USERS, "/admin/review/", "/admin/export/")] == [
        403,
        403,
        403,
    ]


def test_no_account_is_deleted(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    assert client.post(f"{USERS}{olga.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(USERS, {"action": "delete_selected", "_selected_action": [olga.pk], "post": "yes"})
    assert User.objects.filter(pk=olga.pk).exists()


def test_an_administrator_makes_an_account(ada: User, at_desk) -> None:
    client = at_desk(ada)
    posted = {"username": "nora", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    nora_url = client.post(f"{USERS}add/", posted).url
    nora = User.objects.get(username="nora")
    assert nora_url == f"{USERS}{nora.pk}/change/"
    assert (nora.roles, nora.is_staff, nora.citywide) == ([], False, False)


def test_a_short_password_is_refused(ada: User, at_desk) -> None:
    posted = {
        "username": "nora",
        "password1": "short enough 1",
        "password2": "short enough 1",
        "usable_password": "true",
    }
    page = at_desk(ada).post(f"{USERS}add/", posted)
    assert list(page.context["adminform"].form.errors) == ["password2"]


def test_an_administrator_gives_roles_from_the_list_only(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    form = client.get(f"{USERS}{olga.pk}/change/").context["adminform"].form
    posted = {"username": "olga", "is_active": "on", "is_staff": "on", "areas": [], "bureaus": []}
    posted |= {"date_joined_0": olga.date_joined.date().isoformat(), "date_joined_1": "00:00:00"}
    assert {value for value, _label in form.fields["roles"].choices} == set(Role.values)
    page = client.post(f"{USERS}{olga.pk}/change/", posted | {"roles": ["officer", "king"]})
    assert list(page.context["adminform"].form.errors) == ["roles"]
    client.post(f"{USERS}{olga.pk}/change/", posted | {"roles": ["officer", "supervisor"]})
    assert User.objects.get(pk=olga.pk).roles == ["officer", "supervisor"]


def test_rights_come_from_roles_only() -> None:
    assert not admin.site.is_registered(Group)
    shown = [field for _name, options in admin.site.get_model_admin(User).fieldsets for field in options["fields"]]
    assert {"is_superuser", "groups", "user_permissions"}.isdisjoint(shown)


def test_an_administrator_gives_languages_from_the_list_only(ada: User, olga: User, at_desk) -> None:
    client = at_desk(ada)
    form = client.get(f"{USERS}{olga.pk}/change/").context["adminform"].form
    assert "en" not in {value for value, _label in form.fields["languages"].choices}
    posted = {"username": "olga", "is_active": "on", "is_staff": "on", "roles": ["translator"]}
    posted |= {"date_joined_0": olga.date_joined.date().isoformat(), "date_joined_1": "00:00:00"}
    page = client.post(f"{USERS}{olga.pk}/change/", posted | {"languages": ["es", "tlh"]})
    assert list(page.context["adminform"].form.errors) == ["languages"]
    client.post(f"{USERS}{olga.pk}/change/", posted | {"languages": ["es"]})
    assert User.objects.get(pk=olga.pk).languages == ["es"]


LOGINS = {
    "officer": ["officer", "coordinator"],
    "supervisor": ["supervisor"],
    "administrator": ["administrator"],
    "translator": ["translator"],
}


def test_the_demos_logins_are_made_once(db: None, settings) -> None:
    settings.DEBUG = True
    for _again in range(2):
        told = StringIO()
        call_command("demo_accounts", stdout=told)
        assert [line.split()[0] for line in told.getvalue().splitlines()] == list(LOGINS)
    made = {user.username: user.roles for user in User.objects.all()}
    assert made == LOGINS
    assert User.objects.get(username="translator").languages == [code for code, _name in settings.LANGUAGES[1:]]
    assert User.objects.get(username="officer").languages == []


def test_the_demos_logins_are_refused_elsewhere(db: None, settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match=r"^Demo logins are refused because DEBUG is off\.$"):
        call_command("demo_accounts")
    assert not User.objects.exists()
