"""The shipped proxy, nginx with cors/proxy, before whatever listens on a port."""

import datetime as dt
import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.product import BASE_DIR, free_port, wait_for

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TEMPLATE = BASE_DIR / "cors" / "proxy" / "portal.conf.template"
# The frame that the image and Debian have of their own, as talkative as it can be.
FRAME = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log info; {user}
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    sendfile on; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; gzip on;
    access_log {folder}/access.log; error_log {folder}/error.log info;
    include {folder}/portal.conf;
}}
"""


class Proxy:
    """nginx with the shipped configuration; `patience` shortens what it waits for slow clients."""

    def __init__(self, folder: Path, upstream: int, *, patience: str = "", pages: Path | None = None) -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        make_certificate(folder)
        text = filled(upstream=upstream, folder=folder, http=self.http, https=self.https)
        if pages:
            text = text.replace(f"root {folder / 'pages'};", f"root {pages};")
        if patience:
            text = re.sub(r"(client_(?:header|body)_timeout) \w+;", rf"\1 {patience};", text)
        (folder / "portal.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user))
        assert NGINX
        self.process = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
        wait_for(lambda: (folder / "nginx.pid").exists() or self.process.poll() is not None, what="nginx")
        assert self.process.poll() is None, (folder / "error.log").read_text()

    def trust(self) -> ssl.SSLContext:
        """Return a client's context that trusts this proxy's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def stop(self) -> None:
        """End nginx."""
        self.process.terminate()
        self.process.wait(20)


def filled(*, upstream: int, folder: Path, http: int, https: int) -> str:
    """Return the template as envsubst fills it in."""
    values = {
        "PORTAL_HOST": "localhost",
        "PORTAL_UPSTREAM": f"127.0.0.1:{upstream}",
        "PORTAL_HTTP_PORT": f"127.0.0.1:{http}",
        "PORTAL_HTTPS_PORT": f"127.0.0.1:{https}",
        "PORTAL_PAGES": str(folder / "pages"),
        "PORTAL_CERTIFICATE": str(folder / "fullchain.pem"),
        "PORTAL_CERTIFICATE_KEY": str(folder / "privkey.pem"),
    }
    return re.sub(r"\$\{(PORTAL_\w+)\}", lambda name: values[name[1]], TEMPLATE.read_text(encoding="utf-8"))


def make_certificate(folder: Path) -> None:
    """Write a key and a certificate that localhost has signed for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = built.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
