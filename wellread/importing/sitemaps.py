"""Reads sitemaps (sitemaps.org, version 0.9): the addresses of a site's pages, of one host."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from wellread.errors import WellreadError
from wellread.importing.fetching import Fetcher
from wellread.importing.hosts import host_of

MAX_ADDRESSES = 2_000
"""Addresses of a sitemap at most: at one a second that is more than half an hour."""

MAX_SITEMAPS = 50
"""Sitemaps that an index of them may name, at most."""

_MAX_UNPACKED = 50_000_000
"""Bytes of one sitemap at most (sitemaps.org)."""


_DEEPEST = 100
"""Elements inside one another at most: a sitemap has 3, with what search engines add 5."""

_PIECE = 1 << 16
_LONGEST_TAG = 1_000_000
"""Bytes that are given to the parser at once, and those of a tag at most, which the parser holds whole."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses that a sitemap names on its own host, in its order, and how many it names elsewhere.

    `bad` are the places in it that are no addresses of the web, as they are written.
    """

    addresses: tuple[str, ...]
    elsewhere: int
    bad: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """What of the sitemap is not imported, as an editor reads it."""
        notes = []
        if self.elsewhere:
            notes.append(f"the sitemap names other hosts too, whose pages are not imported ({self.elsewhere})")
        if self.bad:
            more = ", …" if len(self.bad) > 3 else ""
            what = f"the sitemap has entries that are no whole address, tell its owner ({len(self.bad)})"
            notes.append(f"{what}: {_named(self.bad[:3])}{more}")
        return tuple(notes)


def read_sitemap(address: str, fetcher: Fetcher) -> Sitemap:
    """Read a sitemap, or an index of sitemaps and those that it names; a plain list of addresses is one too.

    Raises:
        WellreadError: it cannot be fetched, is no sitemap, or names too many addresses.
    """
    host = host_of(address)
    named, indexed = _read(address, fetcher)
    if len(indexed) > MAX_SITEMAPS:
        raise WellreadError(f"the index names more than {MAX_SITEMAPS} sitemaps", "name one of them", address)
    for inner in indexed:
        named += _read(inner, fetcher)[0] if host_of(inner) == host else [inner]
    hosts = {one: host_of(one) for one in named}
    here = [one for one in hosts if hosts[one] == host]
    found = Sitemap(
        tuple(here),
        sum(other not in ("", host) for other in hosts.values()),
        tuple(one for one in hosts if not hosts[one]),
    )
    if not here:
        more = f", and {len(found.bad)} that are no whole address, such as {_named(found.bad[:1])}" if found.bad else ""
        raise WellreadError(f"the sitemap names no page of its own host{more}", "name the pages themselves", address)
    if len(here) > MAX_ADDRESSES:
        reason = f"the sitemap names {len(here):,} pages, more than {MAX_ADDRESSES:,}"
        raise WellreadError(reason, "name a smaller sitemap, or the pages themselves", address)
    return found


def _read(address: str, fetcher: Fetcher) -> tuple[list[str], list[str]]:
    """The pages and the sitemaps that a sitemap names."""
    answer = fetcher.fetch(address)
    if answer.status != 200:
        raise WellreadError(f"there is no sitemap ({answer.status})", "look into the site's robots.txt", address)
    data = answer.body
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, _MAX_UNPACKED)
        except zlib.error as error:
            raise _no_sitemap(address, str(error)) from error
    text = data.lstrip()
    if not text.startswith((b"<", b"\xef\xbb\xbf<")):
        lines = data.decode("utf-8", "replace").split()
        if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
            raise _no_sitemap(address, "it is neither XML nor a list of addresses")
        return lines, []
    try:
        found = _parse(data)
    except (ElementTree.ParseError, ValueError) as error:
        raise _no_sitemap(address, str(error)) from error
    return found["url"], found["sitemap"]


def _parse(data: bytes) -> dict[str, list[str]]:
    """The addresses in a sitemap's XML by the kind of their entries; raises ParseError and ValueError."""
    entries = _Entries()
    parser = ElementTree.XMLParser(target=entries)  # noqa: S314 - a document type, which defines entities, is refused
    silent = 0
    for start in range(0, len(data), _PIECE):
        met = entries.met
        parser.feed(data[start : start + _PIECE])
        silent = silent + 1 if entries.met == met else 0
        if silent * _PIECE > _LONGEST_TAG:
            raise ValueError(f"a tag in it is longer than {_LONGEST_TAG:,} bytes")
    parser.close()
    return entries.found


class _Entries:
    """What the parser tells of a sitemap: of a tree of all its elements, millions would take the memory."""

    def __init__(self) -> None:
        self.found = {"url": list[str](), "sitemap": list[str]()}
        self.met = 0
        self._open: list[str] = []
        self._located = False
        self._text: list[str] | None = None

    def doctype(self, name: str, public: str, system: str) -> None:
        raise ValueError("it has a document type")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.met += 1
        name = tag.rpartition("}")[2]
        if not self._open and name not in ("urlset", "sitemapindex"):
            raise ValueError("it has neither <urlset> nor <sitemapindex>")
        self._keep()
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            raise ValueError(f"its elements lie more than {_DEEPEST} deep inside one another")
        if len(self._open) == 2 and name in self.found:
            self.found[name].append("")
            self._located = False
        elif len(self._open) == 3 and name == "loc" and self._open[1] in self.found and not self._located:
            self._located = True
            self._text = []

    def data(self, text: str) -> None:
        self.met += 1
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        self.met += 1
        self._keep()
        self._open.pop()

    def close(self) -> None:
        pass

    def _keep(self) -> None:
        if self._text is not None:
            self.found[self._open[1]][-1] = "".join(self._text).strip()
            self._text = None


def _named(places: Sequence[str]) -> str:
    return ", ".join(f'"{one[:100]}"' for one in places)


def _no_sitemap(address: str, why: str) -> WellreadError:
    return WellreadError(f"this is no sitemap: {why}", "name the address of a sitemap.xml", address)
