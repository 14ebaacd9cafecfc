"""What is a disclaimer and what is advice: by name, by form, and never where it tells readers to act."""

from __future__ import annotations

import pytest

from wellread.articles.disclaimers import is_disclaimer_heading, names_itself, reads_like_disclaimer
from wellread.articles.markdown import parse_markdown
from wellread.articles.plaintext import parse_plaintext


@pytest.mark.parametrize(
    "heading",
    [
        "Disclaimer",
        "MEDICAL DISCLAIMER:",
        "9. Legal notice",
        "Haftungsausschluss",
        "Aviso legal",
        "Mentions légales",
        "Esclusione di responsabilità",
        "Отказ от ответственности",
        "إخلاء المسؤولية",
        "अस्वीकरण",
        "免责声明",
    ],
)
def test_names_of_disclaimers(heading: str) -> None:
    assert is_disclaimer_heading(heading)
    assert names_itself(f"{heading.rstrip(':')}: this is no advice.") or heading.startswith("9.")


@pytest.mark.parametrize("heading", ["Disclaimers in studies", "Legal age for alcohol", "Warning signs", "Important"])
def test_other_headings_name_no_disclaimer(heading: str) -> None:
    assert not is_disclaimer_heading(heading)


@pytest.mark.parametrize(
    "text",
    [
        "This sheet is not a substitute for the advice of your nurse.",
        "For information purposes only.",
        "We accept no liability. We are not responsible for mistakes.",
        "Dieses Merkblatt ersetzt nicht den Besuch beim Arzt.",
        "Esta hoja no sustituye la consulta con su médico.",
        "Cette fiche ne remplace pas une consultation.",
        "Este texto não substitui a consulta médica.",
        "Queste pagine non sostituiscono il parere del medico.",
        "Этот текст не заменяет консультацию врача.",
        "यह लेख डॉक्टर की सलाह का विकल्प नहीं है।",
        "Note: Ask your pharmacist.",
    ],
)
def test_forms_of_disclaimers_are_known_wherever_they_stand(text: str) -> None:
    assert reads_like_disclaimer(text, set_apart=False)


@pytest.mark.parametrize("text", ["Always ask your doctor first", "This page is about adults."])
def test_general_words_count_only_where_they_are_set_apart(text: str) -> None:
    assert reads_like_disclaimer(text, set_apart=True)
    assert not reads_like_disclaimer(text, set_apart=False)


@pytest.mark.parametrize(
    "text",
    [
        "Call 112 at once if a child with a rash is hard to wake.",
        "Important: call an ambulance if the lips turn blue.",
        "Ask your doctor before you take it if you have asthma.",
        "This page does not replace your doctor: call 999 at once if you faint.",
        "Do not use honey as a substitute for insulin.",
        "Keep it out of reach of children.",
        "See also: cuts.txt",
        "Ask your nurse for 5 ml.",
        "Llame al 112 de inmediato.",
    ],
)
def test_advice_is_no_disclaimer_however_far_it_stands(text: str) -> None:
    assert not reads_like_disclaimer(text, set_apart=True)


def test_what_is_taken_is_noted_with_its_line() -> None:
    (note,) = parse_plaintext("Cuts\n\nCare\n\nWash it.\n\n\n\n\nAsk your nurse.", "a.txt").notes
    assert (note.line, note.code) == (10, "disclaimer")
    assert note.message.endswith('with each answer of the article and not searched: "Ask your nurse."')


def test_headed_section_is_the_disclaimer_wherever_it_stands() -> None:
    markdown = parse_markdown(
        "# Cuts\n\nWash.\n\n## Aviso legal\n\nNo es consejo.\n\n- Pregunte.\n\n## Care\n\nRest.", "a.md"
    )
    assert markdown.details.disclaimer == "No es consejo. • Pregunte."
    assert [part.text for part in markdown.parts] == ["Wash.", "Care", "Rest."]
    assert [(note.line, note.code) for note in markdown.notes] == [(5, "disclaimer")]
    text = parse_plaintext("Cuts\n\nDisclaimer\n\nNo advice.\n\nCare\n\nRest at home.\n\nMore rest.", "a.txt")
    assert text.details.disclaimer == "No advice."


def test_section_with_headings_below_it_and_the_only_section_stay() -> None:
    assert parse_markdown("# Cuts\n\n## Disclaimer\n\nNo advice.", "a.md").details.disclaimer == ""
    deep = parse_markdown("# Cuts\n\nWash.\n\n## Disclaimer\n\nNo advice.\n\n### Law\n\nx", "a.md")
    assert deep.details.disclaimer == ""


def test_front_matter_goes_before_a_section() -> None:
    draft = parse_markdown("---\ndisclaimer: Ask.\n---\n# Cuts\n\nWash.\n\n## Disclaimer\n\nNo advice.", "a.md")
    assert draft.details.disclaimer == "Ask."
    assert [part.text for part in draft.parts] == ["Wash.", "Disclaimer", "No advice."]
