"""What a page asks of its reader, with fields or buttons below it, is left out with its heading, in any language."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

TEXT = "<p>Wash the wound with clean water for ten minutes.</p>"


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<html lang=en><title>Bites</title><main><h1>Bites</h1>{TEXT}{text}</main>"
    return text_and_notes(page)


@pytest.mark.parametrize(
    ("box", "note"),
    [
        (
            "<div><h3>Gửi bình luận</h3><input type=text><textarea></textarea><input type=button value=Gửi></div>",
            'left out, form: "Gửi bình luận"',
        ),
        (
            "<section><div><h2>Kirjoita meille</h2></div><label>Nimi <input></label><button>Lähetä</button></section>",
            'left out, form: "Kirjoita meille Nimi Lähetä"',
        ),
        (
            "<div><p>¿Le ha servido esta página?</p><div><button>Sí</button><button>No</button></div></div>",
            'left out, feedback: "¿Le ha servido esta página? Sí No"',
        ),
        (
            "<section><h2>هل كانت هذه الصفحة مفيدة؟</h2><button>نعم</button><button>لا</button></section>",
            'left out, feedback: "هل كانت هذه الصفحة مفيدة؟ نعم لا"',
        ),
    ],
)
def test_heading_over_nothing_but_fields_or_buttons_is_left_out(box: str, note: str) -> None:
    assert article(f"{box}<h2>Tetanus</h2><p>Ask when your last injection was.</p>") == (
        "Wash the wound with clean water for ten minutes.\n\n## Tetanus\n\nAsk when your last injection was.",
        (note,),
    )


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("<div><h2>Dose</h2><input type=text></div><p>Take 1 g.</p>", "## Dose\n\nTake 1 g."),
        (
            "<div><h2>Does it hurt?</h2><button>+</button><button>Copy</button></div><div><p>A little.</p></div>",
            "## Does it hurt?\n\nA little.",
        ),
        ("<div><h2>Dose</h2><p>Take 1 g.</p><input type=text></div>", "## Dose\n\nTake 1 g."),
    ],
)
def test_heading_over_text_stays_whatever_fields_stand_beside_it(box: str, kept: str) -> None:
    assert article(box)[0] == f"Wash the wound with clean water for ten minutes.\n\n{kept}"


def test_question_about_the_page_goes_though_a_date_follows() -> None:
    form = (
        "<form><h2>Was this page helpful?</h2><label><input type=radio> Yes</label><label><input type=radio> No</label>"
    )
    text, notes = article(f"{form}<button>Send</button></form><p>Ask when your last injection was.</p>")
    assert "helpful" not in text
    assert notes == ('left out, feedback: "Was this page helpful? Yes No Send"',)


@pytest.mark.parametrize("end", ["<p>With yes, see a doctor.</p>", "<button>Next</button>"])
def test_question_about_an_illness_with_choices_stays(end: str) -> None:
    box = "<fieldset><legend>Do you cough at night?</legend><label><input type=radio> Yes</label>"
    text, _ = article(f"<form>{box}<label><input type=radio> No, rest</label></fieldset>{end}</form>")
    assert "Do you cough at night?" in text
