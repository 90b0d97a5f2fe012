"""TLS with a certificate made at start, for `localhost` and 127.0.0.1."""

import ssl
from pathlib import Path

import trustme


def self_signed_context(cert_out: Path | None) -> ssl.SSLContext:
    """Makes a certificate and writes what clients have to trust to a PEM file, if one is named."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    if cert_out:
        authority.cert_pem.write_to_path(cert_out)
    return context
