"""Fingerprints of Wellread's own code, without comments: a change of the code changes them, a comment does not."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent


def package_files(name: str, without: Iterable[str] = (), suffixes: Iterable[str] = (".py",)) -> Iterator[Path]:
    """The files of a package of Wellread in the order of their names, but for some modules."""
    left_out = {*without}
    for file in sorted((PACKAGE / name).iterdir()):
        if file.suffix in suffixes and file.stem not in left_out:
            yield file


def fingerprint_of(files: Iterable[Path]) -> str:
    """Hash what modules do and what data files hold: SHA-256 in hexadecimal digits.

    Of a module, its syntax tree without docstrings counts, so that comments and layout change nothing. Every run and
    every platform of one minor version of Python gives the same; another version may give another.
    """
    whole = hashlib.sha256()
    for file in files:
        content = _meaning(file.read_bytes()) if file.suffix == ".py" else file.read_bytes()
        whole.update(f"{file.relative_to(PACKAGE).as_posix()}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def _meaning(source: bytes) -> bytes:
    """A module's syntax tree, written out; `ast.dump` would take twice as long, at every command that publishes."""
    return "\0".join(_written(ast.parse(source))).encode("utf-8", "surrogatepass")


def _written(node: ast.AST) -> Iterator[str]:
    yield type(node).__name__
    for _, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield from _written(value)
        elif isinstance(value, list):
            yield "["
            for item in value:
                if not isinstance(item, ast.AST):
                    yield repr(item)
                elif not _says_only(item):
                    yield from _written(item)
            yield "]"
        else:
            yield repr(value)


def _says_only(statement: ast.AST) -> bool:
    """Whether a statement is a string and nothing else: a docstring, of whatever it stands at."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
