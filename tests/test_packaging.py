"""What a release is made of: one version, a wheel with everything in it, licences, a bill of materials."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from cors import sbom
from cors.shipped import FOLDERS
from cors.version import VERSION, version
from tests.product import clean_environment
from tests.sources import BASE_DIR

PACKAGES = ("cors", "accounts", "reports")
INSTALLED = dict.fromkeys(("SECRET_KEY", "KEYRING"), "x" * 60) | {
    "DEBUG": "False",
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "postgresql://nobody/nowhere",
    "REDIS_URL": "redis://nowhere",
}
SAYS = """
import sys, django; django.setup()
from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext, override
from reports.catalogue.reader import read
from reports.paper.typeset import fonts
get_template("base.html")
fonts()
with override("es"):
    assert gettext("Online reports") == "Reportes por internet", gettext("Online reports")
assert len(read(settings.CATALOGUE_DIR).report_types) == 15
from django.contrib.staticfiles.finders import find
assert find("css/portal.css")
from cors.version import VERSION
print(VERSION, settings.VAR_DIR, sys.modules["cors"].__file__)
"""


def tracked() -> list[str]:
    """Return what git knows, but for what was deleted just now."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.splitlines() if (BASE_DIR / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from git's files alone and without a network."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked():
        if name.startswith(
            (*(f"{each}/" for each in (*PACKAGES, *FOLDERS)), "pyproject", "CHANGELOG", "requirements.in")
        ):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(BASE_DIR / name, source / name)
    (source / "LICENSE").write_bytes((BASE_DIR / "LICENSE").read_bytes())
    (source / "manage.py").write_bytes((BASE_DIR / "manage.py").read_bytes())
    command = [
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--quiet",
        "-w",
        str(made),
        str(source),
    ]
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = made.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    command = ["pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    return folder


def installed(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python outside of every checkout, with the installed portal."""
    environment = clean_environment(**INSTALLED, PYTHONPATH=str(site))
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, *words], cwd=site.parent, env=environment, capture_output=True, text=True, check=False
    )


def test_the_version_is_the_changelogs(wheel: Path) -> None:
    headings = re.findall(r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == VERSION == version()
    assert wheel.name == f"cors_portal-{VERSION}-py3-none-any.whl"
    assert not re.search(r'^version = "', (BASE_DIR / "pyproject.toml").read_text(), re.MULTILINE)


def test_the_wheel_holds_what_git_holds_and_the_compiled_languages(wheel: Path) -> None:
    found = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    ours = {name for name in tracked() if name.startswith(tuple(f"{each}/" for each in PACKAGES))}
    beside = {f"cors/shipped/{name}" for name in tracked() if name.startswith(tuple(f"{each}/" for each in FOLDERS))}
    compiled = {name.removesuffix(".po") + ".mo" for name in beside if name.endswith(".po")}
    about = {name for name in found if ".dist-info/" in name}
    assert found - about == ours | beside | compiled
    assert len(compiled) == 16
    assert any(name.endswith("licenses/LICENSE") for name in about)


def test_it_serves_from_outside_a_checkout(site: Path) -> None:
    said = installed(site, "-c", "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cors.settings'\n" + SAYS)
    assert said.returncode == 0, said.stderr
    number, var, place = said.stdout.split()
    assert (number, var, place) == (VERSION, str(site.parent / "var"), str(site / "cors" / "__init__.py"))


def test_its_command_checks_the_installation(site: Path) -> None:
    said = installed(site, str(site / "bin" / "cors"), "check")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("System check identified no issues")


# --- Licences ------------------------------------------------------------------
# Folders in which all is ours, though one might take it for others' work.
VENDORED = re.compile(r"(^|/)(vendor/[^/]+|fonts|tables|naughty_strings)(/|$)")
LICENCE_NAMES = {"LICENSE", "OFL.txt"}


def rows() -> list[tuple[str, str, str, str, str]]:
    return sbom.ROW.findall((BASE_DIR / "docs" / "licences.md").read_text(encoding="utf-8"))


def vendored_folders() -> set[str]:
    """Return the folders that hold copies from others, by their names; build products do not count."""
    found = (VENDORED.search(name) for name in tracked() if not name.endswith((".py", "README.md", "CHECKSUMS.sha256")))
    return {match.string[: match.end(2)] for match in found if match}


def test_every_vendored_folder_is_listed_with_its_licence() -> None:
    listed = {folder: text for folder, _what, _version, _spdx, text in rows()}
    assert set(listed) == vendored_folders()
    assert [folder for folder, text in listed.items() if not text.startswith(f"{folder}/")] == []
    assert [
        text for text in listed.values() if Path(text).name not in LICENCE_NAMES or not (BASE_DIR / text).is_file()
    ] == []


def test_a_vendored_folder_without_a_row_would_be_found() -> None:
    found = VENDORED.search("static/vendor/leaflet/leaflet.js")
    assert found
    assert found.string[: found.end(2)] not in {folder for folder, *_more in rows()}


def test_the_licence_is_apache() -> None:
    text = (BASE_DIR / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert 'license = "Apache-2.0"' in (BASE_DIR / "pyproject.toml").read_text()


# --- The bill of materials --------------------------------------------------------
def test_the_bill_is_cyclonedx_and_the_same_each_time() -> None:
    said = subprocess.run([sys.executable, "-m", "cors.sbom"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(said.stdout) is None
    assert json.loads(said.stdout) == sbom.bill()


def test_the_bill_holds_every_locked_package_with_hashes_and_every_copy() -> None:
    locked = re.findall(r"^([\w.-]+)(?:\[.*\])?==", (BASE_DIR / "requirements.txt").read_text(), re.MULTILINE)
    components = sbom.bill()["components"]
    packages = [each for each in components if "purl" in each]
    assert [each["name"] for each in packages] == locked
    assert [each["name"] for each in packages if not each["hashes"]] == []
    assert {each["bom-ref"] for each in components} - {each["purl"] for each in packages} == {
        f"vendored:{folder}" for folder in vendored_folders()
    }


def test_what_is_shipped_is_what_the_image_copies() -> None:
    assert yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]["web"]["build"] == "."
    assert set(FOLDERS) <= set(re.findall(r"^COPY (\w+) ", (BASE_DIR / "Dockerfile").read_text(), re.MULTILINE))
