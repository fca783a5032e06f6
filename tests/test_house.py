"""The house's habits, held: which way imports run, how long files are, that nothing lies about unused or undecided."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import StringIO
from pathlib import PurePosixPath

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cors.celery import app as celery
from reports import permissions
from reports.auditing.wording import WORDS
from reports.keys import sealed
from reports.review import telling
from reports.states import FINAL, Action, State, target
from reports.workflow import EVENTS
from tests.audiences import ADMIN, AUDIENCES, STAFF
from tests.field_decisions import DECISIONS
from tests.sources import BASE_DIR, imported, modules, nodes, templates

CAPABILITIES = {path.parent.name for path in (BASE_DIR / "reports").glob("*/__init__.py")} - {
    "models",
    "migrations",
    "management",
    "sections",
    "templatetags",
}
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "misc", "common", "tools"}

# --- Imports run one way -------------------------------------------------------
# A module may import from lower layers and from its own; what is not named stands in the layer of its file's name.
LEAVES, MODELS, RULES, FLOW, SECTIONS, CATALOGUE, ACTIONS, FORMS, DOORS = range(9)
NAMED = {
    "reports.states": LEAVES,
    "reports.codes": LEAVES,
    "reports.terms": LEAVES,
    "reports.vault": LEAVES,
    "reports.workdays": LEAVES,
    "reports.csv_files": LEAVES,
    "reports.locales": LEAVES,
    "reports.cookies": LEAVES,
    "reports.counters": LEAVES,
    "reports.deadlines": LEAVES,
    "reports.cursors": LEAVES,
    "reports.phones": LEAVES,
    "reports.proofs": LEAVES,
    "reports.memory": LEAVES,
    "reports.reading": LEAVES,
    "reports.reasons": LEAVES,
    "reports.remembering": LEAVES,
    "reports.slowing": LEAVES,
    "reports.statements": LEAVES,
    "accounts.models": MODELS,
    "reports.models": MODELS,
    "reports.translation": MODELS,
    "reports.documents": MODELS,
    "reports.audit": RULES,
    "reports.permissions": RULES,
    "reports.workflow": FLOW,
    "reports.catalogue.live": FLOW,
    "reports.catalogue.drawing": FLOW,
    "reports.catalogue.atlas": FLOW,
    "reports.catalogue.outlines": FLOW,
    "reports.sections": SECTIONS,
    "reports.staff": FORMS,
    "reports.tasks": DOORS,
    "reports.admin": DOORS,
    "reports.apps": LEAVES,
}
BY_FILE = {
    "forms": FORMS,
    "views": DOORS,
    "urls": DOORS,
    "admin": DOORS,
    "tasks": DOORS,
    "management": DOORS,
    "templatetags": DOORS,
}


def layer(module: str) -> int:
    """Return the layer of a dotted name."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in NAMED:
            return NAMED[name]
    kinds = (part.rpartition("_")[2] for part in parts[1:])
    return next((BY_FILE[kind] for kind in kinds if kind in BY_FILE), ACTIONS)


