"""Language catalogues: .po files in the repository, .mo files made from them where gettext is not installed."""

import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile every .po beneath FOLDER whose .mo is missing or older; return the compiled ones.

    Fuzzy translations are left out, as msgfmt does. Raises babel's PoFileError for a broken file.
    """
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if is_stale(source)]
    for source in stale:
        compile_one(source)
    return stale


def is_stale(source: Path) -> bool:
    """Tell whether the .mo of this .po is missing or older."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> None:
    """Write the .mo of one .po whole, as a running web process may read it meanwhile."""
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".mo.new", delete=False) as fresh:
        write_mo(fresh, catalogue)
    whole = Path(fresh.name)
    whole.chmod(0o644)
    whole.replace(source.with_suffix(".mo"))
