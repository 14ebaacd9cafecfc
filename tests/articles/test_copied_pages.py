"""Plain text copied from a page with its menu, its path and the list of its headings: these are named and left out."""

from __future__ import annotations

import pytest

from wellread.articles.adverts import is_advert
from wellread.articles.outline import Heading
from wellread.articles.plaintext import parse_plaintext


def shown(text: str) -> list[str]:
    """The title of an article, then its headings with as many "#" as their level and its blocks as written."""
    draft = parse_plaintext(text, "a.txt")
    parts = [f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in draft.parts]
    return [draft.title, *parts]


@pytest.mark.parametrize(
    "above",
    [
        "Skip to main content\nMenu\nSearch\n\nHome > Health topics > Shingles\n\n",
        "Startseite / Haut / Gürtelrose (Shingles)\n\nArtikel drucken\n\n",
        "Pelle»Shingles\n",
    ],
)
def test_title_stands_below_the_path_of_the_page(above: str) -> None:
    text = f"{above}Shingles\n\nThe rash hurts.\n"
    assert shown(text) == ["Shingles", "The rash hurts."]
    assert [note.code for note in parse_plaintext(text, "a.txt").notes] == ["around-text"]


def test_path_below_the_title_is_left_out() -> None:
    assert shown("Shingles\n\nHome › Skin › Shingles\n\nThe rash hurts.\n") == ["Shingles", "The rash hurts."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Drinks\n\nTea / Coffee\n\nCoffee\n\nNot at night.", "Drinks"),
        ("Pressure\n\nHigh > 140\n\n140\n\nSee a doctor.", "Pressure"),
        ("Home\n\nHome – how to measure\n\nSit down first.", "Home"),
        ("Shingles facts\n\nHome > Skin > Shingles\n\nIt hurts.", "Shingles facts"),
        ("Rash\n\nIt often starts with a burning skin.\n\nSkin > Rash\n\nRash\n\nIt hurts.", "Rash"),
    ],
)
def test_lines_with_such_signs_that_are_no_path_hide_no_title(text: str, title: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert draft.title == title


@pytest.mark.parametrize(
    "contents",
    [
        "On this page\nSigns\nHelp",
        "Auf dieser Seite:\n\n• Signs\n\n• Help",
        "目次\n1. Signs\n2. Help",
        "Signs .......... 1\nHelp ........... 2\nPhone ..... 3",
    ],
)
def test_list_of_the_headings_is_left_out_with_a_note(contents: str) -> None:
    text = f"Gout\n\nA toe hurts.\n\n{contents}\n\nSigns\n\nIt is red.\n\nHelp\n\nRest the foot."
    assert shown(text) == ["Gout", "A toe hurts.", "# Signs", "It is red.", "# Help", "Rest the foot."]
    assert [(note.line, note.code) for note in parse_plaintext(text, "a.txt").notes] == [(5, "around-text")]


@pytest.mark.parametrize(
    "text",
    [
        "Chemo\n\nYou may get:\n\nTiredness\nHair loss\n\nTiredness\n\nRest.\n\nHair loss\n\nAsk us.",
        "Box\n\nContents\n\n20 tablets\nA leaflet\n\nStorage\n\nKeep it dry.",
    ],
)
def test_list_that_is_none_of_the_headings_stays(text: str) -> None:
    assert not parse_plaintext(text, "a.txt").notes


@pytest.mark.parametrize(
    "line",
    ["Was this page helpful?", "Yes No", "War diese Seite hilfreich?", "¿Fue útil esta página?", "© Eastvale Health"],
)
def test_question_about_the_page_and_its_owner_are_no_headings(line: str) -> None:
    assert shown(f"Gout\n\nHelp\n\nRest.\n\n{line}\n\nThank you.")[1:] == ["# Help", "Rest.", line, "Thank you."]


@pytest.mark.parametrize("text", ["¿Es útil tomar vitamina C?", "(c) two tablets a day"])
def test_question_and_letter_of_the_text_itself_are_no_advert(text: str) -> None:
    assert not is_advert(text)


@pytest.mark.parametrize(
    "text",
    [
        "Syrups\n\nRed syrup ..... 500\nBlue syrup ...... 400\nGreen syrup ..... 300\n\nThese are spoons.",
        "First-aid box\n\nContents\n\nPlaster\nScissors\nGloves\n\nPlaster\n\nFor cuts.\n\nScissors\n\nBlunt.",
        "Start > low\nBegin slowly\n\nTake one spoon.\n\nThen\n\nTake two.",
        "Dose\n\nStart → low dose → high dose\n\nTake it with food.",
        "Dose\n\nStart → 5 mg → 10 mg\n\nTake it with food.",
        "Where to keep it\n\nHome / School / Work\n\nTake it with you.",
        "Plan\nStart / Stop rules\n\nBegin at 8.\n\nStop rules\n\nEnd at 3.",
    ],
)
def test_lists_and_signs_of_the_text_itself_stay(text: str) -> None:
    assert not [note for note in parse_plaintext(text, "a.txt").notes if note.code == "around-text"]


def test_sentence_directly_below_the_list_of_the_headings_is_the_text() -> None:
    names = ["What is gout?", "Who gets it?", "What helps?", "Is it catching?"]
    body = "".join(f"{name}\nHere stands what is known of it.\n\n" for name in names)
    contents = "On this page:\n\n" + "\n".join(names)
    draft = parse_plaintext(f"Gout\n{contents}\nGout comes in attacks and goes again.\n\n{body}", "a.txt")
    assert [part.text for part in draft.parts][:2] == ["Gout comes in attacks and goes again.", "What is gout?"]
    assert [(note.line, note.code) for note in draft.notes] == [(2, "around-text")]


@pytest.mark.parametrize(
    "foot",
    [
        ["Was this helpful?  Yes  No", "Back to top", "Cookies | Privacy | Terms", "© Hill Clinic"],
        ["War diese Seite hilfreich?  Ja  Nein", "Impressum | Datenschutz | Kontakt", "© Praxis Nord"],
        ["Teilen:  Facebook  WhatsApp  E-Mail", "Nach oben"],
        ["Was this page helpful?", "Yes", "No", "Share this page", "Facebook", "Twitter", "© Hill Clinic"],
        ["War diese Seite hilfreich?", "Ja", "Nein"],
        ["© Hill Clinic. Cookies. Privacy policy."],
    ],
)
def test_foot_of_a_page_is_left_out_with_one_note(foot: list[str]) -> None:
    draft = parse_plaintext("Gout\n\nRest.\n\n" + "\n".join(foot) + "\n", "a.txt")
    assert [part.text for part in draft.parts] == ["Rest."]
    assert [(note.line, note.code) for note in draft.notes] == [(5, "around-text")]


def test_row_of_buttons_below_the_title_is_left_out_and_a_link_is_no_heading() -> None:
    text = "Gout\n\nShare this page  Facebook  Email\n\nRest.\n\nSteroids (opens in new tab)\n\nHelp\n\nAsk us.\n"
    assert shown(text)[1:] == ["Rest.", "Steroids (opens in new tab)", "# Help", "Ask us."]


@pytest.mark.parametrize(
    "last",
    [
        "Doctor | Nurse | Pharmacist",
        "© Hill Clinic. This leaflet replaces no doctor: ask yours first.",
        "Facebook group for parents",
        "Cookies",
        "Never buy tablets on Facebook, Instagram",
        "Share with nobody",
        "Photo: a rash that does not fade",
        "Image source of pain is the knee",
        "Was this helpful? Call 111",
        "Did you find this lump yourself?",
        "Save by freezing within two hours",
        "Email by Friday to change your appointment",
        "Join us on Tuesdays at 10",
        "Copyright Hill Clinic, call 0800 123 456",
        "Click here to call the crisis line",
        "Read more: call 999 if you faint",
        "© Hill Clinic. Ask a doctor if it gets worse",
    ],
)
def test_last_line_that_may_be_text_stays(last: str) -> None:
    assert parse_plaintext(f"Gout\n\nRest.\n\n{last}\n", "a.txt").parts[-1].text == last


@pytest.mark.parametrize(
    "text",
    [
        "Do not take: aspirin | ibuprofen | naproxen",
        "Call 999 for:\n\nFever | Rash | Stiff neck",
        "What to avoid\n\nAspirin | Ibuprofen | Naproxen",
        "Email",
    ],
)
def test_text_above_the_owner_of_a_page_stays(text: str) -> None:
    assert shown(f"Gout\n\nRest.\n\n{text}\n\n© Hill Clinic\n")[-1].endswith(text.split("\n")[-1])


def test_text_above_the_menu_at_the_end_of_a_page_stays() -> None:
    foot = "Home | About | Contact\n\nPrivacy | Cookies | Terms\n\n© Hill Clinic"
    draft = parse_plaintext(f"Knee pain\n\nRest the knee.\n\n{foot}\n", "a.txt")
    assert (draft.title, [part.text for part in draft.parts]) == ("Knee pain", ["Rest the knee."])


def test_email_heads_what_is_below_it() -> None:
    text = "Our clinic\n\nEmail\n\nWrite to us for advice.\n\nTelephone\n\nCall in an emergency.\n"
    assert [line for line in shown(text) if line.startswith("#")] == ["# Email", "# Telephone"]


def test_rows_of_a_table_above_the_foot_of_a_page_stay() -> None:
    text = "Doses\n\nAs below.\n\nMorning | Noon | Evening\nOne tablet | Two tablets | None\n© Hill Clinic\n"
    assert shown(text)[2:] == ["Morning | Noon | Evening", "One tablet | Two tablets | None"]


def test_dates_above_the_buttons_of_a_page_are_read() -> None:
    dates = "Page last reviewed: 16 January 2026\nNext review due: 16 January 2029"
    foot = "Was this page helpful?\nYes\nNo\nShare this page\nFacebook\nTwitter"
    details = parse_plaintext(f"Gout\n\nRest.\n\n{dates}\n\n{foot}\n", "a.txt").details
    assert (str(details.last_reviewed), str(details.next_review)) == ("2026-01-16", "2029-01-16")


def test_buttons_below_the_question_of_a_page_are_no_headings() -> None:
    text = "Gout\n\nHelp\n\nRest.\n\nWas this page helpful?\nYes\nNo\n\nFacebook\n\nThis line is of the text.\n"
    assert [line for line in shown(text) if line.startswith("#")] == ["# Help"]


@pytest.mark.parametrize("text", ["Is it catching?\n\nNo", "Online groups\n\nFacebook", "One | Two | Three\nYes"])
def test_word_of_a_button_below_a_line_of_the_text_stays(text: str) -> None:
    last = text.split("\n")[-1]
    assert shown(f"Gout\n\nRest.\n\n{text}\n\n© Hill Clinic\n")[-1] == last


def test_word_of_a_button_heads_its_own_text() -> None:
    text = "Gout online\n\nOnline groups help.\n\nFacebook\n\nAsk to join.\n\nTwitter\n\nRead only.\n"
    assert [line for line in shown(text) if line.startswith("#")] == ["# Facebook", "# Twitter"]