def dotted(path: str) -> str:
    """Return a module's dotted name."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def known() -> frozenset[str]:
    return frozenset(map(dotted, modules()))


def imports() -> Iterator[tuple[str, str]]:
    """Yield every import among our own modules: who, whom."""
    for path in modules():
        for node in nodes(path):
            for name in imported(node):
                target = name if name in known() else name.rpartition(".")[0]
                if target in known() and target != dotted(path) and "migrations" not in path:
                    yield dotted(path), target


def test_imports_run_one_way() -> None:
    wrong = {(who, whom) for who, whom in imports() if who.startswith("reports.") and layer(whom) > layer(who)}
    assert wrong == set()


def test_a_capability_uses_no_forms_or_views_of_another() -> None:
    def capability(module: str) -> str:
        parts = module.split(".")
        return parts[1] if parts[0] == "reports" and len(parts) > 2 and parts[1] in CAPABILITIES else ""

    theirs = {"forms", "views", "urls", "admin"}
    wrong = {
        (who, whom)
        for who, whom in imports()
        if capability(who) and capability(whom) not in {"", capability(who)} and theirs & set(whom.split("."))
    }
    assert wrong == set()


def test_the_field_does_not_know_its_wiring() -> None:
    allowed = {"reports.catalogue"}
    wrong = {
        (who, whom)
        for who, whom in imports()
        if who.startswith(("reports.", "accounts.")) and whom.startswith("cors") and who not in allowed
    }
    assert wrong == set()


# --- Files ---------------------------------------------------------------------
def test_no_file_is_too_long_to_read() -> None:
    counted = {name: len((BASE_DIR / name).read_text(encoding="utf-8").splitlines()) for name in modules()}
    counted |= {f"templates/{name}": text.count("\n") for name, text in templates().items()}
    made = {name for name in counted if "/migrations/" in name or "/texts/" in name}
    assert {name: lines for name, lines in counted.items() if lines > LONGEST and name not in made} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {name for name in modules() if name.startswith(("reports/", "accounts/"))}
    assert {name for name in named if VAGUE & set(PurePosixPath(name).with_suffix("").parts)} == set()


# --- Templates -----------------------------------------------------------------
# Found by Django, the admin and crispy by their names.
BY_NAME = (
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "503.html",
    "429.html",
    "admin/",
    "bootstrap5/",
    "django/forms/",
)


LETTER = re.compile(r"reports/notices/(\w+)(?:\.subject)?\.txt")


@cache
def constants() -> set[object]:
    """Return every constant in our modules."""
    return {node.value for path in modules() for node in nodes(path) if isinstance(node, ast.Constant)}


def is_used(name: str) -> bool:
    """Tell whether a template is named somewhere; a letter is named by its kind."""
    if name.startswith(BY_NAME) or any(name in text for text in templates().values()):
        return True
    letter = LETTER.fullmatch(name)
    return name in constants() or (letter is not None and letter[1] in constants())


def test_every_template_is_used() -> None:
    assert [name for name in templates() if not is_used(name)] == []


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith(".html")])
def test_every_template_can_be_read(name: str) -> None:
    get_template(name)


TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
REMARKS = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<style.*?</style>", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ATTRIBUTES = re.compile(r'\b(?:aria-label|alt|title|placeholder|label)="([^"]*)"')
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Names of styles, not words.
CLASSES = re.compile(r"{%\s*block (?:body_?class|coltype)\s*%}.*?{%\s*endblock[^%]*%}", re.DOTALL)


def literal_words(text: str) -> list[str]:
    """Return the words of a template that stand outside translation."""
    bare = TAGS.sub("", CLASSES.sub("", TRANSLATED.sub("", REMARKS.sub("", text))))
    return WORD.findall(MARKUP.sub(" ", bare) + " ".join(ATTRIBUTES.findall(bare)))


def test_no_page_holds_a_literal_text() -> None:
    found = {name: words for name, text in templates().items() if (words := literal_words(text))}
    assert found == {}


def test_a_literal_word_would_be_found() -> None:
    spoiled = '<p class="lead">{% translate "Yes" %} Hello <a title="There" href="/x">{{ name }}</a></p>'
    assert literal_words(spoiled) == ["Hello", "There"]


GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "gettext_noop"}


def spoiled_messages(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where a message is put together before it is looked up."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            texts = node.args[:2] if node.func.id.startswith(("ngettext", "pgettext")) else node.args[:1]
            if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                yield node.lineno


# Looks up the texts of a catalogue, which `extract` hands to gettext as they stand.
LOOKS_UP_TEXTS = {"reports/catalogue/folder.py"}


def test_no_message_is_put_together_before_it_is_looked_up() -> None:
    found = {name: lines for name, tree in modules().items() if (lines := list(spoiled_messages(tree)))}
    assert found.keys() == LOOKS_UP_TEXTS


def test_a_spoiled_message_would_be_found() -> None:
    assert list(spoiled_messages(ast.parse("_(f'a {b}')\n_('a %s' % b)\n_('fine')\n_('a'.format(b))\n_(name)"))) == [
        1,
        2,
        4,
        5,
    ]


# --- Addresses -----------------------------------------------------------------
def addresses(resolver: URLResolver, namespace: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """Yield every address by its name, with its pattern."""
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, namespace + (f"{each.namespace}:" if each.namespace else ""), pattern)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name or ''}", pattern


def audience(name: str) -> str:
    """Return who may open an address, or "" where nobody has decided."""
    if name.removeprefix("admin:") in STAFF and name.startswith("admin:"):
        return "staff"
    return AUDIENCES.get(name) or next((page for start, page in ADMIN.items() if name.startswith(start)), "")


def test_every_address_has_an_audience() -> None:
    found = dict(addresses(get_resolver()))
    assert {name or pattern for name, pattern in found.items() if not audience(name)} == set()
    assert set(AUDIENCES) - set(found) == set()
    pages = {audience(name) for name in found}
    assert pages - {"everybody", "browser", "code", "staff", "entrance", "enrolment", "own", "token"} <= set(
        permissions.PAGES
    )


ARGUMENTS = {
    "model": "stopper",
    "pk": 1,
    "field": "title",
    "draft_id": "00000000-0000-7000-8000-000000000000",
    "report_id": "00000000-0000-7000-8000-000000000000",
    "passage_id": "00000000-0000-7000-8000-000000000000",
    "attachment_id": "00000000-0000-7000-8000-000000000000",
    "type_id": 1,
    "ending": date(2026, 11, 21),
    "file_id": 1,
    "question_id": 1,
    "part": "questions",
    "language": "en",
    "page": "start",
    "view_id": 1,
    "export_id": "00000000-0000-7000-8000-000000000000",
    "preset_id": 1,
    "step": "when",
    "action": "claim",
    "of": "area",
    "way": "next",
    "token_id": 1,
    "webhook_id": "00000000-0000-7000-8000-000000000000",
}


def opened(client, name: str) -> list[int]:
    """Return the answers to a GET and a POST of an address by somebody unknown."""
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", dict(addresses(get_resolver()))[name])
    url = reverse(name, kwargs={argument: ARGUMENTS[argument] for argument in wanted})
    return [client.get(url), client.post(url)]


BEHIND_THE_LOGIN = [name for name, who in AUDIENCES.items() if who in {*permissions.PAGES, "enrolment", "own"}]


@pytest.mark.django_db
@pytest.mark.parametrize("name", BEHIND_THE_LOGIN)
def test_a_staff_page_sends_strangers_to_the_login(client, name: str) -> None:
    assert {(answer.status_code, answer.url.split("?")[0]) for answer in opened(client, name)} == {
        (302, "/admin/login/")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, who in AUDIENCES.items() if who == "token"])
def test_the_feed_asks_strangers_for_a_token(client, name: str) -> None:
    assert {answer.status_code for answer in opened(client, name)} <= {401, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, who in AUDIENCES.items() if who == "browser"])
def test_a_draft_is_gone_for_other_browsers(client, name: str) -> None:
    for answer in opened(client, name):
        assert answer.status_code in {410, 405} or answer.url == reverse("intake:start")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, who in AUDIENCES.items() if who == "code"])
def test_a_status_page_asks_strangers_for_the_code(client, name: str) -> None:
    assert {answer.url for answer in opened(client, name)} == {reverse("status:find")}


@pytest.mark.parametrize("name", AUDIENCES)
def test_one_verb_one_name_everywhere(name: str) -> None:
    """`C:V` is `reports/C/views.py::V`, or in a module that begins with the views' subject."""
    if ":" not in name:
        return
    capability, verb = name.split(":")
    capability = {"api": "feed"}.get(capability, capability)
    views = [tree for path, tree in modules().items() if re.fullmatch(rf"reports/{capability}/(\w+_)?views\.py", path)]
    assert verb in {node.name for tree in views for node in tree.body if isinstance(node, ast.FunctionDef)}


