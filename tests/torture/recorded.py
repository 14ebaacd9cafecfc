"""What some work did to a folder, call by call, as `strace` saw it: for disks that lose what was not made durable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from torture.children import Child
from torture.tracing import traced


@dataclass(eq=False)
class File:
    """A file whatever its name; `content` is what was durable from the beginning."""

    content: bytes = b""


@dataclass(frozen=True)
class Write:
    """Bytes were written into a file."""

    file: File
    start: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """A file got another size."""

    file: File
    size: int


@dataclass(frozen=True)
class Sync:
    """What was written into a file, or the names in a folder, were made durable."""

    of: File | str


@dataclass(frozen=True)
class Name:
    """A name came, went or changed: `file` is what is new at `to`, or None for a folder; `gone` is what went."""

    to: str = ""
    file: File | None = None
    gone: str = ""

    @property
    def folders(self) -> set[str]:
        """The folders in which that is."""
        return {str(Path(path).parent) for path in (self.to, self.gone) if path}


Step = Write | Resize | Sync | Name

_CALLS = "openat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,mkdir,unlink,unlinkat,rmdir"
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (\d+)(?:<(.*)>)?$")
_DESCRIPTOR = re.compile(r"(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def record(work: Callable[[], object], folder: Path) -> list[Step]:
    """Do some work in a child, and give what it did to a folder, in order."""
    log = folder.with_name("steps.log")
    options = ["-y", "-xx", "-s", "100000000", "-e", f"trace={_CALLS}", "-o", str(log)]
    before = tree(folder)
    with Child(work) as child, traced(child, options):
        child.begin()
        ended = child.end()
    if ended.error or ended.status:
        raise RuntimeError(ended.error or f"it ended with {ended.status}")
    return list(_Reading(str(folder), before).steps(log))


def tree(folder: Path) -> dict[str, File | None]:
    """The files and folders below a folder by their paths; a folder is None."""
    return {str(path): None if path.is_dir() else File(path.read_bytes()) for path in sorted(folder.rglob("*"))}


@dataclass
class _Reading:
    folder: str
    files: dict[str, File | None]
    places: dict[str, int] = field(default_factory=dict)
    sizes: dict[File, int] = field(default_factory=dict)

    def steps(self, log: Path) -> Iterator[Step]:
        with log.open() as lines:
            for line in lines:
                found = _LINE.match(line.rstrip("\n"))
                if found:
                    yield from self.step(found[1], found[2], int(found[3]))

    def step(self, call: str, words: str, result: int) -> Iterator[Step]:
        number = words.partition("<")[0]
        held = _DESCRIPTOR.match(words)
        here = _plain(held[1]).decode() if held else ""
        texts = [_plain(text) for text in _TEXT.findall(words)]
        if call in ("openat", "mkdir", "rmdir", "unlink", "unlinkat", "rename"):
            paths = [str(Path(here) / text.decode()) for text in texts]
            if self.is_ours(paths[0]):
                yield from self.named(call, paths, words, result)
            return
        file = self.files.get(here)
        if not self.is_ours(here):
            return
        if call in ("fsync", "fdatasync"):
            yield Sync(file if file else here)
        elif call == "lseek":
            self.places[number] = result
        elif file and call in ("write", "pwrite64"):
            start = int(words.rsplit(", ", 1)[1]) if call == "pwrite64" else self.places.get(number, 0)
            start = self.sizes.get(file, len(file.content)) if start < 0 else start
            data = texts[0][:result]
            if call == "write" and self.places.get(number, 0) >= 0:
                self.places[number] = start + len(data)
            self.sizes[file] = max(self.sizes.get(file, len(file.content)), start + len(data))
            yield Write(file, start, data)
        elif file and call == "ftruncate":
            self.sizes[file] = int(words.rsplit(", ", 1)[1])
            yield Resize(file, self.sizes[file])

    def named(self, call: str, paths: list[str], words: str, result: int) -> Iterator[Step]:
        path = paths[0]
        if call == "openat":
            # A place of -1: at the end, wherever that is.
            self.places[str(result)] = -1 if "O_APPEND" in words else 0
            if path not in self.files and "O_CREAT" in words:
                self.files[path] = file = File()
                yield Name(path, file)
            elif "O_TRUNC" in words and (there := self.files.get(path)):
                self.sizes[there] = 0
                yield Resize(there, 0)
        elif call == "mkdir":
            self.files[path] = None
            yield Name(path)
        elif call == "rename":
            old, new = paths
            moved = {name: file for name, file in self.files.items() if name == old or name.startswith(f"{old}/")}
            for name in moved:
                del self.files[name]
            self.files |= {new + name[len(old) :]: file for name, file in moved.items()}
            yield Name(new, moved[old], old)
        else:
            self.files.pop(path, None)
            yield Name(gone=path)

    def is_ours(self, path: str) -> bool:
        return path == self.folder or path.startswith(f"{self.folder}/")


def _plain(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))
