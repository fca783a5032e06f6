"""Views of the queue under a name: one's own, shared ones, and nobody else's."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.models import AuditEvent, Report, SavedView
from reports.review import saving
from tests.desk import another, listed

HELD = "tab=open&held=yes"


def save(client, query: str = HELD, **typed: str):
    return client.post(f"{reverse('review:save_view')}?{query}", {"name": "Mornings", **typed}, follow=True)


def named(page) -> list[tuple[str, bool]]:
    """Return the views that the page offers, and whether each is what is shown."""
    return [(view.name, is_current) for view, is_current in page.context["views"]]


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def otto(staff) -> User:
    """Another officer of Central."""
    return staff("otto", Role.OFFICER, areas=[1])


def test_what_is_seen_is_kept_under_a_name_and_an_address(queued: Report, olga: User, at_desk) -> None:
    held = another(queued, held=True)
    client = at_desk(olga)
    page = save(client, "tab=open&sort=due&held=yes&nonsense=1&after=xyz")
    view = SavedView.objects.get()
    assert (view.owner, view.query, view.shared) == (olga, "tab=open&sort=due&held=yes", False)
    assert (listed(page), named(page), told(page)) == ([held.reference], [("Mornings", True)], ["The view is saved."])
    again = client.get(reverse("review:open_view", args=[view.pk]), follow=True)
    assert (listed(again), named(again)) == ([held.reference], [("Mornings", True)])
    assert named(client.get("/admin/review/")) == [("Mornings", False)]
    assert AuditEvent.objects.latest("id").verb == "review.save_view"


def test_the_same_name_replaces_and_keeps_the_address(olga: User, at_desk) -> None:
    client = at_desk(olga)
    save(client)
    before = SavedView.objects.get().pk
    save(client, "tab=mine", shared="on")
    assert list(SavedView.objects.values_list("pk", "query", "shared")) == [(before, "tab=mine", True)]


def test_a_shared_view_shares_the_question_and_never_the_answers(
    queued: Report, olga: User, otto: User, piet: User, at_desk
) -> None:
    held = another(queued, held=True)
    save(at_desk(olga), shared="on")
    for user, shown in ((otto, [held.reference]), (piet, [])):
        page = at_desk(user).get(reverse("review:open_view", args=[SavedView.objects.get().pk]), follow=True)
        assert (named(page), listed(page)) == ([("Mornings", True)], shown)


def test_a_view_that_is_not_shared_does_not_exist_for_others(olga: User, otto: User, at_desk) -> None:
    save(at_desk(olga))
    client, view = at_desk(otto), SavedView.objects.get()
    assert client.get(reverse("review:open_view", args=[view.pk])).status_code == 404
    assert named(client.get("/admin/review/")) == []
    assert client.get(reverse("review:open_view", args=[10**30])).status_code == 404


def test_only_ones_own_can_be_deleted(olga: User, otto: User, at_desk) -> None:
    save(at_desk(olga), shared="on")
    address = reverse("review:drop_view", args=[SavedView.objects.get().pk])
    assert at_desk(otto).post(address).status_code == 404
    assert SavedView.objects.count() == 1
    page = at_desk(olga).post(f"{address}?tab=held", follow=True)
    assert (told(page), page.context["tab"].key) == (["The view is deleted."], "held")
    assert not SavedView.objects.exists()
    assert AuditEvent.objects.latest("id").verb == "review.drop_view"
    assert at_desk(olga).get(address).url == "/admin/review/"


def test_the_view_of_who_reads_no_reports_any_more_is_gone_with_them(olga: User, otto: User, at_desk) -> None:
    save(at_desk(olga), shared="on")
    for change in ({"is_active": False}, {"roles": [Role.AUDITOR]}):
        User.objects.filter(pk=olga.pk).update(**{"is_active": True, "roles": [Role.OFFICER], **change})
        assert list(saving.readable(otto)) == []
    User.objects.filter(pk=olga.pk).update(roles=[Role.OFFICER])
    assert len(saving.readable(otto)) == 1


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": " "}, {"name": "x" * 61}, {"name": "a\x00b"}])
def test_a_name_that_is_none_is_refused_kindly(olga: User, at_desk, typed: dict[str, str]) -> None:
    page = save(at_desk(olga), **typed)
    assert told(page) == ["Not saved: a view needs a name of up to 60 characters, and not too many filters."]
    assert page.context["selected"].query() == HELD
    assert not SavedView.objects.exists()


def test_an_endless_selection_is_refused_kindly(olga: User, at_desk) -> None:
    page = save(at_desk(olga), "&".join(f"type=kind-{number}" for number in range(200)))
    assert told(page)[0].startswith("Not saved")


def test_there_is_an_end_to_the_views_of_one_person(olga: User, otto: User, at_desk) -> None:
    for number in range(saving.MOST_VIEWS):
        saving.save_view(name=str(number), query=HELD, shared=False, by=olga)
    assert told(save(at_desk(olga))) == ["You have as many views as there can be. Delete one first."]
    saving.save_view(name="0", query="tab=mine", shared=False, by=olga)
    saving.save_view(name="0", query="tab=mine", shared=False, by=otto)
    assert SavedView.objects.filter(owner=olga).count() == saving.MOST_VIEWS


def test_a_tampered_view_falls_back_to_what_is_known(queued: Report, olga: User, at_desk) -> None:
    view = SavedView.objects.create(owner=olga, name="x", query="tab=gone&state=never&sort=%00&type=%00")
    page = at_desk(olga).get(reverse("review:open_view", args=[view.pk]), follow=True)
    assert (page.context["tab"].key, listed(page)) == ("todo", [queued.reference])
