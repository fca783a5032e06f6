"""Composing a draft: its texts and rules, its sections, its questions. Every button works without script."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import ExtraQuestion, ReportType, ScreeningQuestion, TypeStep
from reports.permissions import may_step
from reports.staff import staff_page
from reports.workshop import composing
from reports.workshop.forms import AskForm, ChoiceFormSet, DescribeForm, MakeForm, ScreenForm, choice_rows
from reports.workshop.views import page, step_page, version_or_404

UP, DOWN = -1, 1
PLACES = {"up": UP, "down": DOWN}
# What a new choice question begins with.
EMPTY_ROWS = [{"value": "", "label_en": ""}] * 2


@staff_page("workshop")
def make(request: HttpRequest) -> HttpResponse:
    """Begin a new type."""
    form = MakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = composing.make(values=form.cleaned_data, by=request.user)
        return redirect("workshop:show", version.pk)
    return page(request, "reports/workshop/make.html", title=_("New report type"), form=form)


def draft_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a draft that this person may compose; lead away from a version that is none."""

    @staff_page("workshop")
    @wraps(view)
    def wrapped(request: HttpRequest, type_id: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(type_id)
        if not may_step(request.user, TypeStep.Kind.COMPOSE, version):
            return redirect("workshop:show", type_id)
        return view(request, version, **kwargs)

    return wrapped


def to(version: ReportType, part: str) -> HttpResponseRedirect:
    """Lead to a part of the version's page."""
    return HttpResponseRedirect(f"{reverse('workshop:show', args=[version.pk])}#{part}")


@draft_page
def describe(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Edit texts and rules."""
    form = DescribeForm(request.POST or None, instance=version)
    if request.method == "POST" and form.is_valid():
        composing.describe(report_type_id=version.pk, values=form.cleaned_data, by=request.user)
        return to(version, "basics")
    return page(
        request, "reports/workshop/edit.html", title=_("Texts and rules"), version=version, form=form, part="basics"
    )


@step_page
def arrange(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Add, move or leave out a section, or switch its options; the button says which."""
    verb, _colon, key = request.POST.get("go", "").partition(":")
    given = {"report_type_id": version.pk, "by": request.user}
    # The boxes go along with every button: what was ticked is not lost.
    options = switched_on(request)
    if options != {each["key"]: each["options"] for each in version.sections if each.get("options")}:
        composing.set_options(options=options, **given)
    if verb == "add":
        composing.put_in(key=request.POST.get("section", ""), **given)
    elif verb == "out":
        composing.take_out(key=key, **given)
    elif verb in PLACES and key in version.section_keys:
        composing.move(key=key, places=PLACES[verb], **given)
    return to(version, "sections")


def switched_on(request: HttpRequest) -> dict[str, dict[str, bool]]:
    """Return the ticked options by their sections: the boxes are named "where.only_area"."""
    found: dict[str, dict[str, bool]] = {}
    for name in request.POST:
        key, dot, option = name.partition(".")
        if dot:
            found.setdefault(key, {})[option] = True
    return found


@draft_page
def screen(request: HttpRequest, version: ReportType, question_id: int | None = None) -> HttpResponse:
    """Add or edit a screening question."""
    row = question(ScreeningQuestion, version, question_id)
    form = ScreenForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        composing.screen(report_type_id=version.pk, question_id=question_id, values=form.cleaned_data, by=request.user)
        return to(version, "screening")
    return page(
        request,
        "reports/workshop/edit.html",
        title=_("Screening question"),
        version=version,
        form=form,
        part="screening",
    )


@draft_page
def ask(request: HttpRequest, version: ReportType, question_id: int | None = None) -> HttpResponse:
    """Add or edit an extra question with its answers; the buttons of the rows keep what was typed."""
    row = question(ExtraQuestion, version, question_id)
    form = AskForm(request.POST or None, instance=row)
    go = request.POST.get("go", "")
    if go != "save":
        rows = worked(choice_rows(ChoiceFormSet(request.POST, prefix="choice")), go) if request.POST else stored(row)
        if request.POST:
            form = AskForm(initial=request.POST.dict(), instance=row)
        return show_question(request, version, form, ChoiceFormSet(initial=rows, prefix="choice"))
    choices = ChoiceFormSet(request.POST, prefix="choice")
    if form.is_valid() and choices.is_valid():
        composing.ask(
            report_type_id=version.pk,
            question_id=question_id,
            values=form.cleaned_data,
            choices=[each for each in choice_rows(choices) if each["label_en"].strip()],
            by=request.user,
        )
        return to(version, "questions")
    return show_question(request, version, form, choices)


def show_question(request: HttpRequest, version: ReportType, form: AskForm, choices: Any) -> HttpResponse:
    """Show an extra question with the rows of its answers."""
    return page(
        request,
        "reports/workshop/ask.html",
        title=_("Extra question"),
        version=version,
        form=form,
        choices=choices,
        part="questions",
    )


def question(model: type[Any], version: ReportType, pk: int | None) -> Any:
    """Return one question of the version, None for a new one, or raise Http404."""
    if pk is None:
        return None
    row = model._default_manager.filter(report_type=version, pk=pk).first()
    if row is None:
        raise Http404
    return row


def stored(row: ExtraQuestion | None) -> list[dict[str, str]]:
    """Return the rows of a question as it is kept; a new one has two empty rows."""
    rows = [{"value": each.value, "label_en": each.label_en} for each in row.choices.all()] if row else []
    return rows or EMPTY_ROWS


def worked(rows: list[dict[str, str]], go: str) -> list[dict[str, str]]:
    """Return the rows after a button: "add", "out:1", "up:1", "down:1"."""
    verb, _colon, number = go.partition(":")
    if verb == "add":
        return [*rows, EMPTY_ROWS[0]]
    if not number.isdecimal() or int(number) >= len(rows):
        return rows
    at = int(number)
    if verb in PLACES:
        return composing.moved(rows, at, PLACES[verb])
    return [*rows[:at], *rows[at + 1 :]] if verb == "out" else rows


@step_page
def reorder(request: HttpRequest, version: ReportType, part: str, question_id: int) -> HttpResponse:
    """Move a question up or down, or leave it out; the button says which."""
    go = request.POST.get("go", "")
    given = {"report_type_id": version.pk, "part": part, "question_id": question_id, "by": request.user}
    if part not in composing.PARTS:
        raise Http404
    try:
        if go == "out":
            composing.take_away(**given)
        elif go in PLACES:
            composing.reorder(places=PLACES[go], **given)
    except (ScreeningQuestion.DoesNotExist, ExtraQuestion.DoesNotExist):
        raise Http404 from None
    return to(version, part)
