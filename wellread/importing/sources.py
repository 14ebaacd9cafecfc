"""Remembers where articles were imported from: a small file beside the folder of the articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from wellread.errors import WellreadError
from wellread.files import write_whole


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """What is known of a page that was imported.

    `article` is the article's path below the folder of the articles, and `sha256` of its bytes as they were written.
    `etag` and `last_modified` are the host's marks of the page; `sitemap` named it, or "".
    """

    article: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    sitemap: str = ""


def sources_file(kb: Path) -> Path:
    """The file that remembers: `kb-sources.json` beside `kb`."""
    whole = kb.absolute()
    return whole.parent / f"{whole.name}-sources.json"


def read_sources(kb: Path) -> dict[str, ImportedPage]:
    """What is remembered, by address; nothing where the file is missing.

    Raises:
        WellreadError: the file is damaged.
    """
    file = sources_file(kb)
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    try:
        return {str(address): ImportedPage(**known) for address, known in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise WellreadError("it cannot be read", "delete it: then no page counts as imported", file) from error


def write_sources(kb: Path, known: Mapping[str, ImportedPage]) -> None:
    """Write what is known, whole or not at all, in the order of the addresses."""
    content = {address: asdict(page) for address, page in sorted(known.items())}
    write_whole(sources_file(kb), f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode(), replace=True)
