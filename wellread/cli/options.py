"""What the commands share: how a command is added, common options, and the types of their values."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wellread.commands import DEFAULT_INDEX, DEFAULT_KB
from wellread.errors import SettingsError

if TYPE_CHECKING:
    from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
    from wellread.publishing.policy import SettingsUsed

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


class Command(Protocol):
    """What each module of a command offers."""

    def add_parser(self, commands: Commands) -> argparse.ArgumentParser:
        """Add the command, with its help and options, to the others."""

    def run(self, options: argparse.Namespace) -> int:
        """Do what the options ask for; gives the exit status, or raises WellreadError."""


@dataclass(frozen=True, slots=True)
class Help:
    """What `--help` says of a command: a line in the list of all, what it does, examples, how it ends well."""

    summary: str
    description: str
    examples: str
    done: str


def add_command(commands: Commands, name: str, texts: Help) -> argparse.ArgumentParser:
    """Add a command whose help has the same form as every other's; all of them take --json."""
    status = f"exit status: 0 if {texts.done}; 1 if not, and it says why; 2 if the command is wrong\n"
    parser = commands.add_parser(
        name,
        help=texts.summary,
        description=texts.description,
        epilog=f"examples:\n{texts.examples}\n{status}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print JSON, errors too")
    parser.set_defaults(parser=parser)
    return parser


def add_places(
    parser: argparse.ArgumentParser, shown: Sequence[str] = ("kb", "index", "model", "engine", "uri")
) -> None:
    """Add --kb, --index, --model, --engine and --uri, of which a command's help shows those that it uses.

    Every command takes all of them, so that a script can give each the same. Where one is left out, the environment and
    then the usual name count.
    """
    places: dict[str, tuple[Callable[[str], object], object, str, str]] = {
        "kb": (Path, DEFAULT_KB, "DIR", "folder of the articles (kb)"),
        "index": (
            Path,
            Path(os.environ.get("WELLREAD_INDEX") or DEFAULT_INDEX),
            "DIR",
            "folder of the index ($WELLREAD_INDEX, or index)",
        ),
        "model": (
            str,
            os.environ.get("WELLREAD_MODEL"),
            "NAME",
            "a sentence-transformers model: a folder, or a hub id OWNER/NAME ($WELLREAD_MODEL, or the built-in one)",
        ),
        "engine": (str, None, "NAME", "where readers ask: files or milvus ($WELLREAD_ENGINE, or files)"),
        "uri": (
            str,
            None,
            "URI",
            "the library in Milvus, http://HOST:PORT or http://HOST:PORT/NAME ($WELLREAD_MILVUS_URI)",
        ),
    }
    for name, (kind, usual, metavar, text) in places.items():
        parser.add_argument(
            f"--{name}", type=kind, default=usual, metavar=metavar, help=text if name in shown else argparse.SUPPRESS
        )


def add_reranker(parser: argparse._ActionsContainer) -> None:
    """Add --reranker; where it is left out, the environment counts."""
    parser.add_argument(
        "--reranker",
        metavar="NAME",
        help="a cross-encoder that orders the first passages: a folder, or a hub id ($WELLREAD_RERANKER, or none)",
    )


def add_patterns(parser: argparse._ActionsContainer) -> None:
    """Add --include and --exclude, patterns of the articles to read and to leave out."""
    for option, text in (
        ("--include", 'read only the articles whose path below kb/ matches, such as "heart/*" (may be repeated)'),
        ("--exclude", 'leave out the articles whose path matches, such as "drafts" (may be repeated)'),
    ):
        parser.add_argument(option, action="append", default=[], metavar="PATTERN", help=text)


def use_engine(options: argparse.Namespace) -> None:
    """Put into the environment, where readers look, which engine the options or the library's settings name.

    Of each of the two, the engine and its address, the option counts before the environment, and that before the
    settings.
    """
    from wellread.index.milvus.place import ENGINE_VARIABLE, URI_VARIABLE
    from wellread.settings import read_settings

    engine = options.engine or ("milvus" if options.uri else os.environ.get(ENGINE_VARIABLE))
    uri = options.uri or os.environ.get(URI_VARIABLE)
    if not engine or (engine == "milvus" and not uri):
        with suppress(SettingsError):  # said by the commands that publish; who asks may not even have the folder
            settings = read_settings(options.kb)
            engine, uri = engine or settings.engine, uri or settings.uri
    if engine and (options.engine or engine != "files"):  # files are usual: settings that change later may say another
        os.environ |= {ENGINE_VARIABLE: engine, URI_VARIABLE: uri or ""}


SETTINGS_OPTIONS = ("include", "exclude", "judgments", "tolerance", "keep", "workers", "ray", "engine", "uri")
"""The options that say what a library's settings say too, by the settings' names."""


def settings_of(options: argparse.Namespace) -> SettingsUsed:
    """The settings of the library of --kb, with what the options say over them; raises SettingsError."""
    from wellread.publishing.policy import settings_used

    typed = {name: getattr(options, name, None) for name in SETTINGS_OPTIONS}
    said = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in typed.items()
        if value is not None and value != []
    }
    return settings_used(options.kb, said)


def add_keep(parser: argparse._ActionsContainer) -> None:
    """Add --keep, how many generations stay on the disk; the package's own number where it is left out."""
    parser.add_argument("--keep", type=whole_number, metavar="N", help="generations to keep (5)")


def encoder_of(options: argparse.Namespace) -> SentenceTransformerEncoder:
    """The model that --model names, or the built-in one."""
    from wellread.encoders.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEncoder

    return SentenceTransformerEncoder(options.model or DEFAULT_MODEL)


def whole_number(word: str) -> int:
    """A whole number from 1 on, for argparse."""
    if word.isdecimal() and int(word) >= 1:
        return int(word)
    raise argparse.ArgumentTypeError(f'"{word}" is not a whole number from 1')


def share(word: str) -> float:
    """A number from 0 to 1, for argparse."""
    with suppress(ValueError):
        if 0 <= (number := float(word)) <= 1:
            return number
    raise argparse.ArgumentTypeError(f'"{word}" is not a number from 0 to 1')


def reason(word: str) -> str:
    """A reason in words, for argparse."""
    if not word.strip():
        raise argparse.ArgumentTypeError("a reason in words is needed")
    return word.strip()
