"""Mails saved as plain text: the subject is the title, head and signature are named and left out."""

from __future__ import annotations

import pytest

from wellread.articles.plaintext import parse_plaintext

GERMAN = """Von: Ute Alt <ute@example.org>
An: Redaktion
Gesendet: Montag, 3. November 2025 09:12
Betreff: WG: Mückenstiche

Sie jucken.

Hilfe

Kühlen.

--
Ute Alt
Station 4
"""
FRENCH = "De : Ana Roe\nEnvoyé : 3 novembre 2025 09:12\nÀ : Redaction\nObjet : Piqûres\n\nElles grattent."
ESTONIAN = "Saatja: ute@example.org\nSaaja: uno@example.org\nSaadetud: 3. mai 2025\nPealkiri: Sääsed\n\nNeed sügelevad."
JAPANESE = "差出人: ute@example.org\n宛先: uno@example.org\n日時: 2025年11月3日\n件名: 虫刺され\n\n冷やします。"
PASSED_ON = (
    "---------- Forwarded message ---------\nFrom: Ute <ute@example.org>\nDate: Mon, Nov 3, 2025 at 9:12 AM\n"
    "Subject: Fwd: Re: Bites\nTo: <uno@example.org>,\n <una@example.org>\n\nThey itch."
)


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        (GERMAN, "Mückenstiche", "Sie jucken."),
        (FRENCH, "Piqûres", "Elles grattent."),
        (ESTONIAN, "Sääsed", "Need sügelevad."),
        (JAPANESE, "虫刺され", "冷やします。"),
        (PASSED_ON, "Bites", "They itch."),
        ("From: a@x.org\nTo: b@x.org\nSubject: Re: Foot care: first\n\nDry them.", "Foot care: first", "Dry them."),
        ("*Od:* Ana\n*Do:* Redakcja\n*Temat:* Odp: Katar\n\nMija sam.", "Katar", "Mija sam."),
    ],
)
def test_subject_is_the_title_and_every_line_of_the_head_is_named(text: str, title: str, first: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert (draft.title, draft.parts[0].text, draft.details.source) == (title, first, "")
    said = " ".join(note.message for note in draft.notes if note.code == "mail")
    assert all(line.strip() in said for line in text.split("\n\n")[0].split("\n"))


@pytest.mark.parametrize("mark", ["--", "-- ", "—"])
def test_signature_is_named_and_left_out(mark: str) -> None:
    draft = parse_plaintext(GERMAN.replace("\n--\n", f"\n{mark}\n"), "a.txt")
    assert [part.text for part in draft.parts] == ["Sie jucken.", "Hilfe", "Kühlen."]
    signature = [(note.line, note.message) for note in draft.notes if "signature" in note.message]
    assert signature == [
        (13, '"Ute Alt" is left out: it belongs to the signature of a mail'),
        (14, '"Station 4" is left out: it belongs to the signature of a mail'),
    ]
    assert {note.code for note in draft.notes} == {"mail"}


def test_long_text_below_dashes_stays() -> None:
    below = "\n".join(f"Line {n} says more." for n in range(13))
    draft = parse_plaintext(f"{FRENCH}\n\n--\n\n{below}", "a.txt")
    assert "Line 12 says more." in " ".join(part.text for part in draft.parts)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Author: ute@example.org\nUpdated: 3 November 2025\nTitle: Bites\n\nThey itch.", "Bites"),
        ("Bites\nFrom: May\nTo: September\n\nThey itch.\n\n--\n\nCool them.", "Bites"),
    ],
)
def test_details_and_ages_are_no_head_of_a_mail(text: str, title: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert draft.title == title
    assert all(note.code != "mail" for note in draft.notes)


@pytest.mark.parametrize(
    ("greeting", "closing"),
    [
        ("Hi Tom,", "Many thanks,\nAnn"),
        ("Liebe Kolleginnen und Kollegen,", "Mit freundlichen Grüßen\n\nUte Alt\nStation West"),
        ("Bonjour,", "Cordialement"),
        ("Hello, Tom!", "Thanks"),
        ("Sehr geehrte Damen und Herren,", "Danke"),
        ("您好！", "谢谢"),
        ("Beste Tom,", "Met vriendelijke groet,\n\nRoos"),
    ],
)
def test_greeting_and_closing_of_a_mail_are_left_out_with_notes(greeting: str, closing: str) -> None:
    head = "From: Ute <ute@example.org>\nTo: uno@example.org\nSubject: Bites"
    draft = parse_plaintext(f"{head}\n\n{greeting}\n\nThey itch.\n\n{closing}\n", "a.txt")
    assert [part.text for part in draft.parts] == ["They itch."]
    named = " ".join(note.message for note in draft.notes)
    assert all(line in named for line in (greeting, *closing.split("\n")))


@pytest.mark.parametrize(
    "text",
    [
        "Dear readers, do not scratch.",
        "Hello, stop all tablets at once!",
        "Dear patients, do not eat before it:",
        "Hi, call 999!",
        "They itch.\n\nMany thanks,\nAnn Roe\n\nCall 999 if it swells.",
        "Hello Kitty plasters",
    ],
)
def test_text_of_a_mail_that_is_no_greeting_stays(text: str) -> None:
    head = "From: Ute <ute@example.org>\nTo: uno@example.org\nSubject: Bites"
    draft = parse_plaintext(f"{head}\n\n{text}\n\nCool them.\n", "a.txt")
    assert " ".join(part.text for part in draft.parts) == " ".join(f"{text} Cool them.".split())


def test_greeting_outside_a_mail_stays() -> None:
    assert parse_plaintext("Bites\n\nDear reader,\n\nthey itch.\n", "a.txt").parts[0].text == "Dear reader,"


@pytest.mark.parametrize(("below", "stays"), [("Stop if you faint", True), ("Dr Ana van der Roe", False)])
def test_line_below_the_closing_is_left_out_only_where_it_is_a_name(below: str, stays: bool) -> None:
    head = "From: ute@example.org\nTo: uno@example.org\nSubject: Bites\n\nThey itch.\n\n"
    draft = parse_plaintext(f"{head}Thank you\n{below}\n", "a.txt")
    assert any(below in part.text for part in draft.parts) is stays


HEAD = "From: Ward 4 <ward4@example.org>\nTo: all@example.org\nDate: 3 March 2025\nSubject: "
BELOW = "\n\nWhat is gout?\nGout hurts in attacks.\n\nWhat helps\n- Rest\n- Drink water\n"


def test_title_in_a_mail_counts_where_the_subject_says_nothing_of_the_text() -> None:
    draft = parse_plaintext(f"{HEAD}leaflet for the website\n\nHello all,\n\nLiving with gout{BELOW}", "a.txt")
    assert (draft.title, draft.parts[0].text) == ("Living with gout", "What is gout?")
    named = [note.message for note in draft.notes if note.line == 4]
    assert len(named) == 1
    assert 'its subject "leaflet for the website" is left out' in named[0]


@pytest.mark.parametrize(
    ("subject", "first"),
    [("Gout", "Information for our patients"), ("Leaflet for the website", "Please put it online today")],
)
def test_first_line_of_a_mail_that_is_no_title_leaves_the_subject(subject: str, first: str) -> None:
    draft = parse_plaintext(f"{HEAD}{subject}\n\n{first}{BELOW}", "a.txt")
    assert (draft.title, draft.parts[0].text) == (subject, first)


SENT = "From: Petra Roe <p.roe@example.org>\nSent: 3 March 2025 09:12\nTo: Web team\nSubject: AW: Zecken\n\n"
TEXT = "Zecken sitzen im Gras.\n\nHilfe\n\nZiehen Sie die Zecke heraus. Rufen Sie uns an."


@pytest.mark.parametrize("closing", ["Thanks, Petra", "Danke, Petra", "Mersi, Petra", "Petra Roe", "Grüße, P. Roe"])
def test_message_above_a_drawn_line_is_left_out_with_one_note_where_the_sender_closes_it(closing: str) -> None:
    draft = parse_plaintext(f"{SENT}Hi Tom\n\nThe text, as agreed.\n\n{closing}\n\n-----\n\n{TEXT}\n", "a.txt")
    assert [part.text for part in draft.parts][:2] == ["Zecken sitzen im Gras.", "Hilfe"]
    said = [note.message for note in draft.notes if "message above the text" in note.message]
    assert said == [
        (
            f'"Hi Tom / The text, as agreed. / {closing}" to line 10 is left out: it is the message above the '
            "text of a mail"
        )
    ]


def test_quoted_mail_and_signature_below_the_text_are_left_out_with_one_note_each() -> None:
    foot = "Petra Roe\nOffice 4\nNot yours? Delete it.\n\nOn 2 May 2025 Jo wrote:\n> When\n>\n> will it come?\n"
    draft = parse_plaintext(f"{SENT}{TEXT}\n\n-----\n\n{foot}", "a.txt")
    assert [part.text for part in draft.parts][-1] == "Ziehen Sie die Zecke heraus. Rufen Sie uns an."
    said = [note.message for note in draft.notes if "older mail" in note.message or "signature" in note.message]
    assert said == [
        '"Petra Roe / Office 4 / Not yours? Delete it." to line 16 is left out: it belongs to the signature of a mail',
        (
            '"On 2 May 2025 Jo wrote: / > When / > / > will it come?" to line 21 is left out: it is an older mail, '
            "quoted below the text"
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n\n-----\n\nWann zum Arzt\n\nBei Fieber.",
        f"{TEXT}\n\n> 39 °C is a high fever.",
        f"Ask Petra Roe on 555.\n\n{TEXT}",
        f"> {TEXT}".replace("\n", "\n> "),
        f"{TEXT}\n\nCall 112 if you:\n> faint\n> cannot breathe",
    ],
)
def test_sections_between_drawn_lines_figures_and_a_text_that_is_quoted_itself_stay(text: str) -> None:
    draft = parse_plaintext(f"{SENT}{text}\n", "a.txt")
    last = next(line for line in reversed(text.split("\n")) if line)
    assert draft.parts[-1].text.split()[-1] == last.split()[-1]
    assert not any("older mail" in note.message or "signature" in note.message for note in draft.notes)


def test_title_of_the_text_counts_where_the_subject_names_it_among_other_words() -> None:
    draft = parse_plaintext(f"{HEAD}FW: text for the page: gout\n\nLiving with gout{BELOW}", "a.txt")
    assert draft.title == "Living with gout"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Patient Information Team", f"{TEXT}\n\nPatient Information\nCall 112 in need."),
        ("Gout Clinic", f"Never take aspirin.\nCall the gout clinic\n-----\n{TEXT}"),
        ("Petra Roe", f"{TEXT}\n\nPetra Roe\nCall 112 if the pain lasts.\nTake one aspirin (300 mg)."),
        ("Petra Roe", f"{TEXT} See a doctor:\n\n> above 39 °C\n>\n> under three months"),
        ("Petra Roe", f"{TEXT}\n\nKontakt\n\nPetra Roe\nTel. 020 7946 0018"),
        ("Petra Roe", f"{TEXT}\n\nYour nurses:\nPetra Roe\nTel. 020 7946 0018"),
        ("Petra Roe", f"Dear all,\n\nDrink plenty\nBest Foods\n\n{TEXT}\n\n{TEXT}"),
    ],
)
def test_advice_that_looks_like_a_signature_or_a_closing_stays(sender: str, text: str) -> None:
    draft = parse_plaintext(f"From: {sender} <a@example.org>\n{SENT.partition(chr(10))[2]}{text}\n", "a.txt")
    words = " ".join((draft.title, *(part.text for part in draft.parts)))
    assert all(line in words for line in text.split("\n") if line not in ("-----", "Dear all,"))


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
def test_text_that_is_quoted_whole_is_read_without_the_quote_marks(mark: str) -> None:
    text = "Heat\n\nDrink\n\n- a glass of water every\n  2 hours\n- soup if the fever is\n\n> 39 °C\n"
    quoted = "".join(f"{mark}{line}".rstrip() + "\n" for line in text.splitlines())
    read, plain = parse_plaintext(quoted, "a.txt"), parse_plaintext(text, "a.txt")
    assert (read.title, read.parts) == (plain.title, plain.parts)
    assert [note.code for note in read.notes] == ["mail", *(note.code for note in plain.notes)]


@pytest.mark.parametrize(
    "text",
    [
        "Heat\n\nWhen\n\n> 39 °C\n> 3 days\n",
        "Heat\n\n> drink water\n> stay inside\n> rest\n",
        "Heat\n\n> 38: call\n>\n> 39: come\n",
    ],
)
def test_signs_of_comparison_and_items_with_an_angle_stay(text: str) -> None:
    assert not any("quoted as" in note.message for note in parse_plaintext(text, "a.txt").notes)
