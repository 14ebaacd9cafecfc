"""White letters of a Word document: hidden on white paper, text on a colour or a picture."""

from __future__ import annotations

import pytest
from word_files import STYLES, docx, paragraph, run

from wellread.importing.left_out import LeftOut
from wellread.importing.word.document import docx_to_html

WHITE = '<w:color w:val="FFFFFF"/>'
SECRET = run("Ask the ward first.", WHITE)
SHADE = '<w:shd w:val="clear" w:fill="{}"/>'
BLUE, RED = SHADE.format("003366"), '<w:highlight w:val="red"/>'
BAR = f'<w:style w:type="paragraph" w:styleId="Bar"><w:name w:val="Bar"/><w:pPr>{BLUE}</w:pPr></w:style>'
PLAIN = (
    '<w:docDefaults/><w:latentStyles/><w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/></w:style>'
)
HIDDEN = (LeftOut("hidden text", "Ask the ward first."),)


def left_out(body: str) -> tuple[LeftOut, ...]:
    """What is left out of a document with this body, and a line of text."""
    return docx_to_html(docx(paragraph("Take six.") + body, {"styles": STYLES + PLAIN + BAR})).left_out


def table(cell: str, properties: str = "") -> str:
    """A table of one cell."""
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{cell}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{SECRET}</w:p>",
        f"<w:p><w:pPr>{SHADE.format('FFFFFF')}</w:pPr>{SECRET}</w:p>",
        f"<w:p>{run('Drink water. ')}{SECRET}</w:p>",
        f'<w:p><w:pPr><w:pStyle w:val="Plain"/></w:pPr>{SECRET}</w:p>',
        table(f"<w:p>{SECRET}</w:p>"),
    ],
)
def test_white_letters_on_white_paper_are_left_out_and_named(body: str) -> None:
    assert left_out(body) == HIDDEN


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p><w:pPr>{BLUE}</w:pPr>{SECRET}</w:p>",
        f'<w:p><w:pPr><w:pStyle w:val="Bar"/></w:pPr>{SECRET}</w:p>',
        f"<w:p>{run('Ask the ward first.', WHITE + BLUE)}</w:p>",
        f"<w:p>{run('Ask the ward first.', WHITE + RED)}</w:p>",
        table(f"<w:p>{SECRET}</w:p>", SHADE.format("C00000")),
        f'<w:p><w:r><w:drawing><w:anchor behindDoc="1"/></w:drawing></w:r>{SECRET}</w:p>',
    ],
    ids=["paragraph", "style", "run", "highlight", "cell", "picture"],
)
def test_white_letters_on_something_are_text(body: str) -> None:
    assert left_out(body) == ()
    assert (
        "Ask the ward first."
        in docx_to_html(docx(paragraph("Take six.") + body, {"styles": STYLES + PLAIN + BAR})).html
    )
