"""Trains the built-in model's matrices stage by stage, and gives what changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor

from wellread.articles.passages import FRAME
from wellread.progress import Progress
from wellread.training.encoder.articles import group_by_article
from wellread.training.encoder.batches import Sources, draw_batches
from wellread.training.encoder.losses import HELD_TOKENS, Held, losses
from wellread.training.encoder.model import MATRICES, Model, Weights, base_tokenizer, base_weights
from wellread.training.encoder.questions import AnsweredQuestions, with_nearest_sentences
from wellread.training.encoder.shared import HeldText, SharedData
from wellread.training.encoder.stages import AVERAGED, STAGES, Stage

BETAS = (0.9, 0.98)
"""Of Adam: the second as in Vaswani et al. 2017, for runs of few steps."""

LONGEST_GRADIENT = 5.0
"""Gradients are shortened to this length; those of a step are 10 to 20 long."""

Changes = Mapping[str, Tensor]
"""What training added to each matrix."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What training changed, and the loss of each step, stage by stage."""

    changes: Changes
    losses: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The base model, and what is made with it before the first step."""

    base: Weights
    tokenizer: Tokenizer
    sources: Sources
    held: Held | None


def train(
    own: AnsweredQuestions,
    further: AnsweredQuestions | None = None,
    shared: SharedData | None = None,
    stages: Sequence[Stage] = STAGES,
    progress: Progress = lambda stage, done, total: None,
) -> Trained:
    """Train stage after stage on the project's questions, and on the shared data where there are any.

    `own` are about articles of the project's library, `further` about its further articles.

    Without shared data, stages that take nothing from the project are left out, and nothing holds on to the base model.
    The same data and stages give the same changes on the same machine: one thread computes, and seeds are fixed.
    """
    with one_thread():
        prepared = _prepare(own, further, shared, progress)
        changes: Changes = {name: torch.zeros_like(prepared.base[name]) for name in MATRICES}
        last: list[Changes] = []
        by_stage: dict[str, tuple[float, ...]] = {}
        for stage in stages:
            possible = stage if shared is not None else replace(stage, lay=0, graded=0, held=0)
            if possible.own or possible.lay or (possible.further and further):
                changes, by_stage[stage.name] = _train_stage(prepared, changes, possible, progress)
                last = [*last, changes][-AVERAGED:]
    mean = {name: torch.stack([changes[name] for changes in last]).mean(0) for name in MATRICES}
    return Trained(mean, by_stage)


def _prepare(
    own: AnsweredQuestions, further: AnsweredQuestions | None, shared: SharedData | None, progress: Progress
) -> _Prepared:
    preparing = "embedding with the base model"
    base, tokenizer = base_weights(), base_tokenizer()
    model = Model(base, tokenizer)
    progress(preparing, 0, 3)
    sources = Sources(
        group_by_article(own, model), further=None if further is None else group_by_article(further, model)
    )
    progress(preparing, 1, 3)
    if shared is None:
        return _Prepared(base, tokenizer, sources, None)
    lay = group_by_article(with_nearest_sentences(shared.lay, model), model)
    progress(preparing, 2, 3)
    sources = replace(sources, lay=lay, graded=shared.graded, held=len(shared.held))
    held = _hold(shared.held, model)
    progress(preparing, 3, 3)
    return _Prepared(base, tokenizer, sources, held)


def _hold(texts: Sequence[HeldText], model: Model) -> Held:
    whole = tuple(f"{text.title[:FRAME]}\n{text.text}" for text in texts)
    titles = tuple(text.title for text in texts)
    with torch.no_grad():
        return Held(whole, titles, model.embed(whole, HELD_TOKENS), model.embed(titles, HELD_TOKENS))


def _train_stage(
    prepared: _Prepared, start: Changes, stage: Stage, progress: Progress
) -> tuple[Changes, tuple[float, ...]]:
    """Go on from some changes for a stage: the changes then, and the loss of each step."""
    matrices = {name: (prepared.base[name] + start[name]).requires_grad_() for name in MATRICES}
    model = Model({**prepared.base, **matrices}, prepared.tokenizer)
    optimizer = torch.optim.AdamW(matrices.values(), betas=BETAS, weight_decay=0)
    weights = asdict(stage.weights)
    history: list[float] = []
    batches = draw_batches(prepared.sources, stage)
    for step in range(stage.steps):
        progress(f"training on {stage.name}", step, stage.steps)
        for group in optimizer.param_groups:
            group["lr"] = stage.rate(step)
        found = losses(model, next(batches), prepared.held)
        loss = torch.stack([weights[name] * value for name, value in found.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(matrices.values(), LONGEST_GRADIENT)
        optimizer.step()
        history.append(float(loss.detach()))
    progress(f"training on {stage.name}", stage.steps, stage.steps)
    return {name: (matrices[name] - prepared.base[name]).detach() for name in MATRICES}, tuple(history)


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute with one thread: the same sums each time, and no waiting for one another on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
