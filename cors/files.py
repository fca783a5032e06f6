"""Where residents' files and exports lie, read from the environment: a folder, or a bucket of an S3-like service."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

from cors import environment as env
from cors.shipped import AT_HOME

HOW = "FILES_URL must be s3://bucket/prefix?endpoint=https://host:port&region=name; all but the bucket may be left out."


def stored(url: str) -> dict[str, Any]:
    """Return Django's entry for the store. Raises ImproperlyConfigured."""
    if not url:
        return {"BACKEND": "reports.files.folder.Folder"}
    try:
        parts, asked = urlsplit(url), parse_qs(urlsplit(url).query, strict_parsing=bool(urlsplit(url).query))
        fits = parts.scheme == "s3" and parts.hostname == parts.netloc and not set(asked) - {"endpoint", "region"}
    except ValueError:
        fits = False
    if not fits:
        raise ImproperlyConfigured(HOW)
    return {"BACKEND": "reports.files.bucket.Bucket", "OPTIONS": _options(parts.netloc, parts.path.strip("/"), asked)}


def _options(bucket: str, prefix: str, asked: dict[str, list[str]]) -> dict[str, Any]:
    endpoint, region = (asked.get(name, [""])[0] or None for name in ("endpoint", "region"))
    return {
        "bucket_name": bucket,
        "location": prefix,
        "endpoint_url": endpoint,
        "region_name": region,
        # A service of one's own rarely has a host name for each bucket.
        "by_path": bool(endpoint),
        # Without these boto3 looks where it always does: the machine's own role among others.
        "access_key": env.secret("FILES_ACCESS_KEY", how="", default="") or None,
        "secret_key": env.secret("FILES_SECRET_KEY", how="", default="") or None,
        "querystring_auth": False,
    }


VAR_DIR = Path(env.text("VAR_DIR", default=str(AT_HOME / "var")))
FILES_URL = env.text("FILES_URL", default="")
# Where they lie without FILES_URL, sealed: a folder that web and worker share.
FILES_DIR = Path(env.text("FILES_DIR", default=str(VAR_DIR / "files")))
FILES_STORAGE = stored(FILES_URL)
