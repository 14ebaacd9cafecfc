"""Reads the files of a knowledge base: each becomes an Article, or is refused with the reason and the remedy."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath
from types import MappingProxyType

from wellread.articles.anchors import slug
from wellread.articles.decoding import decode
from wellread.articles.file_patterns import ALL_FILES, FilePatterns
from wellread.articles.findings import Unfinished
from wellread.articles.kb_files import MAX_BYTES, checked_size, files_and_texts, read_bytes, shown
from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import divide
from wellread.articles.plaintext import parse_plaintext
from wellread.datatypes import Article, Note
from wellread.errors import ArticleError, ArticlesRefused, DraftFound, KnowledgeBaseError
from wellread.text.guessed_language import foreign_language

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
    for found in files_and_texts(kb, patterns.texts):
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
    file = shown(path, kb)
    refuse_unfinished(path.relative_to(kb), file)
    data = read_bytes(path, kb, file) if data is None else checked_size(data, file)
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


def _id_from(path: Path, file: str) -> str:
    parts = [slug(part) for part in path.with_suffix("").parts]
    if not all(parts):
        reason = "no id can be made of the file's path: a part of it has no letter and no digit"
        raise ArticleError(file, None, reason, "rename it")
    return "/".join(parts)


def _same_id(article: Article, first: Article) -> ArticleError:
    reason = f'the id "{article.id}" is that of {first.file} too'
    return ArticleError(article.file, None, reason, "rename one of the two files, or give one another id")
