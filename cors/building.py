"""How the wheel is built: with pages, look and languages inside, these compiled, as nobody can do it later."""

import shutil
import sys
from pathlib import Path

from setuptools.command.build_py import build_py

# setuptools reads this module by its file, apart from its package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cors.catalogues import compile_catalogues
from cors.shipped import FOLDERS


class BuildPy(build_py):  # type: ignore[misc]
    """Copies the packages as ever, then what stands beside them."""

    def run(self) -> None:
        """Compile the languages and copy everything. Raises babel's PoFileError for a broken language."""
        compile_catalogues(Path("locale"))
        super().run()
        for name in FOLDERS:
            shutil.copytree(name, Path(self.build_lib) / "cors" / "shipped" / name, dirs_exist_ok=True)
