"""Reads the files of a knowledge base: each becomes an Article, or is refused with the reason and the remedy."""

from __future__ import annotations

import os
import re
import shlex
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath
from types import MappingProxyType

from wellread.articles.anchors import slug
from wellread.articles.decoding import decode
from wellread.articles.file_patterns import ALL_FILES, FilePatterns
from wellread.articles.findings import Unfinished
from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import divide
from wellread.articles.plaintext import parse_plaintext
from wellread.datatypes import Article, Note
from wellread.errors import ArticleError, ArticlesRefused, DraftFound, KnowledgeBaseError
from wellread.text.guessed_language import foreign_language

MAX_BYTES = 5_000_000
"""An article larger than this is refused: it is a book, or no article at all."""

MAX_DEPTH = 100
"""Folders inside one another, at most: beyond that something went wrong, and in time Python cannot follow."""

MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", *MARKDOWN)

NOTHING: Mapping[str, Article] = MappingProxyType({})

Take = Callable[[Article, int, int], Article]
"""Called with each article as it is read, its number and how many there may be; returns what is to be kept of it."""


_ABOUT_THE_FOLDER = re.compile(
    r"readme(?:[-_. ].*)?|contributing|changelog|code_of_conduct|licen[cs]e|authors|maintainers|security|summary|todo"
    r"|pull_request_template|issue_template",
    re.IGNORECASE,
)
"""Names of files that are about the folder and not for its readers, as repositories of articles have them."""

_DRAFT_FOLDERS = ("_drafts", "drafts")


@dataclass(frozen=True, slots=True)
class Library:
    """What stands in a knowledge base: its articles by id, and the files that are none, by path below it.

    `drafts` are files that are never published. `left_out` are the files of articles that the patterns leave out, and
    `unmatched` the patterns that match no file.
    """

    articles: tuple[Article, ...]
    ignored: tuple[str, ...]
    drafts: tuple[Unfinished, ...] = ()
    left_out: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


def _whole(article: Article, number: int, files: int) -> Article:
    return article


def read_kb(kb: Path) -> tuple[Article, ...]:
    """Return every article below a folder, sorted by id; raises what `read_library` raises."""
    return read_library(kb).articles


def read_library(
    kb: Path,
    patterns: FilePatterns = ALL_FILES,
    known: Mapping[str, Article] = NOTHING,
    may_be_empty: bool = False,
    take: Take = _whole,
) -> Library:
    """Read every article below a folder, as `scan_library` does.

    Raises KnowledgeBaseError where the folder is missing, is not a folder or holds no article (unless
    `may_be_empty`), and ArticlesRefused with one error for every article that cannot be read.
    """
    library, errors = scan_library(kb, patterns, known, take)
    if errors:
        raise ArticlesRefused(errors)
    if not library.articles and not may_be_empty:
        which = f" that matches {' or '.join(patterns.include)}" if patterns.include else ""
        which += f" beside what is left out ({', '.join(patterns.exclude)})" if patterns.exclude else ""
        remedy = "put a .txt or .md file into it"
        if which:
            remedy = "look how the patterns are written, in the settings or in the command"
        raise KnowledgeBaseError(
            f"{kb} holds no article{which}", f"{remedy}, or say --allow-shrink to serve no article at all"
        )
    return library


def scan_library(
    kb: Path,
    patterns: FilePatterns = ALL_FILES,
    known: Mapping[str, Article] = NOTHING,
    take: Take = _whole,
) -> tuple[Library, tuple[ArticleError, ...]]:
    """Read every .txt, .md and .markdown file below a folder, name the other files, and what cannot be read.

    Drafts and files such as README.md are not read, and named. Hidden files and folders and editors' backup copies are
    passed over and not named, and other files that `patterns` exclude neither. A file whose bytes are those of the
    article that `known` has for it is not parsed: that article is returned.
    """
    _require_folder(kb)
    articles: dict[str, Article] = {}
    files: list[tuple[Path, str]] = []
    ignored: list[str] = []
    drafts: list[Unfinished] = []
    left_out: list[str] = []
    errors: list[ArticleError] = []
    seen: list[str] = []
    for found in _files_and_texts(kb, patterns.texts):
        if isinstance(found, ArticleError):
            errors += [] if patterns.left_out(found.file) else [found]
            continue
        path, name = found
        seen.append(name)
        if path.suffix.lower() not in SUFFIXES:
            ignored += [] if patterns.left_out(name) else [name]
        elif patterns.take(name):
            files.append(found)
        else:
            left_out.append(name)
    for number, (path, name) in enumerate(files, 1):
        try:
            data = patterns.texts.get(name)
            unchanged = _unchanged(path, known.get(name)) if data is None else None
            article = take(unchanged or read_article(path, kb, known, data), number, len(files))
        except DraftFound as draft:
            drafts.append(Unfinished(draft.file, draft.reason))
            continue
        except ArticleError as error:
            errors.append(error)
            continue
        if article.id in articles:
            errors.append(_same_id(article, articles[article.id]))
        else:
            articles[article.id] = article
    ordered = sorted(errors, key=lambda error: (error.file, error.line or 0))
    library = Library(
        tuple(articles[name] for name in sorted(articles)),
        tuple(sorted(ignored)),
        tuple(sorted(drafts)),
        tuple(sorted(left_out)),
        patterns.unmatched(seen),
    )
    return library, tuple(ordered)


