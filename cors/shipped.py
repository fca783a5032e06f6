"""Where pages, look and languages lie: at the top of a checkout, inside the package where it is installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
# What a checkout has at its top and a wheel in `cors/shipped`.
FOLDERS = ("templates", "static", "locale")
IS_CHECKOUT = (CHECKOUT / "manage.py").is_file() and (CHECKOUT / "templates").is_dir()
SHIPPED = CHECKOUT if IS_CHECKOUT else PACKAGE / "shipped"
# Where this process may write, unless it is told: never among installed packages.
AT_HOME = CHECKOUT if IS_CHECKOUT else Path.cwd()
