"""What a process keeps for itself: each thing has a reason why two processes may differ, or cannot."""

import ast

from tests.sources import modules, nodes

CODE = "made of the code's own files and settings, so the same in every process of a version"
SELF = "about this process's own connections or waiting: it rests, or does not ask again within seconds"
KEYS = "of the keyring, the same everywhere; a new one asks for a restart"
DEMO = "of one command, which ends"
KEPT = {
    "cors/colours.py": CODE,
    "cors/look_views.py": CODE,
    "cors/services/client.py": "the servers of a machine of one's own",
    "reports/alerts/queries.py": CODE,
    "reports/catalogue/live.py": "the catalogue, for CATALOGUE_CACHE_SECONDS: an edit shows that much later",
    "reports/counters.py": SELF,
    "reports/demo/found.py": DEMO,
    "reports/demo/people.py": DEMO,
    "reports/demo/rows.py": DEMO,
    "reports/demo/translated.py": CODE,
    "reports/export/city.py": CODE,
    "reports/export/nibrs.py": CODE,
    "reports/locales.py": CODE,
    "reports/paper/script.py": CODE,
    "reports/paper/typeset.py": CODE,
    "reports/processing/nudge.py": SELF,
    "reports/processing/outages.py": SELF,
    "reports/reading.py": SELF,
    "reports/sections/composed.py": "fields of forms, each under the stamp of the catalogue that they are made of",
    "reports/review/ages.py": CODE,
    "reports/review/filters.py": CODE,
    "reports/review/queries.py": CODE,
    "reports/review/rows.py": CODE,
    "reports/review/timeline.py": CODE,
    "reports/templatetags/languages.py": CODE,
    "reports/templatetags/remembered.py": "pieces of pages, each under all that it is made of, the catalogue too",
    "reports/templatetags/staff.py": CODE,
    "reports/vault.py": KEYS,
    "reports/vitals/heartbeat.py": SELF,
    "reports/vitals/lines.py": SELF,
}


def keeps(node: ast.AST) -> bool:
    """Tell a statement that writes a module's own variable, or a function that remembers its results."""
    if isinstance(node, ast.Global):
        return True
    if not isinstance(node, ast.FunctionDef):
        return False
    names = {getattr(each, "id", getattr(each, "attr", "")) for deco in node.decorator_list for each in ast.walk(deco)}
    return bool({"cache", "lru_cache"} & names)


def begins_empty(node: ast.AST) -> bool:
    """Tell a module's variable that begins as an empty container: something is going to be put into it."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    is_call = isinstance(value, ast.Call) and getattr(value.func, "id", "") in {"dict", "list", "set", "deque"}
    return (
        (is_call and not value.args)
        or (isinstance(value, ast.Dict) and not value.keys)
        or (isinstance(value, ast.List) and not value.elts)
    )


def test_whatever_a_process_keeps_has_a_reason() -> None:
    kept = {name for name in modules() if any(map(keeps, nodes(name)))}
    begun = {name for name, tree in modules().items() if any(map(begins_empty, tree.body))}
    assert {name for name in kept | begun if "/migrations/" not in name} == set(KEPT)