# --- Stored fields ---------------------------------------------------------------
def stored() -> dict[str, set[str]]:
    """Return every model of ours with its fields; a text's columns by language count as one."""
    found = {}
    for config in (apps.get_app_config("accounts"), apps.get_app_config("reports")):
        for model in config.get_models():
            fields = [*model._meta.fields, *model._meta.local_many_to_many]
            own = {getattr(field, "translated_field", field).name for field in fields}
            found[model._meta.label] = own
    return found


def test_every_stored_field_is_decided() -> None:
    decided = {f"{label}.{name}" for label, fields in DECISIONS.items() for name in fields}
    found = {f"{label}.{name}" for label, fields in stored().items() for name in fields}
    assert found - decided == set()
    assert decided - found == set()
    kinds = {kind for fields in DECISIONS.values() for kind in fields.values()}
    assert kinds <= {"plain", "staff", "sealed", "key", "hash", "link"}


def test_what_is_sealed_is_no_readable_text() -> None:
    sealed = [
        (label, name) for label, fields in DECISIONS.items() for name in fields if fields[name] in {"sealed", "key"}
    ]
    kinds = {apps.get_model(label)._meta.get_field(name).get_internal_type() for label, name in sealed}
    assert kinds == {"BinaryField", "JSONField"}


def bytes_in_the_database() -> set[str]:
    """Return every column of bytes, by model and name, and whatever is decided to be sealed or a key."""
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.get_internal_type() == "BinaryField"
    }
    return found | {
        f"{label}.{name}" for label, fields in DECISIONS.items() for name in fields if fields[name] in {"sealed", "key"}
    }


