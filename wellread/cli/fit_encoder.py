"""`wellread fit --encoder`: trains the adapter of the built-in model, which takes hours on a processor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wellread.cli.output import say
from wellread.errors import WellreadError

ALONE = (
    "wellread: without --shared this trains on the project's own questions alone, and nothing keeps the model to what "
    "it knew; the shipped adapter was trained with --shared"
)


def add_encoder_options(parser: argparse.ArgumentParser) -> None:
    """Add --encoder and --shared."""
    group = parser.add_argument_group("training the built-in model instead")
    group.add_argument(
        "--encoder", type=Path, metavar="FILE", help="train an adapter of the built-in model, and write it to FILE"
    )
    group.add_argument(
        "--shared", type=Path, metavar="DIR", help="folder of lay-questions, mediqa and medquad-liveqa, to train on too"
    )


def fit_encoder(options: argparse.Namespace) -> int:
    """Train an adapter, and write it."""
    from wellread.progress import Meter
    from wellread.relevance.judgments import read_judgments
    from wellread.training.encoder.compress import write_adapter
    from wellread.training.encoder.questions import read_own_questions
    from wellread.training.encoder.shared import read_shared
    from wellread.training.encoder.train import train

    file: Path = options.encoder
    if file.is_dir() or not file.parent.is_dir():
        reason = "is a folder" if file.is_dir() else "its folder does not exist"
        raise WellreadError(reason, "name a file in a folder that exists with --encoder", file)
    about = read_judgments(options.judgments).about.values()
    judged = {str(question["article"]) for question in about if "article" in question}
    own = read_own_questions(options.training, judged)
    more = options.training / "further"
    further = read_own_questions(more, judged) if more.is_dir() else None
    shared = read_shared(options.shared) if options.shared else None
    if shared is None:
        print(ALONE, file=sys.stderr, flush=True)
    with Meter() as meter:
        trained = train(own, further, shared, progress=meter)
    try:
        write_adapter(file, trained.changes)
    except OSError as error:
        raise WellreadError(
            f"cannot be written ({error.strerror})", "make room, or name another file with --encoder", file
        ) from error
    questions = sum(len(part.questions) for part in (own, further, shared.lay if shared else None) if part)
    steps = sum(map(len, trained.losses.values()))
    fitted = {"file": str(file), "questions": questions, "steps": steps, "losses": trained.losses}
    say(options, fitted, f"{file}: an adapter, trained on {questions:,} questions in {steps} steps")
    return 0
