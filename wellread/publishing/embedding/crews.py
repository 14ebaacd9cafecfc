"""Who embeds, by the settings: this process, processes beside it, or a Ray cluster."""

from __future__ import annotations

from wellread.encoders.sentence_transformer import Encoder
from wellread.publishing.embedding.processes import Processes
from wellread.publishing.embedding.team import Crew, OpenCrew


def crew_of(workers: int | None, ray: str) -> OpenCrew | None:
    """How a crew is opened of so many workers, on the Ray cluster at an address or here; None where there is none."""
    if not ray and workers is None:
        return None

    def opened(encoder: Encoder) -> Crew:
        if ray:
            from wellread.publishing.embedding.cluster import Cluster

            return Cluster(encoder, ray, workers)
        return Processes(encoder, workers or 1)

    return opened
