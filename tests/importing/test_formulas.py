"""Formulas of web pages: no figure runs into another, and an editor is told of each."""

from __future__ import annotations

import pytest
from web_files import text_and_notes


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main>{text}</main>"
    return text_and_notes(page)


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<mfrac><mn>3</mn><mn>4</mn></mfrac>", "3/4"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mtext>ml</mtext>", "2 1/2 ml"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10⁻³"),
        ("<msup><mn>10</mn><mrow><mi>x</mi><mo>+</mo><mi>y</mi></mrow></msup>", "10^(x+y)"),
        ("<msup><mfrac><mn>1</mn><mn>2</mn></mfrac><mn>3</mn></msup>", "(1/2)³"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<mn>5</mn><mo>\u2062</mo><mi>mg</mi><mo>/</mo><mi>kg</mi>", "5 mg/kg"),
        ("<msqrt><mi>x</mi><mo>×</mo><mn>9</mn></msqrt>", "√(x×9)"),
    ],
)
def test_formula_is_written_in_one_line_and_named(formula: str, line: str) -> None:
    text, notes = article(f"<p>It is <math>{formula}</math> here.</p>")
    assert text == f"It is {line} here."
    assert notes == (f'formulas are written in one line, compare them (1): "{line}"',)


def test_fraction_stays_apart_from_the_number_before_it() -> None:
    assert article("<p>Mix 1<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> cups.</p>")[0] == "Mix 1 1/2 cups."


THIRD = "<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math>"
TEX = '<annotation encoding="application/x-tex">\\frac{1}{3}</annotation>'
CODE = f"<math><semantics>{THIRD[6:-7]}{TEX}</semantics></math>"
DRAWN = '<span class="katex-html" aria-hidden="true"><span>3</span><span>1</span></span>'


@pytest.mark.parametrize(
    "page",
    [
        f'<span class="katex"><span class="katex-mathml">{CODE}</span>{DRAWN}</span>',
        f'<span class="mwe-math-element"><span class="mwe-math-a11y" style="display: none">{THIRD}</span></span>',
        f"<mjx-container><mjx-math></mjx-math><mjx-assistive-mml>{THIRD}</mjx-assistive-mml></mjx-container>",
    ],
    ids=["KaTeX", "MediaWiki", "MathJax"],
)
def test_formula_that_a_typesetter_wrote_twice_is_read_once(page: str) -> None:
    assert article(f"<p>Drink {page} of it.</p>")[0] == "Drink 1/3 of it."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2<sup>1</sup>&frasl;<sub>4</sub> cups", "2 1/4 cups"),
        ("<span><sup>1</sup>/<sub>3</sub></span> cup", "1/3 cup"),
        ("10<sup>-6</sup> g", "10⁻⁶ g"),
        ("e<sup>a+b</sup>", "e^(a+b)"),
        ("10<sup>0.5</sup>", "10^0.5"),
        ("the 3<sup>rd</sup> day", "the 3rd day"),
        ("a bruise<sup>[4]</sup>", "a bruise\\[4\\]"),
    ],
)
def test_raised_and_lowered_figures_keep_their_meaning(typed: str, read: str) -> None:
    assert article(f"<p>It is {typed}</p>")[0] == f"It is {read}"


def test_tag_of_a_post_comes_over_as_text() -> None:
    assert article("<p>Drink.</p><p>#water</p><p>Rest. #sleep #home</p>")[0].splitlines()[0::2] == [
        "Drink.",
        "\\#water",
        "Rest. \\#sleep \\#home",
    ]


def test_formula_in_tex_is_named_and_a_price_is_none() -> None:
    _, notes = article(r"<p>Give $d = 15 \times w$ mg. A $20 fee and a $30 fee.</p><p>$$\frac{a}{b}$$</p>")
    assert notes == (
        (r'formulas are in TeX, write them as they should be read (2): "$d = 15 \times w$", "$$\frac{a}{b}$$"'),
    )


def test_raised_letters_of_notes_stand_in_brackets() -> None:
    text, _ = article(
        "<table><tr><th>Weight</th><th>Dose</th></tr><tr><td>50 kg</td>"
        "<td>20 units<sup><a href='#n'>a</a></sup></td></tr>"
        "</table><p id='n'><sup>a</sup> Half of it at night.</p>"
    )
    assert "20 units\\[a\\] |" in text
    assert text.endswith("\\[a\\] Half of it at night.")


def test_two_raised_letters_and_notes_in_one_paragraph_stand_in_brackets() -> None:
    text, _ = article("<ul><li>2 drops<sup>a,b</sup></li></ul><p><sup>a</sup>Wait.<br><sup>b</sup>Not with lenses.</p>")
    assert "2 drops\\[a\\]\\[b\\]" in text
    assert "\\[b\\] Not with lenses." in text


@pytest.mark.parametrize("line", ["the 3<sup>a</sup> semana", "le 6<sup>e</sup> mois", "n<sup>o</sup> 5"])
def test_raised_letter_without_a_note_stays_in_its_word(line: str) -> None:
    assert "[" not in article(f"<p>It is {line}.</p>")[0]