def test_a_new_key_knows_every_sealed_column() -> None:
    """What is not in the table of `reports/keys/sealed.py` would be lost with the key before."""
    wrapped = {f"{each.model._meta.label}.{each.column}" for each in sealed.WRAPPED}
    assert bytes_in_the_database() == wrapped | sealed.UNDER_DATA_KEYS | sealed.OPEN
    kept = {f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.fields}
    assert kept >= sealed.TEXTS | sealed.KEYED


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    told = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=told)
    assert told.getvalue() == "No changes detected\n"


# --- Tasks and the log -------------------------------------------------------------
# Tasks that are sent by others than the schedule.
ON_DEMAND: set[str] = set()


def test_schedule_and_tasks_agree() -> None:
    celery.loader.import_default_modules()
    scheduled = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    ours = {name for name in celery.tasks if not name.startswith("celery.")}
    assert scheduled == ours - ON_DEMAND


# What writes to the log, and what hands a verb on to it.
RECORDERS = {"audit.record", "_note", "_record"}


@cache
def recorded() -> frozenset[str]:
    """Return the verbs that are written to the log."""
    calls = (node for name in modules() for node in nodes(name) if isinstance(node, ast.Call))
    verbs = (call.args[0] for call in calls if ast.unparse(call.func) in RECORDERS)
    return frozenset(EVENTS.values()) | {verb.value for verb in verbs if isinstance(verb, ast.Constant)}


def test_the_log_speaks_of_capabilities_and_their_verbs() -> None:
    wrong = {verb for verb in recorded() if not re.fullmatch(r"[a-z]+\.[a-z_]+", verb)}
    assert wrong == set()
    assert {verb.split(".")[0] for verb in recorded()} <= CAPABILITIES | {"accounts"}
    assert {"intake.submit", "review.look", "review.reveal", "export.download", "counts.week"} <= recorded()


def test_the_log_can_be_read_in_words() -> None:
    """`reports/auditing/wording.py` says each verb in words."""
    assert recorded() - set(WORDS) == set()


# A helper that records events of a report by itself is named here.
OF_REPORTS = {"audit.record", "_record"}


def told_of_reports() -> set[str]:
    """Return the verbs that are written to the log about reports."""
    found = set(EVENTS.values())
    for call in (node for name in modules() for node in nodes(name) if isinstance(node, ast.Call)):
        subject = {word.arg: ast.unparse(word.value) for word in call.keywords}.get("subject", "f'report:")
        if call.args and ast.unparse(call.func) in OF_REPORTS and subject.startswith("f'report:"):
            found |= {call.args[0].value} if isinstance(call.args[0], ast.Constant) else set()
    return found


def test_every_event_of_a_report_has_words_for_its_timeline() -> None:
    """One that a row of its own tells says None in `reports.review.telling`."""
    assert {"review.look", "translating.ask", "files.view", "review.claim"} <= told_of_reports()
    assert told_of_reports() - set(telling.EVENTS) == set()


# --- Pictures in the documents -------------------------------------------------------
def diagram() -> str:
    """Return the table of transitions as a drawing, in the words of the code."""
    arrows = [
        f"    {source.value} --> {end.value}: {action.value}"
        for action in Action
        for source in State
        if (end := target(action, source)) is not None
    ]
    ends = [f"    {state.value} --> [*]" for state in State if state in FINAL]
    return "\n".join(["stateDiagram-v2", "    [*] --> received: submit", *arrows, *ends])


def test_the_drawing_of_the_states_is_the_table() -> None:
    page = (BASE_DIR / "docs" / "states.md").read_text(encoding="utf-8")
    drawn = re.search(r"```mermaid\n(.*?)\n```", page, re.DOTALL)
    assert drawn
    assert drawn[1] == diagram()
