"""Tells the hosts of addresses apart, and writes addresses as they are asked for."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urlsplit

from wellread.errors import WellreadError
from wellread.importing.links import SAFE

_SAFE = SAFE + "()"
_PORTS = {"http": 80, "https": 443}
_NO_HOST = re.compile(r"[\s<>\"\\^`{|}%,;]")


def host_of(address: str) -> str:
    """The host of an address as the network names it, with a port that is not the usual one; "" for no address.

    >>> host_of("https://Example.org:8080/cough"), host_of("https://bücher.example:443/"), host_of("/cough")
    ('example.org:8080', 'xn--bcher-kva.example', '')
    """
    try:
        return _host(_split(address))
    except ValueError:
        return ""


def origin_of(address: str) -> str:
    """The scheme and the host of an address; raises WellreadError where it is none of the web's."""
    try:
        parts = _split(address)
        return f"{parts.scheme.lower()}://{_host(parts)}"
    except ValueError as error:  # half a bracket, or a port or a name that is none
        raise no_address() from error


def asked_for(address: str) -> str:
    """An address as a browser asks for it: umlauts and spaces in their codes, a host's name in ASCII (RFC 5891).

    >>> asked_for("https://bücher.example/Röteln heute")
    'https://xn--bcher-kva.example/R%C3%B6teln%20heute'
    """
    scheme, slashes, rest = address.partition("://")
    netloc = urlsplit(address).netloc
    if not netloc.isascii() or "%" in netloc:
        rest = _host(_split(address)) + rest[len(netloc) :]
    return quote(f"{scheme}{slashes}{rest}", safe=_SAFE)


def page_key(address: str) -> str:
    """What all spellings of one page's address have in common: capitals, umlauts and the usual port do not count.

    >>> page_key("https://Bücher.example:443/Röteln") == page_key("https://xn--bcher-kva.example/R%C3%B6teln")
    True
    """
    try:
        parts = _split(address)
        return asked_for(
            parts._replace(scheme=parts.scheme.lower(), netloc=_host(parts), path=parts.path or "/").geturl()
        )
    except ValueError:  # no address, or none that can be asked for
        return address


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host; from http to https on their usual ports is the same host."""
    first, second = urlsplit(origin_of(one)), urlsplit(origin_of(other))
    return first.netloc == second.netloc and (first.scheme == second.scheme or _up(first, second))


def no_address() -> WellreadError:
    """The error for what is no address of the web."""
    return WellreadError("it is no address of the web", "write it whole, as https://example.org/page")


def _up(first: SplitResult, second: SplitResult) -> bool:
    return (first.scheme, second.scheme, first.port) == ("http", "https", None)


def _split(address: str) -> SplitResult:
    """The parts of an address; raises ValueError where it is none of the web's."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in _PORTS or not parts.hostname or parts.port == 0:
        raise ValueError(address)
    return parts


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii() or "%" in name:
        import idna

        name = idna.encode(unquote(name), uts46=True).decode("ascii")
    if _NO_HOST.search(name):
        raise ValueError(name)
    usual = parts.port in (None, _PORTS[parts.scheme.lower()])
    return name if usual else f"{name}:{parts.port}"
