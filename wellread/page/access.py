"""Who may reach a server: the names that it is known by, the sites that may embed it, and whose request is its own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from wellread.errors import WellreadError

HOSTS, FRAMES = "WELLREAD_HOSTS", "WELLREAD_FRAMES"
"""The settings' names in the environment; both hold words that spaces or commas part."""

_NAME = re.compile(r"(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_MORE = re.compile(r"[\s/\\?#@]")
"""What stands in an address beside its host and port, or is left out of it by those that read it."""

_SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may reach the page: `hosts` are names of it besides this machine's own, `frames` sites that may embed it."""

    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no name of a host, and no site; raises WellreadError."""
        for host in self.hosts:
            if not _NAME.fullmatch(host):
                raise WellreadError(f'"{host}" is not the name of a host', "write it as in health.example.org", HOSTS)
        for frame in self.frames:
            if not _SITE.fullmatch(frame):
                raise WellreadError(f'"{frame}" is not a site', "write it as in https://clinic.example.org", FRAMES)

    def knows(self, host: str) -> bool:
        """Tell whether a Host header names the server; a bare IP address is no name that a foreign site could own."""
        name = _host_name(f"//{host}")
        return name in ("localhost", *self.hosts) or _is_ip(name)

    def is_own(self, origin: str, host: str) -> bool:
        """Tell whether a request was made by the server's own page, in a browser that may see it through a proxy."""
        return is_same(origin, host) or _host_name(origin) in self.hosts


def is_same(origin: str, host: str) -> bool:
    """Tell whether an Origin header names the very host, and port, of a Host header."""
    return _netloc(origin) == host.lower()


def access() -> Access:
    """Who may reach the page, by the settings in the environment; raises WellreadError."""
    return Access(
        tuple(name.lower() for name in _words(os.environ.get(HOSTS, ""))),
        tuple(_words(os.environ.get(FRAMES, ""))),
    )


def _words(written: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", written) if word]


def _host_name(address: str) -> str:
    """The host of an address or of a Host header, without its port; "" where there is none."""
    if _MORE.search(address.partition("//")[2]):
        return ""
    try:
        parts = urlsplit(address)
        _ = parts.port  # read, it is checked
    except ValueError:
        return ""
    return (parts.hostname or "").rstrip(".")


def _netloc(origin: str) -> str | None:
    """The host of an origin with its port, in small letters."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
