"""Where a library lies in Milvus, as a setting or the environment says it; the token is in the environment alone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from wellread.errors import SettingsError

ENGINES = ("files", "milvus")
"""What may keep the generations that readers ask."""

ENGINE_VARIABLE = "WELLREAD_ENGINE"
URI_VARIABLE = "WELLREAD_MILVUS_URI"
TOKEN_VARIABLE = "WELLREAD_MILVUS_TOKEN"  # noqa: S105 - the name of a variable

USUAL_NAME = "wellread"
"""The name of a library whose address gives none."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EXAMPLE = 'uri = "http://milvus.example.org:19530"'


@dataclass(frozen=True, slots=True)
class Place:
    """The address of a Milvus server, and the library's name there: its collections begin with it."""

    address: str
    name: str = USUAL_NAME

    def __str__(self) -> str:
        return f"{self.address}/{self.name}"


def token() -> str:
    """The token, or user:password, that the server wants; "" where it wants none."""
    return os.environ.get(TOKEN_VARIABLE, "")


def place_of(engine: str, uri: str) -> Place | None:
    """The place in Milvus that two settings name, or None where generations are in files.

    Raises:
        SettingsError: there is no such engine, or the address is none.
    """
    if engine not in ENGINES:
        raise SettingsError(f"there is no engine {engine}", f"write one of {', '.join(ENGINES)}", "engine")
    place = read_uri(uri) if uri or engine == "milvus" else None
    return place if engine == "milvus" else None


def read_uri(uri: str) -> Place:
    """The place that an address such as http://milvus.example.org:19530/health names; raises SettingsError.

    >>> str(read_uri("http://127.0.0.1:19530"))
    'http://127.0.0.1:19530/wellread'
    """
    try:
        parts = urlsplit(uri.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise SettingsError(f"no address ({error})", f"write {_EXAMPLE}", "uri") from error
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise SettingsError(
            "the address holds more than a server and a library's name",
            f"write {_EXAMPLE}; put a token, or user:password, into the environment's {TOKEN_VARIABLE}",
            "uri",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("that is no address of a Milvus server", f"write {_EXAMPLE}", "uri")
    name = parts.path.strip("/") or USUAL_NAME
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} is no name for a library in Milvus",
            "write a small letter, then at most 39 small letters, digits and _",
            "uri",
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Place(f"{parts.scheme}://{host}{port}", name)


def place_used(engine: str, uri: str) -> Place | None:
    """The same where the environment counts before the settings; raises SettingsError."""
    return place_of(os.environ.get(ENGINE_VARIABLE) or engine, os.environ.get(URI_VARIABLE) or uri)


def place_in_environment() -> Place | None:
    """The place that the environment names, or None where it names none, or the files; raises SettingsError."""
    return place_used("files", "")
