"""The environment's own certificate: policies that the emulator enforces require TLS."""

from pathlib import Path

import trustme

CA_FILE = "ca.pem"
CERTIFICATE_FILE = "certificate.pem"
KEY_FILE = "key.pem"


def make_certificate(folder: Path) -> None:
    """Write an authority, and its certificate for this machine with the key; only the user may read them."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA(organization_name="Thermocline offline")
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    _write(folder / CA_FILE, authority.cert_pem.bytes())
    _write(folder / CERTIFICATE_FILE, b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    _write(folder / KEY_FILE, certificate.private_key_pem.bytes())


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
