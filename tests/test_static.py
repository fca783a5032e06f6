"""What is served beside the pages: whole, ours, small, and allowed by the content security policy."""

import functools
import hashlib
import http.server
import re
import threading
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
VENDOR = STATIC / "vendor"
# The whole first page may weigh 60 KB compressed; this is what is left beside its own text and the mark-up.
FIRST_PAGE_FILES_KB = 48
# Every drawing that Bootstrap would take from a data: address, in every state that our mark-up can put it into.
WIDGETS = """
<input class="form-control is-invalid"><input class="form-control is-valid">
<textarea class="form-control is-invalid"></textarea><textarea class="form-control is-valid"></textarea>
<select class="form-select"><option>a</select><select class="form-select is-invalid"><option>a</select>
<select class="form-select is-valid"><option>a</select>
<select class="form-select is-invalid" size="1"><option>a</select>
<div class="form-check"><input class="form-check-input" type="checkbox" checked></div>
<div class="form-check"><input class="form-check-input is-invalid" type="checkbox" checked></div>
<div class="form-check"><input class="form-check-input" type="checkbox" id="between"></div>
<div class="form-check"><input class="form-check-input" type="radio" checked></div>
<div class="form-check form-switch"><input class="form-check-input" type="checkbox" checked></div>
<div class="form-check form-switch"><input class="form-check-input" type="checkbox" autofocus></div>
<button class="btn-close"></button>
<div class="navbar"><span class="navbar-toggler-icon"></span></div>
<div class="accordion"><button class="accordion-button">a</button></div>
<div class="accordion"><button class="accordion-button collapsed">a</button></div>
<span class="carousel-control-prev-icon"></span><span class="carousel-control-next-icon"></span>
"""


def test_vendored_files_are_the_ones_that_were_checked_in():
    listed = {}
    for line in (VENDOR / "CHECKSUMS.sha256").read_text().splitlines():
        digest, name = line.split(maxsplit=1)
        listed[name] = digest
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS.sha256"
    }
    assert found == listed


def test_every_vendored_folder_has_its_licence():
    assert [folder.name for folder in VENDOR.iterdir() if folder.is_dir() and not (folder / "LICENSE").exists()] == []


def test_our_files_ask_nothing_of_another_origin():
    ours = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"} and VENDOR not in path.parents]
    assert ours
    outside = re.compile(r"\bdata:[a-z]+/|@import|https?://(?!www\.w3\.org/2000/svg)|url\(\s*[\"']?//")
    assert {str(path): outside.findall(path.read_text()) for path in ours if outside.search(path.read_text())} == {}


def test_no_style_sheet_asks_for_a_data_address():
    assert [str(path) for path in STATIC.rglob("*.css") if re.search(r"url\([\"']?data:", path.read_text())] == []


def test_pages_hold_no_inline_style_or_script():
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:|\bdata:[a-z]+/", re.IGNORECASE)
    pages = [path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]
    assert pages
    assert {str(path): inline.findall(path.read_text()) for path in pages if inline.search(path.read_text())} == {}


def test_residents_forms_name_their_address():
    # Without one a browser keeps "#main" or "#id_name" of an earlier jump, and then moves no focus to the errors.
    pages = [path for path in TEMPLATES.rglob("*.html") if {"intake", "status", "components"} & set(path.parts)]
    forms = {str(path): re.findall(r"<form\b[^>]*>", path.read_text()) for path in pages}
    assert sum(map(len, forms.values())) > 10
    assert [name for name, tags in forms.items() for tag in tags if " action=" not in " ".join(tag.split())] == []


def test_collected_under_hashed_names(tmp_path):
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, STATICFILES_DIRS=[STATIC]):
        call_command("collectstatic", interactive=False, verbosity=0)
    collected = (tmp_path / "css").glob("portal.*.css")
    style = next(collected).read_text()
    assert re.findall(r"url\(\"\.\./img/down\.[0-9a-f]+\.svg\"\)", style)


@pytest.mark.parametrize("bootstrap", ["bootstrap.min.css", "bootstrap.rtl.min.css"])
def test_first_page_is_light(bootstrap):
    asked = [
        VENDOR / "bootstrap" / bootstrap,
        STATIC / "css" / "portal.css",
        STATIC / "js" / "leave.js",
        STATIC / "js" / "comfort.js",
        STATIC / "img" / "hills.svg",
        STATIC / "img" / "icon.svg",
    ]
    assert sum(len(brotli.compress(path.read_bytes())) for path in asked) <= FIRST_PAGE_FILES_KB * 1000


class _Guarded(http.server.SimpleHTTPRequestHandler):
    """Serve the files, and one page of widgets, under the portal's own policy."""

    def do_GET(self) -> None:
        direction = {"/ltr": "ltr", "/rtl": "rtl"}.get(self.path)
        if direction is None:
            super().do_GET()
            return
        bootstrap = "bootstrap.rtl.min.css" if direction == "rtl" else "bootstrap.min.css"
        page = (
            f'<!DOCTYPE html><html lang="en" dir="{direction}"><title>Widgets</title>'
            f'<link rel="icon" href="/img/icon.svg"><link rel="stylesheet" href="/vendor/bootstrap/{bootstrap}">'
            f'<link rel="stylesheet" href="/css/portal.css">{WIDGETS}'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Guarded, directory=str(STATIC)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_no_widget_reaches_for_a_data_address(address, browser):
    refused: list[str] = []
    for scheme in ("light", "dark"):
        for direction in ("ltr", "rtl"):
            page = browser.new_page(color_scheme=scheme)
            page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
            page.on("requestfailed", lambda request: refused.append(request.url[:100]))
            page.goto(f"{address}/{direction}", wait_until="networkidle")
            page.evaluate("document.getElementById('between').indeterminate = true")
            page.screenshot()  # a drawing is asked for only when it is painted
            page.close()
    assert refused == []
