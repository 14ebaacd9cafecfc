"""Prints an answer as lines in a terminal, for people."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from wellread.datatypes import Answer, Passage, Sentence
from wellread.text.characters import shown

_STATES = {
    "closest": "These passages are the closest; they may not answer the question.",
    "not_covered": "We did not find this in our articles.",
}


def draw_answer(answer: Answer, console: Console) -> None:
    """Print an answer for people, the deciding sentence of each passage in bold."""
    console.print(_text(answer.question, "bold underline"))
    if answer.safety is not None:
        console.print()
        console.print(_text(f"Emergency: {answer.safety.text}", "bold white on red"))
        console.print()
    for note in (answer.language_note, answer.read_as, answer.also_searched):
        if note:
            console.print(_text(note, "dim"))
    _draw_urgent(answer, console)
    if answer.state in _STATES and not answer.card_alone:
        console.print()
        console.print(_text(_STATES[answer.state], "bold"))
    for number, hit in enumerate(answer.shown_hits, 1):
        passage = hit.passage
        console.print()
        console.print(_text(f"{number}. {' › '.join((passage.title, *passage.path))}", "cyan"))
        console.print(Padding(_marked(passage, hit.sentence), (0, 0, 0, 3)))
        same = f", says the same as {hit.same_as}" if hit.same_as else ""
        console.print(_text(f"   {passage.id}{same}", "dim"))
    console.print()
    console.print(_text(answer.disclaimer, "italic"))
    console.print()


def _draw_urgent(answer: Answer, console: Console) -> None:
    """Print the passage that says when to seek care, if there is one, with the sentence that was told of in bold."""
    passage, sign = answer.urgent, answer.urgent_sign
    if passage is None:
        return
    style = "bold yellow" if sign and sign.level == "doctor" else "bold red"
    console.print()
    console.print(_text(f"{sign.advice if sign else 'Important'}: {passage.heading}", style))
    console.print(_text(passage.title, "cyan"))
    console.print(Padding(_marked(passage, sign.sentence if sign else None), (0, 0, 0, 3)))


def _marked(passage: Passage, sentence: Sentence | None) -> Text:
    """A passage's text with one of its sentences in bold."""
    text = Text()
    for number, block in enumerate(passage.blocks):
        text.append(_text(("\n" if number else "") + block.written))
        if sentence and sentence.block == number:
            start = len(text) - len(block.text)
            text.stylize("bold", start + sentence.start, start + sentence.end)
    return text


def _text(written: str, style: str = "") -> Text:
    """Text as it stands: no markup of rich's is read from it, and no control character reaches the terminal."""
    return Text(shown(written), style)