def read_article(path: Path, kb: Path, known: Mapping[str, Article] = NOTHING, data: bytes | None = None) -> Article:
    """Read one file of a knowledge base, or return the article that `known` has for the same bytes of this file.

    `data` are the bytes to read in place of the file's, which need not be there.

    Raises ArticleError naming the file, the line and the remedy, and DraftFound for what is not to be published.
    """
    file = _shown(path, kb)
    refuse_unfinished(path.relative_to(kb), file)
    data = _read_bytes(path, kb, file) if data is None else _checked_size(data, file)
    digest = sha256(data).hexdigest()
    if file in known and known[file].sha256 == digest:
        return known[file]
    text = decode(data, file)
    if not text.strip():
        raise ArticleError(file, None, "the file is empty", "write the article, or delete the file")
    draft = (parse_markdown if path.suffix.lower() in MARKDOWN else parse_plaintext)(text, file)
    if not draft.title:
        title = title_from_name(path)
        message = f'the article gives itself no title: "{title}" is made of the file\'s name'
        note = Note(None, "title-from-name", message, 'write "# " before its title, or "title:" in the front matter')
        draft = replace(draft, title=title, notes=(*draft.notes, note))
    if not any(char.isalnum() for char in draft.title):
        reason = f'the title "{draft.title}" has no letter and no digit'
        raise ArticleError(file, None, reason, "give the article a title in words")
    sections = divide(draft)
    if not any(section.blocks for section in sections):
        raise ArticleError(file, None, "the article has a title but no text", "write its text, or delete the file")
    details, notes = draft.details, draft.notes
    language = details.language
    if not language:
        language, said = foreign_language(" ".join(block.text for section in sections for block in section.blocks))
        if said:
            code, remedy = ("guessed", "write its language, if that is wrong") if language else ("unsure", "write it")
            notes = (*notes, Note(None, f"language-{code}", f"the article names no language: {said[0]}", remedy))
    if details.warning and not any(section.role == "warning" and section.blocks for section in sections):
        reason = f'warning names no section that has text: "{details.warning}"'
        raise ArticleError(file, None, reason, "write the heading of the section as it stands in the article")
    return Article(
        id=details.id or _id_from(path.relative_to(kb), file),
        title=draft.title,
        sections=sections,
        file=file,
        sha256=digest,
        disclaimer=details.disclaimer,
        source=details.source,
        language=language,
        last_reviewed=details.last_reviewed,
        next_review=details.next_review,
        notes=notes,
    )


def _unchanged(path: Path, before: Article | None) -> Article | None:
    """The article that a file had before, where it is a plain file of the same bytes; else None."""
    try:
        if before is None or not stat.S_ISREG((status := path.lstat()).st_mode):
            return None
        # Not so many bytes as a file may have: a buffer of five megabytes for each takes three times as long.
        with path.open("rb", buffering=0) as stream:
            data = stream.read(min(status.st_size, MAX_BYTES) + 1)
    except OSError:
        return None
    return before if sha256(data).hexdigest() == before.sha256 else None


