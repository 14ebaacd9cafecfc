"""Editors publish: reads the articles of kb/, builds a new generation of index/, and serves it if all is well."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from wellread.encoder import DEFAULT_MODEL, SentenceTransformerEncoder
from wellread.errors import WellreadError
from wellread.options import add_places, prepare_output
from wellread.progress import Meter
from wellread.publish import Changes, Report, publish

DESCRIPTION = """\
Publish the articles: every .txt and .md file of the folder kb/ is read, cut into passages, embedded (only what is
new), written as a new generation of index/, verified, and served from that moment on. Pages that are open answer
the next question from it.

An article that cannot be read is named with its line, the reason and the remedy; then nothing is published and
the old texts go on being served, as they are if this command is interrupted at any moment.
"""
EPILOG = """\
examples:
  python ingest.py                                   publish kb/ into index/
  python ingest.py --kb articles --index /srv/index  other folders
  python ingest.py --json                            the report as one JSON object

exit status: 0 published or nothing to do, 1 refused (the message says why), 2 the command is wrong
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="ingest.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    prepare_output(for_programs=options.json)
    try:
        with Meter() as meter:
            encoder = SentenceTransformerEncoder(options.model or DEFAULT_MODEL)
            report = publish(options.kb, options.index, encoder, meter)
    except WellreadError as error:
        print(f"ingest.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("ingest.py: interrupted; nothing was published", file=sys.stderr)
        return 130
    print(json.dumps(_as_json(report), ensure_ascii=False) if options.json else _as_text(report))
    return 0


def _as_json(report: Report) -> dict[str, object]:
    """The report as the JSON object that docs/interfaces.md documents."""
    articles, passages = report.articles, report.passages
    return {
        "generation": report.generation,
        "articles": {"added": articles.added, "changed": articles.changed, "removed": articles.removed},
        "passages": {
            "added": len(passages.added) + len(passages.changed),
            "kept": passages.kept,
            "removed": len(passages.removed) + len(passages.changed),
        },
        "embedded": report.embedded,
        "reused": report.reused,
        "seconds": round(report.seconds, 2),
    }


def _as_text(report: Report) -> str:
    articles, passages = report.articles, report.passages
    if not (articles.added or articles.changed or articles.removed):
        lines = [f"Nothing has changed; generation {report.generation} is being served ({report.seconds:.1f} s)."]
    else:
        lines = [
            *_named("added", articles.added),
            *_named("changed", articles.changed),
            *_named("removed", articles.removed),
            f"articles   {_counted(articles)}",
            f"passages   {_counted(passages)}",
            f"texts      {report.embedded} embedded, {report.reused} reused",
            f"Generation {report.generation} is being served ({report.seconds:.1f} s).",
        ]
    if report.ignored:
        lines.append(f"Passed over, not articles (.txt or .md): {', '.join(report.ignored)}")
    return "\n".join(lines)


def _named(what: str, names: Sequence[str], most: int = 20) -> list[str]:
    shown = [f"{what:<10} {name}" for name in names[:most]]
    return [*shown, f"{what:<10} … and {len(names) - most} more"] if len(names) > most else shown


def _counted(changes: Changes) -> str:
    return (
        f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed,"
        f" {changes.kept} unchanged"
    )


if __name__ == "__main__":
    sys.exit(main())
