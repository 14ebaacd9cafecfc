"""`wellread fit`: learns from judged questions how far the scores of an embedding model can be trusted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.fit_encoder import add_encoder_options, fit_encoder
from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say
from wellread.errors import WellreadError

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.index.reader import Reader
    from wellread.training.data import TrainingData

HELP = Help(
    summary="fit how far a model's scores can be trusted",
    description="""\
Learn how far the scores of the model that made the index can be trusted: kinds of questions, the urgent notice and the
confidence of an answer. Every model but the built-in one needs this once. It takes some minutes.
""",
    examples="""\
  wellread ingest --index other --model OWNER/NAME
  wellread fit --index other
  wellread ask --index other "is it dangerous?"
  wellread fit --encoder adapter.safetensors --shared DIR    train the built-in model anew
""",
    done="the file was written",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "fit", HELP)
    add_places(parser, ["index", "model"])
    parser.add_argument(
        "--training", type=Path, default=Path("training"), metavar="DIR", help="what is learned from (training)"
    )
    parser.add_argument(
        "--judgments",
        type=Path,
        default=Path("judgments") / "unseen-articles",
        metavar="DIR",
        help="questions that confidence is weighed by (judgments/unseen-articles)",
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="DIR",
        help="questions about your own articles, a file ARTICLE.tsv for each (own-questions in --training)",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here, and not into the folder of the index")
    add_encoder_options(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Fit, and write what was fitted where answering finds it."""
    if options.encoder:
        return fit_encoder(options)
    from wellread.encoders.cache import CachingEncoder, open_cache
    from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
    from wellread.index.layout import current_generation, evaluation_folder, vector_cache_file
    from wellread.index.reader import Reader
    from wellread.progress import Meter
    from wellread.publishing.policy import Policy
    from wellread.publishing.publish import publish
    from wellread.search.calibration import calibration_file, write_calibration
    from wellread.training.data import read_training_data
    from wellread.training.fit import fit

    reader = Reader(options.index, current_generation(options.index))
    encoder = SentenceTransformerEncoder(options.model or reader.model)
    if reader.fingerprint != encoder.fingerprint:
        raise WellreadError(
            f"was made with the model {reader.model}, not with {encoder.name}",
            "leave --model out, or build the index with that model",
            options.index,
        )
    file = options.output or calibration_file(options.index, encoder.fingerprint)
    if file.is_dir():
        raise WellreadError("is a folder", "name a file with --output", str(file))
    with Meter() as meter:
        own = options.questions or options.training / "own-questions"
        data = read_training_data(options.training, options.judgments, own)
        if options.questions:
            _check_articles(data, reader, own)
        work = evaluation_folder(options.index) / "training"
        publish(data.library, work, encoder, meter, Policy(allow_shrink=True))
        library = Reader(work, current_generation(work))
        with open_cache(vector_cache_file(work), encoder.fingerprint) as cache:
            calibration = fit(library, CachingEncoder(encoder, cache), data, reader, meter)
    try:
        write_calibration(file, calibration)
    except OSError as error:
        raise WellreadError(
            f"cannot be written ({error.strerror})", "make room, or name --output", str(file)
        ) from error
    learned = [article for article in calibration.own_articles if reader.article(article)]
    answered = calibration.thresholds.answered
    fitted = {"file": str(file), "model": encoder.name, "answered": round(answered, 4)}
    about = f"; kinds order the sections of {', '.join(learned)}" if learned else ""
    say(
        options,
        {**fitted, "own_articles": learned},
        f"{file}: fitted for {encoder.name}; answers from {answered:.2f} on{about}",
    )
    return 0


def _check_articles(data: TrainingData, reader: Reader, folder: Path) -> None:
    """Raise WellreadError where questions are about an article that the index has not."""
    for article in dict.fromkeys(question.article for question in data.own):
        if reader.article(article) is None:
            raise WellreadError(
                f"{article}.tsv is about no article of the index",
                "name the file after an article's id, as its address in the page shows",
                folder,
            )