def title_from_name(path: Path) -> str:
    """The title of an article that gives itself none: its file's name in words."""
    words = " ".join(path.stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def refuse_unfinished(path: PurePath, file: str) -> None:
    """Raise DraftFound where the name of a file says that it is no finished article (`path` below the folder)."""
    stem = path.stem
    if stem.startswith("_") or stem.lower().endswith(".draft"):
        raise DraftFound(file, None, "a draft by its name", "rename it to publish it")
    folder = next((part for part in path.parts[:-1] if part.lower() in _DRAFT_FOLDERS), "")
    if folder:
        raise DraftFound(file, None, "in a folder of drafts", "move it out of the folder to publish it")
    if _ABOUT_THE_FOLDER.fullmatch(stem):
        raise DraftFound(file, None, "about the folder, by its name", "rename it to publish it")


def _require_folder(kb: Path) -> None:
    remedy = "name the folder that holds the articles, or make it: mkdir -p"
    if not kb.exists():
        raise KnowledgeBaseError(f"{kb} does not exist", f"{remedy} {kb}")
    if not kb.is_dir():
        raise KnowledgeBaseError(f"{kb} is not a folder", f"{remedy} FOLDER")


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is none of the knowledge base's: a hidden one, or an editor's backup."""
    return name.startswith(".") or name.endswith("~") or name[0] == name[-1] == "#"


def _files(kb: Path) -> Iterator[tuple[Path, str] | ArticleError]:
    """Yield the files below a folder in the order of their paths, and an error for a folder that cannot be read.

    A file is its path, and its path below the folder as text that can be printed.
    """
    unreadable: list[OSError] = []
    for root, folders, files in os.walk(kb, onerror=unreadable.append):
        here = Path(root)
        folder = "" if here == kb else f"{_shown(here, kb)}/"
        if len(here.parts) - len(kb.parts) > MAX_DEPTH:
            folders.clear()
            reason = f"more than {MAX_DEPTH} folders lie inside one another"
            yield ArticleError(folder[:40] + "…", None, reason, "move the articles up, and delete the folders")
            continue
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted([*files, *links]):
            if passed_over(name):
                continue
            if name in links and not _within(here / name, kb):
                yield _outside(here / name, kb)
            else:
                yield here / name, folder + _printable(name)
    for error in unreadable:
        folder = _shown(Path(error.filename), kb)
        yield ArticleError(
            folder,
            None,
            f"the folder cannot be read: {error.strerror}",
            f"make it readable: chmod u+rx {shlex.quote(str(error.filename))}",
        )


def _files_and_texts(kb: Path, texts: Mapping[str, bytes | None]) -> Iterator[tuple[Path, str] | ArticleError]:
    """Yield what `_files` does but for files without a text, and the paths of texts that no file has."""
    missing = {name for name, text in texts.items() if text is not None}
    for found in _files(kb):
        name = found.file if isinstance(found, ArticleError) else found[1]
        missing.discard(name)
        if texts.get(name, b"") is not None:
            yield found
    yield from ((kb / name, name) for name in sorted(missing))


def _read_bytes(path: Path, kb: Path, file: str) -> bytes:
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in str(path.relative_to(kb))):
        reason = "the file's name holds characters that cannot be shown"
        raise ArticleError(file, None, reason, "rename the file")
    try:
        if not _within(path, kb):
            raise _outside(path, kb)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(file, None, "this is not a regular file", "replace it by the article itself")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        reason = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        raise ArticleError(file, None, reason, f"look at it with: ls -l {shlex.quote(str(path))}") from None
    return _checked_size(data, file)


def _checked_size(data: bytes, file: str) -> bytes:
    if len(data) > MAX_BYTES:
        reason = f"the file is larger than {MAX_BYTES:,} bytes"
        raise ArticleError(file, None, reason, "divide it into several articles")
    return data


def _within(path: Path, kb: Path) -> bool:
    return path.resolve().is_relative_to(kb.resolve())


def _outside(path: Path, kb: Path) -> ArticleError:
    file = _shown(path, kb)
    return ArticleError(file, None, "the link leads out of the knowledge base", "replace it by a copy of the article")


def _id_from(path: Path, file: str) -> str:
    parts = [slug(part) for part in path.with_suffix("").parts]
    if not all(parts):
        reason = "no id can be made of the file's path: a part of it has no letter and no digit"
        raise ArticleError(file, None, reason, "rename it")
    return "/".join(parts)


def _same_id(article: Article, first: Article) -> ArticleError:
    reason = f'the id "{article.id}" is that of {first.file} too'
    return ArticleError(article.file, None, reason, "rename one of the two files, or give one another id")


def _shown(path: Path, kb: Path) -> str:
    """Return a path below the knowledge base as text that can be printed, whatever bytes the name has."""
    return _printable(path.relative_to(kb).as_posix())


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
