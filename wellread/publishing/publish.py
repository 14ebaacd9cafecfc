"""Publishing: a folder of articles becomes a generation, is judged, and is served from one moment to the next."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard

from wellread.datatypes import Passage
from wellread.encoders.cache import CachingEncoder, VectorCache, count_known, open_cache
from wellread.encoders.sentence_transformer import Encoder, SentenceTransformerEncoder
from wellread.errors import IndexDamaged, IndexMissing, ModelError, PublishingRefused
from wellread.files import make_folder
from wellread.index.layout import generation_folder, vector_cache_file
from wellread.index.reader import Reader
from wellread.index.verified import Verified
from wellread.progress import Progress
from wellread.publishing.build import build
from wellread.publishing.diff import PassageDiff, diff_passages
from wellread.publishing.elsewhere import Elsewhere, elsewhere_at, told_with
from wellread.publishing.embedding.crews import crew_of
from wellread.publishing.embedding.texts import Work, embed
from wellread.publishing.gate import Verdict, judge
from wellread.publishing.history import Event, now
from wellread.publishing.lock import only_writer
from wellread.publishing.plan import Choice, Plan, plan_generation
from wellread.publishing.policy import USUAL, Policy
from wellread.publishing.report import Report, generation_of, report_of
from wellread.publishing.serving import (
    last_whole,
    serve,
    served_generation,
    standing_generations,
    sweep,
    told_truly,
)
from wellread.search.opening import calibration_of
from wellread.search.searcher import Searcher

SHRINK = 0.3
"""The share of the articles that may go at once without being asked about."""


def publish(
    kb: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress = lambda stage, done, total: None,
    policy: Policy = USUAL,
) -> Report:
    """Build a generation from a folder of articles, verify it and serve it.

    Whatever goes wrong on the way, the generation served before goes on being served. Where nothing has changed,
    nothing is written.

    Raises:
        KnowledgeBaseError: `kb` is no folder of articles.
        ArticlesRefused: articles cannot be read; each is named.
        PublishingRefused: too many articles would go, or too many judged questions would lose.
        IndexBusy: another process is publishing.
        WellreadError: the disk refused; the message says what is being served.
        KeyboardInterrupt: with the same in words.
    """
    started = time.perf_counter()
    with told_truly(index) as switch:
        verified = Verified(index)
        elsewhere = elsewhere_at(policy.milvus)
        served = served_generation(index, verified)
        choice = Choice(policy.patterns, policy.allow_shrink)
        plan = _plan_from(served, kb, encoder, choice, progress)
        if plan is None:
            served = None
            verified.forget()
            plan = plan_generation(kb, encoder, None, choice, progress)
        if served is not None and served.generation == plan.generation:
            if policy.milvus:
                _complete(elsewhere, index, served, progress)
            return report_of(plan, served, started, 0, served.manifest.counts["texts"])
        compared = served or last_whole(index)
        _refuse_shrinking(plan, compared, policy)
        make_folder(index)
        with only_writer(index), open_cache(vector_cache_file(index), encoder.fingerprint) as cache:
            if generation_of(served_generation(index, verified)) != generation_of(served):
                raise PublishingRefused(
                    "another publication came first; nothing was published", "run the command again", where=index
                )
            candidate = standing = whole_generation(index, plan.generation, verified)
            work = Work(0, None)
            if candidate is None:
                work = embed(plan, encoder, cache, progress, crew_of(policy.workers, policy.ray))
                candidate = build(plan, index, encoder, cache, verified)
            verdict = _judge(candidate, compared, _Asking(index, encoder, cache), policy, progress)
            accepted = policy.accepted if falls(verdict, policy) else ""
            if falls(verdict, policy) and not accepted:
                if standing is None:
                    shutil.rmtree(generation_folder(index, plan.generation), ignore_errors=True)
                    sweep(index)
                raise _refusal(verdict, policy)
            report = report_of(plan, served, started, work.embedded, candidate.manifest.counts["texts"])
            with told_with(lambda: switch.words):
                elsewhere.bring(candidate, progress)
                serve(switch, _event(report, candidate.model, accepted, policy.by), policy.keep)
                elsewhere.switch(candidate.generation)
                elsewhere.prune(standing_generations(index))
            verified.remember(candidate.sealed_files())
            return replace(report, verdict=verdict, team=work.team)


def _event(report: Report, model: str, accepted: str, by: str) -> Event:
    """What the history keeps of a publication."""
    return Event(
        generation=report.generation,
        at=now(),
        action="publish",
        articles=report.articles,
        passages=report.passages.counts,
        model=model,
        accepted=accepted,
        by=by,
    )


def _complete(elsewhere: Elsewhere, index: Path, served: Reader, progress: Progress) -> None:
    """Bring the generation that is served to the other engine: a publication may have been cut short before that."""
    with only_writer(index):
        elsewhere.bring(served, progress)
        elsewhere.switch(served.generation)
        elsewhere.prune(standing_generations(index))


def _plan_from(served: Reader | None, kb: Path, encoder: Encoder, choice: Choice, progress: Progress) -> Plan | None:
    """A plan that takes unchanged articles over from the generation served; None where what it takes is damaged.

    Of a generation that stays as it is all is verified, else what is written anew.
    """
    if served is None:
        return None
    try:
        plan = plan_generation(kb, encoder, served, choice, progress)
        if served.generation == plan.generation:
            served.verify()
        else:
            served.verify(plan.taken_rows(encoder.fingerprint))
        return plan
    except (IndexDamaged, sqlite3.DatabaseError):
        return None


def preview(
    kb: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress = lambda stage, done, total: None,
    policy: Policy = USUAL,
) -> tuple[Report, tuple[PassageDiff, ...]]:
    """Tell what `publish` would do, and how each passage would change; writes nothing and embeds nothing.

    Raises what `publish` raises before it writes.
    """
    started = time.perf_counter()
    with told_truly(index):
        served = served_generation(index)
        plan = plan_generation(kb, encoder, served, Choice(policy.patterns, policy.allow_shrink), progress)
        if served is not None and served.generation == plan.generation:
            return report_of(plan, served, started, 0, served.manifest.counts["texts"]), ()
        _refuse_shrinking(plan, served, policy)
        new_texts = set() if whole_generation(index, plan.generation) else {text for text, _ in plan.new_texts()}
        embedded = len(new_texts) - count_known(vector_cache_file(index), encoder.fingerprint, new_texts)
        report = report_of(plan, served, started, embedded, plan.distinct_texts(encoder.fingerprint))
        moved = {*report.passages.added, *report.passages.changed, *report.passages.removed}
        parts = [part for part in plan.parts if part.rows is None]
        new = {p.id: p for part in parts for p in plan.content(part).passages if p.id in moved}
        return report, tuple(diff_passages(_passages(served, moved), new))


def _refuse_shrinking(plan: Plan, served: Reader | None, policy: Policy) -> None:
    if policy.allow_shrink or served is None:
        return
    old = {article.id: article.sha256 for article in served.words.articles()}
    still = {part.article.id for part in plan.parts} | {part.article.sha256 for part in plan.parts}
    gone = [name for name, sha256 in old.items() if name not in still and sha256 not in still]
    if len(gone) > SHRINK * len(old):
        raise PublishingRefused(
            f"{len(gone)} of the {len(old)} articles would go ({', '.join(gone[:5])}{', …' if len(gone) > 5 else ''});"
            " nothing was published",
            "if that is what you want, say --allow-shrink",
        )


@dataclass(frozen=True, slots=True)
class _Asking:
    """With what judged questions are asked."""

    index: Path
    encoder: Encoder
    cache: VectorCache

    def searcher(self, reader: Reader) -> Searcher:
        """A searcher over a generation that the encoder made; it embeds each question once."""
        return Searcher(reader, CachingEncoder(self.encoder, self.cache), calibration_of(self.index, self.encoder))


def _judge(
    candidate: Reader, served: Reader | None, asking: _Asking, policy: Policy, progress: Progress
) -> Verdict | None:
    if not policy.judgments:
        return None
    before = _asking_served(served, asking) if served else None
    after = asking.searcher(candidate)
    return judge(after, before, policy.judgments, progress)


def falls(verdict: Verdict | None, policy: Policy) -> TypeGuard[Verdict]:
    """Whether judged questions lose by more than they may; what rounding adds does not count."""
    return verdict is not None and round(verdict.drop, 9) > policy.tolerance


def _refusal(verdict: Verdict, policy: Policy) -> PublishingRefused:
    lost = "".join(f"\n    lost: {question}" for question in verdict.lost[:10])
    if len(verdict.lost) > 10:
        lost += f"\n    and {len(verdict.lost) - 10} more"
    return PublishingRefused(
        f"judged questions lose by this edit: nDCG@10 {verdict.before:.3f} before, {verdict.after:.3f} after,"
        f" which is more than {policy.tolerance:g} less; {len(verdict.lost)} of {verdict.questions} lose their"
        f" answer; nothing was published{lost}",
        'mend the text, or publish it all the same: --accept-regression "the reason"',
    )


def _asking_served(served: Reader, asking: _Asking) -> Searcher | None:
    if served.fingerprint == asking.encoder.fingerprint:
        return asking.searcher(served)
    try:
        before = SentenceTransformerEncoder(served.model)
        if before.fingerprint != served.fingerprint:
            return None
        return Searcher(served, before, calibration_of(asking.index, before))
    except ModelError:
        return None  # the model that made it is no longer here: there is nothing to compare with


def whole_generation(index: Path, generation: str, verified: Verified | None = None) -> Reader | None:
    """A generation that is already on the disk, whole, or None."""
    try:
        return Reader(index, generation, verified)
    except (IndexMissing, IndexDamaged):
        return None


def _passages(reader: Reader | None, names: set[str]) -> dict[str, Passage]:
    if reader is None:
        return {}
    found: dict[str, Passage] = {}
    for name in names:
        with suppress(KeyError):
            found[name] = reader.words.fetch(reader.words.row_of(name))
    return found
