"""Tries a change out before readers see it: a generation beside the index, with the gate's verdict, to be asked."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from wellread.encoders.cache import CachingEncoder, open_cache
from wellread.encoders.sentence_transformer import Encoder
from wellread.files import make_folder
from wellread.index.layout import generation_folder, vector_cache_file
from wellread.index.reader import Reader
from wellread.publishing.build import build
from wellread.publishing.diff import PassageDiff
from wellread.publishing.embedding.texts import embed
from wellread.publishing.gate import Verdict, judge
from wellread.publishing.lock import only_writer
from wellread.publishing.plan import Choice, plan_generation
from wellread.publishing.policy import Policy
from wellread.publishing.publish import falls, preview, whole_generation
from wellread.publishing.report import Report
from wellread.publishing.serving import served_generation, standing_generations, sweep, told_truly
from wellread.search.opening import calibration_of
from wellread.search.searcher import Searcher

KEPT = 2
"""Generations of trials that stay on the disk: the last one, and the one that somebody may be asking."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What publishing would change, what the gate says of it, and the generation in which to ask it.

    `verdict` is None where no judged question concerns the articles, or nothing changes. `refused` says that publishing
    would be refused for it.
    """

    report: Report
    passages: tuple[PassageDiff, ...]
    candidate: Reader
    verdict: Verdict | None
    refused: bool


def try_out(kb: Path, index: Path, beside: Path, encoder: Encoder, policy: Policy) -> Trial:
    """Build a generation of a folder of articles, with the texts of the policy in it, and ask the judged questions.

    It is written into `beside`, an index folder of its own that no reader is ever served from. Of `index` nothing is
    written. Raises what `publish` raises before it serves; a verdict refuses nothing here.
    """
    report, passages = preview(kb, index, encoder, policy=policy)
    served = served_generation(index)
    with told_truly(beside):
        make_folder(beside)
        with only_writer(beside), open_cache(vector_cache_file(beside), encoder.fingerprint) as cache:
            plan = plan_generation(kb, encoder, served, Choice(policy.patterns, policy.allow_shrink))
            if served is not None and served.generation == plan.generation:
                return Trial(report, (), served, None, False)
            candidate = whole_generation(beside, plan.generation)
            if candidate is None:
                embed(plan, encoder, cache, lambda stage, done, total: None)
                candidate = build(plan, beside, encoder, cache)
            asking = CachingEncoder(encoder, cache)
            calibration = calibration_of(index, encoder)
            same_model = served is not None and served.fingerprint == encoder.fingerprint
            before = Searcher(served, asking, calibration) if served is not None and same_model else None
            verdict = judge(Searcher(candidate, asking, calibration), before, policy.judgments)
            _prune(beside, candidate.generation)
    return Trial(report, passages, candidate, verdict, falls(verdict, policy))


def _prune(beside: Path, last: str) -> None:
    """Keep the trial that was just made and the ones made last before it; remove the others, and what only they had."""
    others = [generation_folder(beside, name) for name in standing_generations(beside) if name != last]
    for folder in sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
    sweep(beside)
