"""Plain text read into headings and blocks: whole articles from the fixtures, then one habit of editors at a time."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.articles.decoding import decode
from wellread.articles.library import read_article
from wellread.articles.outline import Draft, Heading, divide
from wellread.articles.plaintext import parse_plaintext
from wellread.datatypes import Article, Block, Section
from wellread.errors import ArticleError

FIXTURES = ROOT / "tests" / "fixtures" / "articles"
SEED = ROOT / "kb" / "neurological-spasms.txt"
ARTICLES = [*sorted(FIXTURES.glob("*.txt")), SEED]


def shown(sections: tuple[Section, ...]) -> list[str]:
    """Sections as lines: "# path > of > headings", "? ..." for a FAQ's questions, then the blocks as written."""
    lines: list[str] = []
    for section in sections:
        lines.append(("? " if section.role == "faq" else "# ") + " > ".join(section.path))
        lines += [block.written for block in section.blocks]
    return lines


def read(name: str) -> Article:
    return read_article(FIXTURES / name, FIXTURES)


def parse(text: str) -> list[str]:
    return shown(divide(parse_plaintext("The title\n\n" + text, "a.txt")))


# Whole articles


def test_seed_has_exactly_its_headings_and_anchors() -> None:
    seed = read_article(SEED, SEED.parent)
    assert [(section.path, section.anchor, section.role) for section in seed.sections] == [
        (("What are neurological spasms?",), "what-are-neurological-spasms", "section"),
        (("Causes of neurological spasms",), "causes", "section"),
        (("Symptoms of neurological spasms",), "symptoms", "section"),
        (("How are neurological spasms diagnosed?",), "diagnosed", "section"),
        (("Treatment of neurological spasms",), "treatment", "section"),
        (("When should you see a doctor?",), "see-a-doctor", "section"),
        (("Tips for preventing the condition",), "tips-for-preventing-the-condition", "section"),
        (("Frequently Asked Questions",), "frequently-asked-questions", "section"),
        (
            ("Frequently Asked Questions", "What are neurological spasms?"),
            "faq-what-are-neurological-spasms",
            "faq",
        ),
        (("Frequently Asked Questions", "Are neurological spasms dangerous?"), "faq-dangerous", "faq"),
        (("Frequently Asked Questions", "What causes neurological spasms?"), "faq-causes", "faq"),
        (("Frequently Asked Questions", "How are neurological spasms diagnosed?"), "faq-diagnosed", "faq"),
        (("Summary",), "summary", "section"),
    ]


def test_seed_keeps_every_bullet_whole_and_leaves_out_the_repeated_title() -> None:
    symptoms = read_article(SEED, SEED.parent).sections[2]
    assert symptoms.line == 23
    assert symptoms.blocks == (
        Block("paragraph", "Common symptoms may include:", 27),
        Block("item", "Sudden and unexpected muscle contractions.", 29, "•"),
        Block("item", "Pain in the affected area during contraction.", 30, "•"),
        Block("item", "Temporary muscle weakness after the spasm.", 31, "•"),
        Block("item", "Difficulty controlling movement.", 32, "•"),
        Block("item", "Tingling or numbness before the contraction occurs.", 33, "•"),
        Block("item", "Sleep disturbances due to nighttime spasms.", 34, "•"),
    )


def test_seed_title_and_closing_line_are_verbatim() -> None:
    seed = read_article(SEED, SEED.parent)
    assert seed.title == "neurological spasms: causes, symptoms, and treatment"
    assert seed.disclaimer == "you should ask your doctor before taking this medicine"


def test_wrapped_lines_are_joined_and_inner_bullets_nested() -> None:
    article = read("asthma-wrapped.txt")
    assert shown(article.sections) == [
        "# CAUSES",
        (
            "The airways of people with asthma are easily irritated. They swell, and the muscles around them tighten, "
            "so that less air comes through. Dr. Muster calls this a door that sticks."
        ),
        "Common triggers are:",
        "• dust and the droppings of mites, above all in mattresses and in old carpets",
        "• pollen",
        "  • of trees, in spring",
        "  • of grasses, in early summer",
        "• cold air",
        "# WHAT DOES AN ATTACK FEEL LIKE?",
        (
            "Breathing out is hard. In most attacks a dose of between 100 micrograms - 200 for adults - from the "
            "inhaler brings relief within minutes."
        ),
        "This paragraph is indented. It stands in the same section, and it is wrapped as well.",
        "# TREATMENT",
        "# Relief",
        "Inhalers open the airways at once.",
        "# Prevention",
        "Some medicines are taken every day, also when nothing hurts.",
    ]
    assert article.disclaimer == ("Disclaimer: This text is test material. It does not replace a visit to your doctor.")


def test_numbered_headings_are_told_from_numbered_lists() -> None:
    article = read("kidney-stones-numbered.txt")
    assert shown(article.sections) == [
        "# 1. Causes",
        "Stones form when urine holds too many minerals:",
        "1. Calcium",
        "2. Oxalate",
        "3. Uric acid",
        "# 1. Causes > 1.1 In children",
        "1.5 million children are examined every year, most of them for pain in the side.",
        "# 1. Causes > 1.2 In adults",
        "Too little water is the usual cause.",
        "# 2. What to do",
        "Follow these steps in this order.",
        "1) Drink two litres of water.",
        "2) Take the medicine against pain.",
        "3) Keep the stone.",
        "(a) Do not fast.",
        "(b) Do not wait with fever.",
        "# 3. Outlook",
        "Most stones pass on their own.",
    ]
    assert [section.anchor for section in article.sections] == ["causes", "children", "adults", "what-to-do", "outlook"]
    assert (article.source, article.last_reviewed) == ("https://example.org/kidney-stones", date(2026, 5, 31))
    assert article.disclaimer == ""


def test_underlined_headings_nest_by_their_underline() -> None:
    article = read("migraine-underlined.txt")
    assert article.title == "Migraine"
    assert shown(article.sections) == [
        "# Migraine",
        "A migraine is more than a headache.",
        "# Symptoms",
        "# Symptoms > Before the pain",
        "• Yawning",
        "• Hunger",
        "# Symptoms > During the pain",
        "One side of the head throbs. Light and noise hurt.",
        "# Treatment",
        "# Treatment > Rest in a dark room",
        "Cold on the forehead helps some people, and sleep ends many attacks.",
    ]
    assert article.disclaimer == "Ask your pharmacist before combining painkillers."
    assert (article.language, article.next_review) == ("en", date(2027, 1, 15))


def test_german_article_with_byte_order_mark() -> None:
    article = read("heuschnupfen-deutsch.txt")
    assert article.title == "Heuschnupfen – was hilft"
    assert shown(article.sections) == [
        "# Ursachen",
        "Der Körper hält Pollen für gefährlich und wehrt sich gegen sie.",
        "# Beschwerden",
        "Häufig sind:",
        "• tränende Augen",
        "• Niesen",
        "• eine Nase, die läuft oder die verstopft ist",
        "# Häufige Fragen",
        "? Häufige Fragen > Ist Heuschnupfen gefährlich?",
        "Meist nicht.",
        "? Häufige Fragen > Was hilft gegen Heuschnupfen?",
        "Nasensprays",
        "und Tabletten, die der Arzt verschreibt.",
        "? Häufige Fragen > Wann sollte man zum Arzt gehen?",
        "Sobald das Atmen schwerfällt.",
        "# Zusammenfassung",
        "Wer die Pollen kennt, kann ihnen ausweichen.",
    ]
    assert article.disclaimer == "Hinweis: Dieser Text ist Testmaterial."


def test_spanish_article_in_utf_16_with_a_numbered_faq() -> None:
    article = read("dolor-de-garganta-utf16.txt")
    assert shown(article.sections) == [
        "# ¿Qué es el dolor de garganta?",
        (
            "Es una molestia que aparece al tragar. Puede deberse a un virus o a una bacteria, y suele durar menos de "
            "una semana."
        ),
        "# Remedios caseros",
        "Entre los más conocidos:",
        "1. Beber té con miel",
        "2. Hacer gárgaras con agua y sal",
        "3. Descansar",
        "# Preguntas frecuentes",
        "? Preguntas frecuentes > 1. ¿El dolor de garganta es contagioso?",
        "Sí, si lo causa un virus.",
        "? Preguntas frecuentes > 2. ¿Cuándo debo ir al médico?",
        "Cuando hay fiebre.",
        "# Resumen",
        "Casi siempre se cura solo.",
    ]
    assert article.disclaimer == "Consulte a su médico antes de tomar este medicamento."


def test_arabic_article() -> None:
    article = read("sudaa-arabic.txt")
    assert shown(article.sections) == [
        "# ما هو الصداع؟",
        "الصداع ألم في الرأس أو الرقبة.",
        "# أسباب الصداع",
        "من أهم الأسباب:",
        "• قلة النوم.",
        "• التوتر.",
        "# الأسئلة الشائعة",
        "? الأسئلة الشائعة > هل الصداع خطير؟",
        "نادرا.",
        "# الخلاصة",
        "النوم الكافي يقلل من الصداع.",
    ]


def test_bullets_pasted_from_a_word_processor_nest_without_indentation() -> None:
    article = read("word-paste.txt")
    assert shown(article.sections) == [
        "# Symptoms:",
        "• Dull ache",
        "  • on one side",
        "  • on both sides",
        "• Stiffness",
        "# Red flags:",
        "• Numbness",
        "• Fever",
        "# What helps:",
        "Movement helps more than rest.",
        "Call your doctor if:",
        "a) the pain lasts longer than six weeks",
        "b) you lose weight",
    ]
    assert article.disclaimer == "Test material only. Nothing here was reviewed."


def test_article_without_headings_is_one_section_under_its_title() -> None:
    article = read("plain-no-headings.txt")
    assert shown(article.sections) == [
        "# Nosebleeds",
        "Lean forward and pinch the soft part of the nose for ten minutes.",
        "A cold cloth on the neck is an old remedy. Does it work? Nobody knows.",
        "See a doctor after half an hour.",
    ]
    assert article.sections[0].anchor == "nosebleeds"
    assert article.disclaimer == ""


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_no_word_is_lost_invented_or_moved(path: Path) -> None:
    article = read_article(path, path.parent)
    read_back = [article.title]
    for section in article.sections:
        read_back += [section.heading] if section.heading != article.title else []
        read_back += [block.written for block in section.blocks]
    read_back.append(article.disclaimer)

    left_out = re.compile(r"article content:|(source|language|last reviewed|next review):.*", re.IGNORECASE)
    lines = [line for line in decode(path.read_bytes(), "").split("\n") if not left_out.fullmatch(line.strip())]
    repeated = [n for n, line in enumerate(lines) if line.strip().casefold() == article.title.casefold()][1:]
    written = [line for n, line in enumerate(lines) if n not in repeated]
    # An "o" that is a bullet comes back as "•"; in the Spanish article it is a word, inside a line.
    words = re.findall(r"\w+", "\n".join(re.sub(r"^o\t", "", line) for line in written))
    assert re.findall(r"\w+", "\n".join(read_back)) == words


# Headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Causes\nDust is a cause.\n\nRelief\nSleep helps.",
            ["# Causes", "Dust is a cause.", "# Relief", "Sleep helps."],
        ),
        ("Causes\n• Dust\n• Pollen\nRelief\n• Sleep", ["# Causes", "• Dust", "• Pollen", "# Relief", "• Sleep"]),
        ("CAUSES OF PAIN:\n\nDust.", ["# CAUSES OF PAIN:", "Dust."]),
        ("Causes:\n\nDust is one.", ["# Causes:", "Dust is one."]),
        ("Is it\ndangerous?\n\nNo.", ["# Is it dangerous?", "No."]),
        ("\tCauses\n\n\tDust.", ["# Causes", "Dust."]),
        ("Causes\n\n\f\n\nDust.", ["# Causes", "Dust."]),
        ("Causes\n\nIn children\n\nDust.", ["# Causes", "# In children", "Dust."]),
        ("【病因】\n灰尘。\n\n【治疗】\n睡觉。", ["# 【病因】", "灰尘。", "# 【治疗】", "睡觉。"]),
    ],
    ids=["on top", "between bullets", "capitals", "colon", "question", "tabs", "form feed", "empty", "brackets"],
)
def test_headings_are_recognised(text: str, expected: list[str]) -> None:
    assert parse(text) == expected


def test_labels_lie_below_the_headings_in_brackets_above_them() -> None:
    text = "饮食建议：\n少吃糖。\n\n【感冒】\n\n常见。\n\n饮食建议：\n多喝水。\n\n【头痛】\n\n休息。"
    headings = [line for line in parse(text) if line.startswith("#")]
    assert headings == ["# 饮食建议：", "# 【感冒】", "# 【感冒】 > 饮食建议：", "# 【头痛】"]


def test_labels_that_count_are_headings_if_one_of_them_is() -> None:
    steps = "1. Mix it.\n2. Rinse, and spit.\n\n"
    text = f"Method:\nWay A (salt):\n{steps}Way B:\n{steps}Way C:\n{steps}Safety:\n- Not for babies.\n- Ask us."
    headings = [line for line in parse(text) if line.startswith("#")]
    above = "# Method:"
    assert headings == [above, f"{above} > Way A (salt):", f"{above} > Way B:", f"{above} > Way C:", "# Safety:"]


@pytest.mark.parametrize("form", ["{}:", "【{}】"])
def test_title_of_the_form_of_the_headings_is_named(form: str) -> None:
    first, second, third = (form.format(word) for word in ("Fever", "Cough", "Gout"))
    draft = parse_plaintext(f"{first}\nIt is hot.\n\n{second}\nIt is loud.\n\n{third}\nIt hurts.\n", "a.txt")
    assert (draft.title, [(note.line, note.code) for note in draft.notes]) == (first, [(1, "unsure-title")])
    assert parse_plaintext(f"Illnesses\n\n{second}\nIt is loud.\n\n{third}\nIt hurts.\n", "a.txt").notes == ()


def test_note_behind_a_lone_star_keeps_its_star() -> None:
    note = "* One if you are under 12."
    assert parse(f"Dose\n\nTake two tablets*.\n\n{note}") == ["# Dose", "Take two tablets*.", note]
    assert parse(f"Dose\n\nTake two tablets.\n\n{note}")[-1] == f"•{note[1:]}"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Rest helps.",
        "Call a doctor now!",
        "the rest of the day",
        "The most common causes include",
        "Dust, pollen, and mites,",
        "By Jane Muster",
        "https://example.org/a",
        "Sleep helps. Rest too",
        "10 - 20",
        (
            "A sentence so long, with so many words one after another, that nobody would ever put it above a text as a "
            "heading"
        ),
    ],
)
def test_short_paragraphs_that_are_no_headings_stay_text(paragraph: str) -> None:
    assert parse(f"{paragraph}\n\nMore text.") == ["# The title", paragraph, "More text."]


def test_introduction_before_bullets_is_a_paragraph() -> None:
    assert parse("Causes\n\nCommon causes:\n\n- Dust\n\nRelief\n\nSleep.") == [
        "# Causes",
        "Common causes:",
        "• Dust",
        "# Relief",
        "Sleep.",
    ]


def test_lines_without_bullets_after_an_introduction_are_items() -> None:
    assert parse("Common causes are:\n\nDust\n\nPollen\n\nRelief\n\nSleep helps.") == [
        "# The title",
        "Common causes are:",
        "• Dust",
        "• Pollen",
        "# Relief",
        "Sleep helps.",
    ]


def test_four_lines_in_a_row_are_a_heading_and_a_list_without_bullets() -> None:
    assert parse("Who is at risk\n\nWomen\n\nVegetarians\n\nDonors of blood\n\nTreatment\n\nIron helps.") == [
        "# Who is at risk",
        "• Women",
        "• Vegetarians",
        "• Donors of blood",
        "# Treatment",
        "Iron helps.",
    ]


def test_single_underlined_heading_among_others_is_one_of_them() -> None:
    assert parse("Causes\n\nDust.\n\nRelief\n------\nSleep.\n\nOutlook\n\nGood.") == [
        "# Causes",
        "Dust.",
        "# Relief",
        "Sleep.",
        "# Outlook",
        "Good.",
    ]


def test_last_line_is_never_a_heading() -> None:
    assert parse("Dust is a cause.\n\nGet well soon") == ["# The title", "Dust is a cause.", "Get well soon"]


def test_blank_lines_between_numbered_items_do_not_make_them_headings() -> None:
    assert parse("Do this:\n\n1. Wash\n\n2. Rinse\n\n3. Dry\n\nThen wait for an hour.") == [
        "# The title",
        "Do this:",
        "1. Wash",
        "2. Rinse",
        "3. Dry",
        "Then wait for an hour.",
    ]


def test_wrapped_text_may_begin_a_line_with_a_number_or_a_capital() -> None:
    text = (
        "In a survey of many hospitals the average age of the patients was\n"
        "42. Most of them came on foot, and after treatment by the team of\n"
        "Professor Muster, who led the study for as long as there was money\n"
        "for it, they all went home again."
    )
    assert parse(text) == ["# The title", text.replace("\n", " ")]


def test_lower_case_headings_count_where_the_title_is_lower_case_too() -> None:
    draft = parse_plaintext("asthma: an overview\n\ncauses of asthma\n\nDust.", "a.txt")
    assert draft.parts == (Heading("causes of asthma", 1, 3), Block("paragraph", "Dust.", 5))


# FAQ


def test_faq_ends_at_the_first_heading_that_asks_nothing() -> None:
    assert parse("FAQs\n\nIs it bad?\n\nNo.\n\nDoes it hurt?\n\nA little\n\nOutlook\n\nGood. Is it?\n\nYes.") == [
        "# FAQs",
        "? FAQs > Is it bad?",
        "No.",
        "? FAQs > Does it hurt?",
        "A little",
        "# Outlook",
        "Good. Is it?",
        "Yes.",
    ]


def test_faq_whose_answers_have_no_full_stops() -> None:
    assert parse("FAQ\n\nIs it bad?\n\nNo\n\nDoes it hurt?\n\nA little\n\nOutlook\n\nGood.") == [
        "# FAQ",
        "? FAQ > Is it bad?",
        "No",
        "? FAQ > Does it hurt?",
        "A little",
        "# Outlook",
        "Good.",
    ]


@pytest.mark.parametrize(
    "heading",
    ["FREQUENTLY ASKED QUESTIONS", "FAQ", "faqs:", "Common questions about pain", "7. Questions and answers", "Q&A"],
)
def test_headings_that_announce_a_faq(heading: str) -> None:
    text = f"the title\n\n{heading}\n\nIs it bad?\n\nNo."
    assert [section.role for section in divide(parse_plaintext(text, "a.txt"))] == ["section", "faq"]


def test_title_that_asks_may_be_asked_again_in_the_faq() -> None:
    draft = parse_plaintext("What is pain?\n\nWhat is pain?\n\nA signal.\n\nFAQ\n\nWhat is pain?\n\nA sign.", "a.txt")
    assert shown(divide(draft)) == ["# What is pain?", "A signal.", "# FAQ", "? FAQ > What is pain?", "A sign."]


# Lists


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "—", "◦", "▪", "·", "●", "o"])
def test_every_bullet_is_written_as_the_same_marker(bullet: str) -> None:
    assert parse(f"Causes:\n{bullet} Dust\n{bullet} Pollen") == ["# Causes:", "• Dust", "• Pollen"]


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "2."), ("1)", "2)"), ("(1)", "(2)"), ("a)", "b)"), ("(a)", "(b)")]
)
def test_numbers_stay_as_they_were_written(first: str, second: str) -> None:
    assert parse(f"Take these steps:\n\n{first} Wash\n{second} Dry") == [
        "# The title",
        "Take these steps:",
        f"{first} Wash",
        f"{second} Dry",
    ]


def test_wrapped_bullets_with_and_without_hanging_indentation_are_joined() -> None:
    assert parse(
        "Causes:\n"
        "- dust from carpets and from mattresses, above all in the autumn and\n"
        "winter\n"
        "- pollen\n"
        "  from trees\n"
    ) == [
        "# Causes:",
        "• dust from carpets and from mattresses, above all in the autumn and winter",
        "• pollen from trees",
    ]


def test_lines_below_the_text_behind_a_label_belong_to_it() -> None:
    text = (
        "Comb it on days 1, 5, 9 and 13, and check the hair again on day 17 in good light.\n\n"
        "Lotion:       Leave on for 8 hours, then wash out.\n"
        "              Repeat after 7 days.\n"
        "Note: Keep it.\n"
        "  Children need less.\n"
    )
    assert parse(text)[-3:] == [
        "Lotion: Leave on for 8 hours, then wash out. Repeat after 7 days.",
        "Note: Keep it.",
        "Children need less.",
    ]


def test_text_directly_below_a_list_is_a_paragraph_of_its_own() -> None:
    assert parse("Causes:\n- Dust.\n- Pollen.\nAll of these pass.") == [
        "# Causes:",
        "• Dust.",
        "• Pollen.",
        "All of these pass.",
    ]


def test_levels_follow_the_indentation_back_and_forth() -> None:
    draft = parse_plaintext("T\n\nCauses:\n- a\n   - b\n      - c\n    - d\n- e", "a.txt")
    assert [(part.text, part.level) for part in draft.parts if isinstance(part, Block)] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("d", 1),
        ("e", 0),
    ]


# The top and the end of the file


def test_details_under_the_title_become_fields() -> None:
    draft = parse_plaintext(
        "Pain\nSource: A book\nLanguage: pt-BR\nLast reviewed: 2026-05-31\nNext review: 2027-05-31\n\n"
        "Article Content:\n\nIt hurts.\nSource: stays text.",
        "a.txt",
    )
    assert (draft.title, draft.details.source, draft.details.language) == ("Pain", "A book", "pt-BR")
    assert (draft.details.last_reviewed, draft.details.next_review) == (date(2026, 5, 31), date(2027, 5, 31))
    assert [part.text for part in draft.parts] == ["It hurts.", "Source: stays text."]


def test_month_counts_from_its_first_day_for_the_last_review_and_to_its_last_for_the_next() -> None:
    details = parse_plaintext("Pain\nLast reviewed: March 2024\nNext review: 02/2028\n\nIt hurts.", "a.txt").details
    assert (details.last_reviewed, details.next_review) == (date(2024, 3, 1), date(2028, 2, 29))


def test_lines_with_letters_that_count_on_are_items_and_those_over_text_are_headings() -> None:
    draft = parse_plaintext("Cuts\n\na. Press on it\nb. Wash it\n\nA. Large cuts\n\nGo to a doctor.", "a.txt")
    assert [part.written if isinstance(part, Block) else f"# {part.text}" for part in draft.parts] == [
        "a. Press on it",
        "b. Wash it",
        "# A. Large cuts",
        "Go to a doctor.",
    ]


def test_wrapped_title_is_joined() -> None:
    draft = parse_plaintext("Neurological spasms: causes,\nsymptoms and treatment\n\nThey pass.", "a.txt")
    assert draft.title == "Neurological spasms: causes, symptoms and treatment"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- Dust\n\nText.", 1, "the article has no title: it begins with a list item"),
        ("\n" + "word " * 50, 2, "the article has no title: its first line is longer than 200 characters"),
        ("-----\n", None, "the article has no title"),
        ("Pain\nLast reviewed: soon\n\nText.", 2, 'Last reviewed is not a date: "soon"'),
        ("Pain\n\nLast reviewed: 2026-02-31\n", 3, 'Last reviewed is not a date: "2026-02-31"'),
        ("Pain\nLanguage: English please", 2, 'language is not a language code: "English please"'),
        ("Pain\nSource: a\nsource: b", 3, '"source" is given twice'),
    ],
)
def test_refused_with_line_and_reason(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_plaintext(text, "a.txt")
    assert (caught.value.file, caught.value.line, caught.value.reason) == ("a.txt", line, reason)


@pytest.mark.parametrize(
    ("closing", "disclaimer"),
    [
        ("\n\nDisclaimer: Ask your doctor.", "Disclaimer: Ask your doctor."),
        ("\n\nMedical disclaimer\n\nAsk your doctor.\n\nAsk twice.", "Ask your doctor. Ask twice."),
        ("\n\nDISCLAIMER:\nAsk your doctor.", "Ask your doctor."),
        ("\n\nNote: Ask your doctor.", "Note: Ask your doctor."),
        ("\n\nImportant: Ask your doctor.", "Important: Ask your doctor."),
        ("\n\n\n\nask your doctor", "ask your doctor"),
        ("\n\n____\nask your doctor", "ask your doctor"),
        (
            "\n\nThis page is not a substitute for medical advice.",
            "This page is not a substitute for medical advice.",
        ),
    ],
)
def test_closing_disclaimer_is_no_section(closing: str, disclaimer: str) -> None:
    draft = parse_plaintext(f"Pain\n\nCauses\n\nDust.{closing}", "a.txt")
    assert draft.details.disclaimer == disclaimer
    assert draft.parts == (Heading("Causes", 1, 3), Block("paragraph", "Dust.", 5))


@pytest.mark.parametrize(
    "text",
    [
        "Pain\n\nDust.\n\nAsk your doctor.",
        "Pain\n\n\n\nDust.\n\n\n\nAsk your doctor.\n\n\n\nGood luck.",
        "Pain\n\nDust.\n\n----\n\nPollen.\n\n----\n\nMites.",
        "Pain\n\nDust.\n\n\n\n- Mites",
        "Pain\n\n\n\nDust.",
        "Pain\n\nUrgent signs\n\nImportant: call at once.",
        "Pain\n\nDust.\n\nThe disclaimer of the maker stands on the box.",
    ],
    ids=["one gap", "same gaps", "rules everywhere", "a bullet", "all the text", "all of a section", "the word"],
)
def test_ordinary_last_paragraph_remains_text(text: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    last = draft.parts[-1]
    assert draft.details.disclaimer == ""
    assert isinstance(last, Block)
    assert text.endswith(last.text)


# Any text


def _words(draft: Draft) -> str:
    parts = [part.text if isinstance(part, Heading) else part.marker + part.text for part in draft.parts]
    return "".join(char for char in draft.title + "".join(parts) + draft.details.disclaimer if char.isalnum())


@given(
    st.lists(
        st.sampled_from(["Causes", "• dust", "- a\tb", "1. One", "2. Two", "", "", "Is it?", "=====", "FAQ", "Sun."])
    )
)
@settings(max_examples=300, deadline=None)
def test_any_order_of_lines_keeps_every_letter(lines: list[str]) -> None:
    draft = parse_plaintext("\n".join(["Title of it", "", *lines]), "a.txt")
    assert _words(draft) == "".join(char for char in "Title of it" + "".join(lines) if char.isalnum())


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t\f"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        draft = parse_plaintext(text, "a.txt")
    except ArticleError:
        return
    sections = divide(draft)
    anchors = [section.anchor for section in sections]
    assert len(set(anchors)) == len(anchors)
    assert all(anchors)
    assert all(block.text == " ".join(block.text.split()) != "" for section in sections for block in section.blocks)


# Lists without bullets, bullets of all kinds, tables


def test_list_without_bullets_ends_at_the_next_introduction_and_its_last_line_is_an_item() -> None:
    text = (
        "What brings it on?\nMany things can, such as\nCold air\nCats and dogs\nYour nurse may do these tests:\n"
        "Blood test\nA picture of the lungs\n\nTreatment\n\nSprays help."
    )
    assert parse(text) == [
        "# What brings it on?",
        "Many things can, such as",
        "• Cold air",
        "• Cats and dogs",
        "Your nurse may do these tests:",
        "• Blood test",
        "• A picture of the lungs",
        "# Treatment",
        "Sprays help.",
    ]


def test_introductions_in_other_languages_announce_lists_too() -> None:
    assert parse("Los signos son\nFiebre\nTos\n\nCuidados\n\nBeba agua.") == [
        "# The title",
        "Los signos son",
        "• Fiebre",
        "• Tos",
        "# Cuidados",
        "Beba agua.",
    ]


def test_list_without_bullets_swallows_no_heading_that_stands_further_off() -> None:
    assert parse("Signs include:\n\nCough\nFever\n\nTests\n\nBlood test\nSwab\n\nCare\n\nRest well.") == [
        "# The title",
        "Signs include:",
        "• Cough",
        "• Fever",
        "# Tests",
        "• Blood test",
        "• Swab",
        "# Care",
        "Rest well.",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Most people feel nothing. Others may get",
        "Signs can be the following.",
        "You are at risk if you",
        "Others may have",
    ],
)
def test_line_that_breaks_off_announces_a_list(lead: str) -> None:
    assert parse(f"Risks\n\n{lead}\n\nDry eyes\nA dry mouth\n\nCare\n\nDrink well.") == [
        "# Risks",
        lead,
        "• Dry eyes",
        "• A dry mouth",
        "# Care",
        "Drink well.",
    ]


def test_items_in_lower_case_below_an_introduction_are_not_run_together() -> None:
    assert parse("It can come from\ndust\ncats\nold carpets\n\nRest helps.") == [
        "# The title",
        "It can come from",
        "• dust",
        "• cats",
        "• old carpets",
        "Rest helps.",
    ]


def test_last_line_that_may_be_item_or_heading_is_noted() -> None:
    draft = parse_plaintext("T\n\nCauses are:\n\nDust\n\nPollen\n\nRelief\n\nSleep helps.", "a.txt")
    assert [(note.line, note.code) for note in draft.notes] == [(9, "unsure-heading")]


@pytest.mark.parametrize("bullet", ["\uf0b7", "\uf0d8", "\uf0a7 ", "➢", "⦁", "❖ ", "→ ", "👉 "])
def test_bullets_of_word_and_of_symbol_fonts_are_bullets(bullet: str) -> None:
    assert parse(f"Signs are:\n{bullet}Pain\n{bullet}Heat in the arm") == [
        "# The title",
        "Signs are:",
        "• Pain",
        "• Heat in the arm",
    ]


@pytest.mark.parametrize("bullet", ["§", "Ø", "ü", "o"])
def test_letters_that_stand_for_bullets_count_beside_their_like(bullet: str) -> None:
    assert parse(f"Signs are:\n{bullet} Pain\n{bullet} Heat")[2:] == ["• Pain", "• Heat"]
    assert parse(f"It hurts.\n\n{bullet} Pain comes.\n\nMore text.")[2] == f"{bullet} Pain comes."


def test_crosses_and_ticks_stay_in_the_text() -> None:
    assert parse("Rules are:\n❌ Drive\n✓ Walk\n\uf0fb Swim\n✖ Lift\n☐ Tick here") == [
        "# The title",
        "Rules are:",
        "• ❌ Drive",
        "• ✓ Walk",
        "• ✗ Swim",
        "• ✖ Lift",
        "• ☐ Tick here",
    ]


def test_dashes_and_numbers_without_a_space_are_markers_beside_their_like() -> None:
    assert parse("Signs are:\n-Pain\n-Heat\n\nSteps are:\n1.Wash\n2.Dry")[2:] == [
        "• Pain",
        "• Heat",
        "Steps are:",
        "1. Wash",
        "2. Dry",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Age\tDose\n1 year\t2 ml\n2 years\t",
        "Age\t\tDose\n1 year\t\t2 ml\n2 years\t",
        "Age | Dose\n1 year | 2 ml\n2 years |",
        "| Age | Dose |\n|-----|------|\n| 1 year | 2 ml |\n| 2 years | |",
    ],
)
def test_tables_with_tabs_and_bars_are_rows(table: str) -> None:
    rows = [
        part.cells for part in parse_plaintext(f"T\n\n{table}\n\nShake it.", "a.txt").parts if isinstance(part, Block)
    ]
    assert [tuple(cell for cell in row if cell) for row in rows] == [
        ("Age", "Dose"),
        ("1 year", "2 ml"),
        ("2 years",),
        (),
    ]


def test_columns_set_by_spaces_are_rows_and_two_spaces_in_text_are_none() -> None:
    text = (
        "Doses:\n\nAge        Dose\n1 year     2 ml\n2 years    3 ml\n\n"
        "It hurts.  It passes.\nIt comes.  It goes.\nIt stays.  It is."
    )
    rows = [part for part in parse_plaintext(f"T\n\n{text}", "a.txt").parts if isinstance(part, Block) and part.cells]
    assert [row.text for row in rows] == ["Age | Dose", "1 year | 2 ml", "2 years | 3 ml"]


# Adverts, wrapped questions, underlines


@pytest.mark.parametrize(
    "advert",
    ["READ MORE: Ten ways to save", "Related: A kettle", "Lesen Sie auch: Tee", "Lire aussi : Le thé", "SUBSCRIBE"],
)
def test_adverts_are_no_headings(advert: str) -> None:
    assert parse(f"Care\n\nRest.\n\n{advert}\n\nSee a doctor if it bleeds.") == [
        "# Care",
        "Rest.",
        advert,
        "See a doctor if it bleeds.",
    ]


@pytest.mark.parametrize(
    ("top", "source"),
    [
        (
            "Eastvale Institute\nhttps://a.example/x\nPublished: 18/02/2024\n\n{}",
            "Eastvale Institute, https://a.example/x",
        ),
        ("Eastvale Ministry\nPublished: 18/02/2024\n\n{}\n====", "Eastvale Ministry, Published: 18/02/2024"),
        ("発行：みなと市保健所\n最終見直し日：2025年10月1日\n\n{}", "発行：みなと市保健所"),
    ],
)
def test_publisher_above_the_title_is_the_source(top: str, source: str) -> None:
    body = "\n\nHigh blood pressure often does not hurt.\n\nSigns\n-----\n\nPain.\n\nCare\n----\n\nRest."
    draft = parse_plaintext(top.format("High blood pressure") + body, "a.txt")
    assert draft.title == "High blood pressure"
    assert draft.details.source.startswith(source)
    assert [note.code for note in draft.notes if note.code == "unsure-title"] == ["unsure-title"]


def test_publisher_that_is_named_again_at_the_end_is_the_source() -> None:
    top = "発行：みなと市保健所\n最終見直し日：2025年10月1日\n\nインフルエンザについて\n\nインフルエンザは冬に多い。"
    body = "\n\n症状\n----\n\nインフルエンザの熱。\n\n連絡先\n----\n\nみなと市保健所。"
    draft = parse_plaintext(top + body, "a.txt")
    assert (draft.title, draft.details.source) == ("インフルエンザについて", "発行：みなと市保健所")


@pytest.mark.parametrize(
    ("title", "first"),
    [("HIV", "For adults"), ("High fever: what to do", "Call 999 first"), ("注意：発熱", "119に電話")],
)
def test_title_that_the_text_names_more_than_the_line_below_it_stays(title: str, first: str) -> None:
    body = "HIV, fever and 発熱.\n\nSigns\n-----\n\nAdults with HIV or a high fever.\n\nCare\n----\n\n発熱と咳。"
    text = f"{title}\nPublished: 18/02/2024\n\n{first}\n\n{body}"
    assert parse_plaintext(text, "a.txt").title == title


@pytest.mark.parametrize(
    "top",
    [
        "Asthma\nSource: https://a.example/x\nLast reviewed: 2025-01-01\n\nFor parents of children",
        "Asthma\nhttps://a.example/x\nPublished: 18/02/2024\n\nIntroduction",
        "Asthma\nPublished: 18/02/2024\n\nIs it common?",
        "Asthma\nPublished: 18/02/2024\n\nFor adults",
        "Asthma\nhttps://a.example/x\nPublished: 18/02/2024\n\nInformation for parents",
    ],
)
def test_first_heading_below_details_of_our_own_or_of_a_section_is_no_title(top: str) -> None:
    body = "\n\nIt often does not hurt.\n\nSigns\n-----\n\nPain.\n\nCare\n----\n\nRest."
    assert parse_plaintext(top + body, "a.txt").title == "Asthma"


def test_lines_of_a_list_are_no_headings_where_headings_are_underlined() -> None:
    text = (
        "For adults\n\nHow to measure it\n-----------------\n\nSit down for five minutes first.\n"
        "You should not have had in the last half hour\nCoffee\nTobacco\nDrinks with alcohol\nMeasure it twice.\n\n"
        "Call 112\n--------\n\nStrong pain\nWeakness of an arm\n"
    )
    assert [line for line in parse(text) if line.startswith("#")] == [
        "# For adults",
        "# How to measure it",
        "# Call 112",
    ]


def test_short_heading_over_one_short_line_stays_where_others_are_underlined() -> None:
    text = (
        "Signs\n-----\n\nIt itches a lot.\n\nCare\n----\n\nDo this.\n\n"
        "At home\nRest and drink\n\nIn hospital\nA nurse helps.\n"
    )
    assert "# Care > At home" in parse(text)


def test_question_below_a_line_wider_than_wrapped_ones_is_a_heading() -> None:
    text = (
        "A fixture\nWhat is it?\nIt calms the joints, the skin and the gut. Many people take it for years, and\n"
        "most of them feel well.\nWhat should I tell you?\nTell us if you have any of these:\na sore throat\n"
        "a dry cough\nbruises that you cannot explain, or contact with chickenpox when you have not had it before\n"
        "Can I take others with it?\nAsk us first. We look at all of them and tell you which ones go together, and\n"
        "which do not.\n"
    )
    assert "# Can I take others with it?" in parse(text)


def test_question_and_heading_after_full_lines_of_wrapped_text_stand_alone() -> None:
    text = (
        "Signs\nThe face hangs down on one side, and the words that come out are\n"
        "slurred so that nobody knows what they mean.\n"
        "What should you do then?\nCall for help. Do not wait to see whether it goes away by itself, for\n"
        "every minute counts.\n"
        "What will they do in the hospital when you come there in the middle\nof the night?\n"
        "They make a picture of the head at once, and give the medicine that\nis needed in such a case.\n"
        "After the stroke\nMost people need exercises for many months to come, and some of them\nwalk again."
    )
    headings = [line for line in parse(text) if line.startswith("#")]
    assert headings == [
        "# Signs",
        "# What should you do then?",
        "# What will they do in the hospital when you come there in the middle of the night?",
        "# After the stroke",
    ]


def test_heading_that_ends_with_a_full_stop_is_told_by_its_underline() -> None:
    assert parse(
        "Rest.\n\nDo not rub it.\n--------------\nIt bleeds.\n\nWash it.\n-----------------------------------\nDry it."
    ) == [
        "# The title",
        "Rest.",
        "# Do not rub it.",
        "It bleeds.",
        "Wash it.",
        "Dry it.",
    ]


# Lines above the title, and Markdown


def test_lines_of_source_above_the_title_are_details() -> None:
    draft = parse_plaintext(
        "Source: Health Board\nURL: https://example.org/cuts\nAccessed: 3 May 2026\nLanguage: en\n\nCuts\n\nWash them.",
        "a.txt",
    )
    assert (draft.title, draft.details.language) == ("Cuts", "en")
    assert draft.details.source == "Health Board, https://example.org/cuts, Accessed: 3 May 2026"
    assert [part.text for part in draft.parts] == ["Wash them."]


@pytest.mark.parametrize("title", ["Language: how children learn to speak", "Dates: a fruit"])
def test_title_may_look_like_a_detail(title: str) -> None:
    assert parse_plaintext(f"{title}\n\nText of it.", "a.txt").title == title


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Cuts\n\nWash.\n\n# Bites\n\nWash.", 1),
        ("Cuts\n\n## Care\n\nWash.\n\n## Risks\n\nFew.", 3),
        ("Cuts\n\n**Care**\n\nWash.\n\n**Risks**\n\nFew.", 3),
        ("---\ntitle: Cuts\n---\n\nWash.", 1),
    ],
)
def test_markdown_that_divides_a_text_is_refused(text: str, line: int) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_plaintext(text, "x/a.txt")
    assert caught.value.line == line
    assert caught.value.remedy == "name the file a.md, or delete the marks"


@pytest.mark.parametrize("mark", ["Take **two** drops.", "See [cuts](cuts.md).", "# 1 in 5 people"])
def test_other_marks_of_markdown_are_noted(mark: str) -> None:
    draft = parse_plaintext(f"Cuts\n\nWash.\n\n{mark}\n\nRest.", "a.txt")
    assert [(note.line, note.code) for note in draft.notes] == [(5, "looks-like-markdown")]


# Lists of short lines in lower case


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Croup\n\nSigns\n\nRing the ward at once if she has:\nblue lips\na barking cough\n\nCauses\n\nA virus.",
            ["Signs", "Ring the ward at once if she has:", "• blue lips", "• a barking cough", "Causes", "A virus."],
        ),
        (
            "Croup\n\nAt home\nsit her upright\nopen a window\n\nCauses\nA virus.",
            ["At home", "• sit her upright", "• open a window", "Causes", "A virus."],
        ),
        (
            "Croup\n\nAt home\n\nsit her upright\nopen a window\n\nCauses\nA virus.",
            ["At home", "• sit her upright", "• open a window", "Causes", "A virus."],
        ),
        (
            "Croup\nCauses\nA virus.\nAt home\nsit her upright\nopen a window\nHospital\nThey give her a drug.",
            [
                "Causes",
                "A virus.",
                "At home",
                "• sit her upright",
                "• open a window",
                "Hospital",
                "They give her a drug.",
            ],
        ),
        (
            "Croup\n\nCauses\n\nA virus makes part\nof the windpipe swell,\nso air comes slowly\n\nCare\nRest.",
            ["Causes", "A virus makes part of the windpipe swell, so air comes slowly", "Care", "Rest."],
        ),
        (
            "Croup\n\nCauses\n\nA virus, which most\nchildren overcome\nin a week.\n\nCare\nRest.",
            ["Causes", "A virus, which most children overcome in a week.", "Care", "Rest."],
        ),
    ],
)
def test_short_lines_in_lower_case_are_items_and_sentences_stay_whole(text: str, expected: list[str]) -> None:
    parts = parse_plaintext(text, "a.txt").parts
    assert [part.text if isinstance(part, Heading) else part.written for part in parts] == expected


def test_line_that_looks_like_a_detail_and_is_none_is_noted() -> None:
    draft = parse_plaintext("Eczema\nSource: A\nCategory: Skin\nLast reviewed: 2024-03-01\n\nIt itches.\n", "a.txt")
    (note,) = [note for note in draft.notes if note.code == "unknown-detail"]
    assert (note.line, note.message) == (
        3,
        '"Category" is no detail that is known, so the line is text, and so is "Last reviewed: 2024-03-01" below it',
    )
    assert draft.details.last_reviewed is None


@pytest.mark.parametrize("text", ["Note: call us at once.", "\nSigns: red skin\n", "It is about skin: see below"])
def test_sentence_or_line_apart_is_no_unknown_detail(text: str) -> None:
    draft = parse_plaintext(f"Eczema\n{text}\n\nIt itches a lot.\n", "a.txt")
    assert [note.code for note in draft.notes] == []


# Lists of numbers, tables and dates as people type them


@pytest.mark.parametrize(
    "lines", ["Poison line: 112\nWard: 01632 960 001", "Bolus - a dose at once\nBasal - the steady dose\nCarb - sugar"]
)
def test_lines_of_a_name_and_its_value_below_one_another_are_no_headings(lines: str) -> None:
    text = f"The clinic is open on weekdays.\n\nWords and numbers\n\n{lines}\n\nOther\n\nCall the ward at night."
    assert parse(text) == [
        "# The title",
        "The clinic is open on weekdays.",
        "# Words and numbers",
        *lines.split("\n"),
        "# Other",
        "Call the ward at night.",
    ]


def test_table_set_by_spaces_keeps_its_empty_cells() -> None:
    rows = (
        "Weight      Morning     Evening\n5 kg        2 ml        2 ml\n10 kg                   4 ml\n20 kg       5 ml"
    )
    found = parse_plaintext(f"Doses\n\nGive it with food.\n\n{rows}\n\nShake it first.\n", "a.txt").parts
    assert [part.cells for part in found if isinstance(part, Block) and part.cells] == [
        ("Weight", "Morning", "Evening"),
        ("5 kg", "2 ml", "2 ml"),
        ("10 kg", "", "4 ml"),
        ("20 kg", "5 ml", ""),
    ]


def test_even_columns_set_by_spaces_need_not_stand_below_one_another_behind_the_second() -> None:
    table = "Warfarin  once a day, at night  5 mg\nAspirin   daily  75 mg\nHeparin   twice  50 mg"
    found = parse_plaintext(f"T\n\n{table}\n\nAsk.", "a.txt").parts
    assert [part.cells for part in found if isinstance(part, Block) and part.cells] == [
        ("Warfarin", "once a day, at night", "5 mg"),
        ("Aspirin", "daily", "75 mg"),
        ("Heparin", "twice", "50 mg"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "Sign          Act\n------------  -----------\nFever         Call us now",
        "Sign          Act\n--------------------------\nFever         Call us now\nPain          Rest",
        "====          ====\nSign          Act\n====          ====\nFever         Call us now\n====          ====",
        "Sign\tAct\n----\t----\nFever\tCall us now",
    ],
)
def test_line_drawn_between_the_rows_of_a_table_is_no_row(rows: str) -> None:
    parts = parse_plaintext(f"Signs\n\nLook at it.\n\n{rows}\n\nRest first.\n", "a.txt").parts
    cells = [part.cells for part in parts if isinstance(part, Block) and part.cells]
    assert cells[:2] == [("Sign", "Act"), ("Fever", "Call us now")]
    assert not any("-" in cell or "=" in cell for row in cells for cell in row)


def test_table_that_is_drawn_has_no_drawn_lines_in_it() -> None:
    drawn = "+------+------+\n| Age  | Dose |\n+======+======+\n| 2    | 5 ml |\n+------+------+"
    found = parse_plaintext(f"Doses\n\nGive it with food.\n\n{drawn}\n\nShake it first.\n", "a.txt").parts
    rows = [part.cells or part.text for part in found if isinstance(part, Block)]
    assert rows == ["Give it with food.", ("Age", "Dose"), ("2", "5 ml"), "Shake it first."]


def test_short_lines_below_a_blank_line_and_an_introduction_are_items() -> None:
    text = "You may notice:\n\ntiredness in the day\npale skin\ncravings for ice\n\nTests\n\nA blood count shows it."
    assert parse(text) == [
        "# The title",
        "You may notice:",
        "• tiredness in the day",
        "• pale skin",
        "• cravings for ice",
        "# Tests",
        "A blood count shows it.",
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_review_line_of_another_language_is_a_detail_above_the_title_and_below_it(between: str) -> None:
    line, title, text = "अंतिम समीक्षा: 10 फ़रवरी 2026", "दस्त", "पानी पिएँ।"
    for top in (f"{line}{between}{title}", f"{title}{between}{line}"):
        draft = parse_plaintext(f"{top}\n\n{text}\n", "a.txt")
        assert (draft.title, draft.details.last_reviewed) == (title, date(2026, 2, 10))
        assert [part.text for part in draft.parts] == [text]


def test_line_of_an_update_and_of_the_language_are_details() -> None:
    draft = parse_plaintext("Colique\nMis à jour le 20 novembre 2025\nLangue : fr\n\nElle fait mal.\n", "a.txt")
    assert (draft.details.last_reviewed, draft.details.language) == (date(2025, 11, 20), "fr")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("P: ¿Puedo trabajar? ¿Y nadar?", "P: ¿Puedo viajar?"),
        ("Pytanie 1: Czy mogę pracować?", "Pytanie 2: Czy mogę pływać?"),
        ("質問：働けますか？", "質問：泳げますか？"),
        ("Ε: Μπορώ να δουλέψω;", "Ε: Μπορώ να κολυμπήσω;"),
        ("س: هل أستطيع العمل؟", "س: هل أستطيع السباحة؟"),
    ],
)
def test_questions_with_one_label_are_headings_in_any_language(first: str, second: str) -> None:
    assert parse(f"Opening words.\n\n{first}\nX: One.\n{second}\nX: Two.") == [
        "# The title",
        "Opening words.",
        f"# {first}",
        "X: One.",
        f"# {second}",
        "X: Two.",
    ]


def test_names_with_values_stay_lines_where_none_of_them_asks() -> None:
    assert parse("Numbers\n\nPoison line: 112\nWard: 4\nDesk: 7")[-3:] == ["Poison line: 112", "Ward: 4", "Desk: 7"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Stand 15.09.2025\nGrippe\n\nSie ist eine Krankheit.", date(2025, 9, 15)),
        ("Grippe\nStand: März 2026\n\nSie ist eine Krankheit.", date(2026, 3, 1)),
        ("Rhume\n\nmis à jour le 20 novembre 2025\n\nIl passe seul.", date(2025, 11, 20)),
        ("Resfriado\nÚltima actualización: 3 de mayo de 2025\n\nPasa solo.", date(2025, 5, 3)),
        ("Päivitetty: 20.11.2025\n\nFlunssa\n\nSe on tauti.", date(2025, 11, 20)),
        ("Cúm\n\nCập nhật: 20 tháng 11 năm 2025\n\nĐó là bệnh.", date(2025, 11, 20)),
        ("Nátha\nFrissítve: 2025. november 20.\n\nElmúlik.", date(2025, 11, 20)),
        ("感冒\n修訂：2025年11月20日\n\n多休息。", date(2025, 11, 20)),
        ("Ενημέρωση: 20.11.2025\n\nΤι είναι το κρυολόγημα;\n\nΠερνά μόνο του.", date(2025, 11, 20)),
    ],
)
def test_date_of_an_update_is_that_of_the_review_with_a_note(text: str, day: date) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert (draft.details.last_reviewed, draft.details.source) == (day, "")
    (note,) = draft.notes
    assert (note.code, note.remedy[:13]) == ("printed-date", "correct it if")


def test_update_is_kept_with_the_source_where_a_review_is_named() -> None:
    draft = parse_plaintext("Flu\nReviewed: 1 June 2025\nUpdated: 3 May 2025\nSource: Clinic\n\nIt passes.", "a.txt")
    assert (draft.details.last_reviewed, draft.details.source) == (date(2025, 6, 1), "Updated: 3 May 2025, Clinic")
    assert draft.notes == ()


def test_two_days_of_one_review_are_named_and_the_first_counts() -> None:
    text = "Flu\nReviewed: 1 June 2025\nMedically reviewed: 3 May 2024\nReviewed on 1 June 2025\n\nIt passes."
    draft = parse_plaintext(text, "a.txt")
    assert draft.details.last_reviewed == date(2025, 6, 1)
    assert draft.details.source == "Medically reviewed: 3 May 2024, Reviewed on 1 June 2025"
    (note,) = draft.notes
    said = '"Medically reviewed: 3 May 2024" says another day of the last reviewed than line 2, which counts'
    assert (note.line, note.code, note.message) == (3, "printed-date", said)


def test_line_that_says_another_day_than_the_details_is_named() -> None:
    draft = parse_plaintext("Flu\nLast reviewed: 2025-06-01\nReviewed 3 May 2024\n\nIt passes.", "a.txt")
    assert draft.details.last_reviewed == date(2025, 6, 1)
    assert [note.line for note in draft.notes] == [3]


@pytest.mark.parametrize(
    ("rows", "marks"),
    [
        (["1、口渴", "2、多尿", "3、乏力"], ["1、", "2、", "3、"]),
        (["（1）口渴", "（2）多尿"], ["（1）", "（2）"]),
        (["①口渴", "② 多尿"], ["①", "②"]),
        (["а) вода", "б) сон"], ["а)", "б)"]),
        (["а. вода", "б. сон", "в. чай"], ["а.", "б.", "в."]),
        (["α) νερό", "β) ύπνος"], ["α)", "β)"]),
        (["ก. น้ำ", "ข. ข้าว", "ค. ยา"], ["ก.", "ข.", "ค."]),
        (["১. জল", "২. ঘুম"], ["১.", "২."]),
        (["١- ماء", "٢- نوم"], ["١-", "٢-"]),
        (["ا. ماء", "ب. نوم", "ت. راحة"], ["ا.", "ب.", "ت."]),
        (["أ. ماء", "ب. نوم", "ج. راحة"], ["أ.", "ب.", "ج."]),
        (["א. מים", "ב. שינה"], ["א.", "ב."]),
        (["가. 물", "나. 잠"], ["가.", "나."]),
    ],
)
def test_marks_of_lists_of_many_scripts(rows: list[str], marks: list[str]) -> None:
    draft = parse_plaintext("Title of it\n\n" + "\n".join(rows), "a.txt")
    assert [(part.type, part.marker) for part in draft.parts if isinstance(part, Block)] == [
        ("item", mark) for mark in marks
    ]


def test_chinese_numbers_head_sections_and_keep_no_space_behind_them() -> None:
    text = "糖尿病\n\n一、症状\n\n口渴，多尿。\n\n二、1、2型糖尿病的治疗\n\n用胰岛素。\n\n1、2型都要运动。"
    draft = parse_plaintext(text, "a.txt")
    assert [part.text for part in draft.parts if isinstance(part, Heading)] == ["一、症状", "二、1、2型糖尿病的治疗"]
    assert draft.parts[-1] == Block("paragraph", "1、2型都要运动。", 11)


def test_wide_space_opens_a_paragraph_below_a_numbered_heading_and_below_a_list() -> None:
    text = (
        "　　血糖高。\n一、症状\n　　常见的有：\n● 口渴。\n● 多尿。\n　　要验血。\n二、饮食\n　　少吃糖。\n　　走路。"
    )
    found = ["# The title", "血糖高。", "# 一、症状", "常见的有：", "• 口渴。", "• 多尿。", "要验血。"]
    assert parse(text) == [*found, "# 二、饮食", "少吃糖。", "走路。"]


def test_wide_space_that_aligns_a_wrapped_item_opens_no_paragraph() -> None:
    item = "1、早上起床以后先喝一杯温水，然后再吃早饭，不要空腹喝浓茶，也不要喝"
    found = parse(f"　　每天喝水。\n\n{item}\n　　冰水。\n2、多休息。")
    assert len(found) == 4
    assert found[2].endswith("冰水。")


def test_numbers_of_another_form_lie_below_the_headings_that_they_stand_inside() -> None:
    text = (
        "一、概述\n（一）分型\n　　两型。\n（二）治疗\n1．药物\n　　饭后。\n2．运动\n　　走路。\n二、随访\n　　每月。"
    )
    assert [line[2:] for line in parse(text) if line.startswith("# ")] == [
        "一、概述",
        "一、概述 > （一）分型",
        "一、概述 > （二）治疗",
        "一、概述 > （二）治疗 > 1．药物",
        "一、概述 > （二）治疗 > 2．运动",
        "二、随访",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "审核日期：2025年3月8日　　下次审核：2027年3月8日",
        "Last reviewed: 8 March 2025 | Next review: 8 March 2027",
        "Ditinjau: 8 Maret 2025 / Tinjauan berikutnya: 8 Maret 2027",
    ],
)
def test_one_line_may_say_the_last_review_and_the_next(line: str) -> None:
    draft = parse_plaintext(f"Asma\n\n{line}\n\nXyz abc.", "a.txt")
    assert (draft.details.last_reviewed, draft.details.next_review) == (date(2025, 3, 8), date(2027, 3, 8))
    assert (draft.details.source, len(draft.parts)) == ("", 1)


@pytest.mark.parametrize(
    "line", ["วันที่: 8 มีนาคม 2025 | ทบทวนครั้งต่อไป: 8 มีนาคม 2027", "प्रकाशन की तिथि: 8 मार्च 2025 | अगली समीक्षा: 8 मार्च 2027"]
)
def test_one_line_may_say_a_date_of_unknown_label_and_the_next_review(line: str) -> None:
    draft = parse_plaintext(f"Asma\n\n{line}\n\nXyz abc.", "a.txt")
    assert (draft.details.next_review, draft.details.source) == (date(2027, 3, 8), line.partition(" |")[0])


def test_line_of_two_dates_that_are_not_labelled_stays_a_title() -> None:
    assert parse_plaintext("Open 3 May 2025 to 5 May 2025\n\nCome.", "a.txt").title == "Open 3 May 2025 to 5 May 2025"


@pytest.mark.parametrize(
    ("text", "title", "line", "day"),
    [
        ("Tagged: 20.11.2025\n\nFlunssa\n\nSe on tauti.", "Flunssa", 1, "2025-11-20"),
        ("Chřipka\nStav ke dni 20. listopadu 2025\n\nJe to nemoc.", "Chřipka", 2, "2025-11-20"),
        ("หวัด\nวันที่: 20 พฤศจิกายน 2568\n\nหายเอง", "หวัด", 2, "2025-11-20"),
        ("Nátha\nKelt: 2025. november 20.\n\nElmúlik.", "Nátha", 2, "2025-11-20"),
        ("آنفولانزا\nتاریخ: ۱۲ مرداد ۱۴۰۴\n\nمی‌گذرد.", "آنفولانزا", 2, "YYYY-MM-DD"),
        (
            "Γράφτηκε: 20.11.2025\n\nΤι είναι το κρυολόγημα;\n\nΠερνά μόνο του.",
            "Τι είναι το κρυολόγημα;",
            1,
            "2025-11-20",
        ),
        ("Cold\nReviewed: 4/5/2025\n\nIt passes.", "Cold", 2, "YYYY-MM-DD"),
    ],
)
def test_line_with_a_date_at_the_top_is_no_title_and_no_heading(text: str, title: str, line: int, day: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    said = text.split("\n")[line - 1]
    assert (draft.title, draft.details.source, draft.details.last_reviewed) == (title, said, None)
    assert [type(part).__name__ for part in draft.parts] == ["Block"]
    (note,) = draft.notes
    assert (note.line, note.message) == (line, f'the line "{said}" may say when this was reviewed')
    assert note.remedy == f'if it does, write "Last reviewed: {day}"'


def test_title_with_a_month_and_lines_of_figures_are_no_dates_of_a_review() -> None:
    draft = parse_plaintext("The outbreak of March 2020\n\nFirst case: March 2020\nDeaths: 3,000\n\nIt ended.", "a.txt")
    assert draft.title == "The outbreak of March 2020"
    assert [part.text for part in draft.parts] == ["First case: March 2020", "Deaths: 3,000", "It ended."]


def test_question_with_a_label_may_be_wrapped() -> None:
    first = "P: Mogę iść do pracy, gdy mam kaszel\ni katar?\nO: Nie."
    text = f"Mija sam po kilku dniach, zwykle\nzimą.\n\n{first}\n\nP: Mogę pływać?\nO: Tak."
    assert [line for line in parse(text) if line.startswith("# P")] == [
        "# P: Mogę iść do pracy, gdy mam kaszel i katar?",
        "# P: Mogę pływać?",
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("*Sore throat*\n\nIt passes.\n\n*Signs*\n\nPain.\n\n*Care*\n\nRest.", ["Signs", "Care"]),
        ("== Sore throat ==\n\nIt passes.\n\n== Signs ==\n\nPain.\n\n=== Care ===\n\nRest.", ["Signs", "Care"]),
        ("= Sore throat\n\nIt passes.\n\n== Signs\n\nPain.\n\n== Care\n\nRest.", ["Signs", "Care"]),
    ],
)
def test_marks_around_whole_lines_are_those_of_titles_and_headings(text: str, headings: list[str]) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert (draft.title, draft.notes) == ("Sore throat", ())
    assert [part.text for part in draft.parts] == ["It passes.", headings[0], "Pain.", headings[1], "Rest."]
    assert [part.text for part in draft.parts if isinstance(part, Heading)] == headings


def test_line_that_gives_a_result_keeps_its_sign() -> None:
    draft = parse_plaintext("Dose\n\n20 kg × 15 mg\n= 300 mg\n\n30 kg × 15 mg\n= 450 mg\n", "a.txt")
    assert "= 300 mg" in " ".join(part.text for part in draft.parts)


def test_word_in_the_marks_of_a_messenger_is_named() -> None:
    (note,) = parse_plaintext("Dose\n\nTake *two* tablets.\n", "a.txt").notes
    assert (note.line, note.code) == (3, "looks-like-markdown")


def test_items_that_begin_with_a_full_stop_are_a_list() -> None:
    draft = parse_plaintext("Sting\n\n. Rinse it.\n. Cool it.\n", "a.txt")
    assert [(part.type, part.text) for part in draft.parts if isinstance(part, Block)] == [
        ("item", "Rinse it."),
        ("item", "Cool it."),
    ]


def test_text_below_hundreds_of_blank_lines_keeps_the_number_of_its_line() -> None:
    draft = parse_plaintext("Title of it\n" + "\n" * 999 + "Text here.\n", "a.txt")
    assert draft.parts == (Block("paragraph", "Text here.", 1001),)


def test_boxes_in_brackets_are_items() -> None:
    draft = parse_plaintext("Bag\n\nPacked before the trip\n[x] Pump\n[ ] Spacer\n\n- [X] Card\n1. [ ] Mask", "a.txt")
    assert shown(divide(draft)) == ["# Packed before the trip", "• ☒ Pump", "• ☐ Spacer", "• ☒ Card", "1. ☐ Mask"]
    assert draft.notes == ()


@pytest.mark.parametrize("heading", ["Was ist das", "Para qué es", "Hvad er det der kommer med", "1. Wofür ist das"])
def test_line_that_ends_like_half_a_sentence_heads_the_sentences_below_it(heading: str) -> None:
    assert parse(f"Eins.\n\n{heading}\n\nGut so. Oder so.")[2:] == [f"# {heading}", "Gut so. Oder so."]


def test_without_a_blank_line_below_it_only_a_number_makes_a_heading_of_it() -> None:
    assert parse("Eins.\n\n1. Was ist das\nEin Husten.\n\n2. Preis\nNichts.")[2:] == [
        "# 1. Was ist das",
        "Ein Husten.",
        "# 2. Preis",
        "Nichts.",
    ]
    assert parse("Eins.\n\nWas ist das\nGut so. Oder so.")[2:] == ["Was ist das", "Gut so. Oder so."]


def test_numbers_and_capitals_make_a_heading_of_it_over_one_sentence() -> None:
    text = "1. QUÉ ES\n\nUna tos.\n\n2. QUÉ HACER SI\n\nLlame al médico.\n\n3. Para qué es\n\nPara la tos."
    assert parse(text) == [
        "# 1. QUÉ ES",
        "Una tos.",
        "# 2. QUÉ HACER SI",
        "Llame al médico.",
        "# 3. Para qué es",
        "Para la tos.",
    ]


def test_one_sentence_below_it_needs_a_heading_behind_that() -> None:
    assert parse("Wo gibt es das\n\nBeim Arzt.\n\nPreis\n\nNichts.") == [
        "# Wo gibt es das",
        "Beim Arzt.",
        "# Preis",
        "Nichts.",
    ]
    lines = ["Call the ward if", "You shiver.", "You vomit."]
    assert parse("\n\n".join(lines)) == ["# The title", *lines]


@pytest.mark.parametrize(
    "note",
    [
        "TODO ask Ann",
        "TODO: CHECK THE DOSE",
        "TODO CHECK THE DOSE",
        "CHECK WITH PHARMACY BEFORE PUBLISHING",
        "DOSE TO BE CONFIRMED",
        "[INSERT WARD NUMBER]",
        "NICHT VERÖFFENTLICHEN",
        "3. NO PUBLICAR SIN FIRMA",
        "发布前请核对",
    ],
)
def test_note_of_the_writer_heads_nothing(note: str) -> None:
    assert parse(f"Signs\n\nPain.\n\n{note}\n\nHeat.") == ["# Signs", "Pain.", note, "Heat."]
    assert parse(f"SIGNS\n\nPain.\n\n{note}\nHeat.\n\nCARE\n\nRest.")[2:] == [note, "Heat.", "# CARE", "Rest."]
    underlined = parse(f"Signs\n\nPain.\n\n{note}\n{'-' * len(note)}\nHeat.")
    assert underlined == ["# Signs", "Pain.", note, "Heat."]


@pytest.mark.parametrize("heading", ["CHECK YOUR SKIN", "ASK YOUR PHARMACIST", "TODO SOBRE LA GOTA", "GET HELP NOW"])
def test_advice_in_capitals_is_a_heading(heading: str) -> None:
    assert parse(f"Opening words.\n\n{heading}\n\nHeat.")[2:] == [f"# {heading}", "Heat."]


@pytest.mark.parametrize(
    "line",
    [
        "Call 999. Last reviewed: May 2024",
        "Never double a dose. Reviewed 3 May 2024",
        "Dr A. Smith, reviewed 3 May 2024",
        "Never for babies, reviewed: 3 May 2024",
        "Not with milk – last reviewed: May 2024 | Next review: May 2027",
        "Hospital San Telmo. Revisado: mayo de 2025",
        "Klinik für Innere Medizin | Geprüft: 3. Mai 2025",
        "Nicht für Kinder! Stand: Mai 2025",
        "ห้ามกินเกินขนาด. ทบทวน: 8 มีนาคม 2025",
    ],
)
def test_words_before_the_date_of_a_review_stay_text(line: str) -> None:
    draft = parse_plaintext(f"Gout\n\n{line}\n\nIt hurts.", "a.txt")
    assert (draft.details.last_reviewed, draft.details.source) == (None, "")
    assert [(type(part), part.text) for part in draft.parts] == [(Block, line), (Block, "It hurts.")]


def test_name_and_date_on_the_first_line_are_the_title() -> None:
    assert parse_plaintext("Gout Attack. Reviewed: May 2025\n\nIt hurts.", "a.txt").title[:11] == "Gout Attack"


@pytest.mark.parametrize(
    ("foot", "reviewed", "due"),
    [
        ("Page last reviewed: 7 August 2025\nNext review due: 7 August 2028", date(2025, 8, 7), date(2028, 8, 7)),
        ("Laatste herziening: oktober 2025\n\nBel 0550 55 03 30.", date(2025, 10, 1), None),
        ("Uppdaterad och granskad 2026-02-16", date(2026, 2, 16), None),
        ("Geprüft: 3.5.2025 · Nächste Prüfung: 3.5.2027\n-----", date(2025, 5, 3), date(2027, 5, 3)),
        ("Last reviewed: May 2025\nReview date: May 2028", date(2025, 5, 1), date(2028, 5, 31)),
    ],
)
def test_line_at_the_end_that_only_dates_the_text_is_a_detail(foot: str, reviewed: date, due: date | None) -> None:
    draft = parse_plaintext(f"Signs\n\nLook at it.\n\n{foot}\n", "a.txt")
    assert (draft.details.last_reviewed, draft.details.next_review) == (reviewed, due)
    assert [part.text for part in draft.parts] == ["Look at it.", *(["Bel 0550 55 03 30."] if "Bel" in foot else [])]
    assert draft.notes == ()


@pytest.mark.parametrize(
    "foot",
    [
        "The dose was\nreviewed in May 2025\nand is lower.",
        "- Reviewed: May 2025",
        "Reviewed: 02/03/2025",  # in March or in February
        "Published: May 2025",
        "Review date: May 2028",  # of the last review, or of the next
    ],
)
def test_line_at_the_end_that_says_more_or_is_not_sure_stays(foot: str) -> None:
    draft = parse_plaintext(f"Signs\n\nLook at it.\n\n{foot}\n", "a.txt")
    assert draft.details.last_reviewed is None
    assert draft.parts[-1].text == " ".join(foot.removeprefix("- ").split())


def test_date_of_a_review_at_the_top_counts_and_the_one_at_the_end_stays_text() -> None:
    draft = parse_plaintext("Signs\nLast reviewed: 2025-01-02\n\nLook at it.\n\nUpdated: 3 May 2025\n", "a.txt")
    assert draft.details.last_reviewed == date(2025, 1, 2)
    assert draft.parts[-1].text == "Updated: 3 May 2025"


TWO_LINES = "Vaccine\n\nAge              Dose      How often\n---------------  --------  ------------------\n"


@pytest.mark.parametrize(
    ("rows", "shown_rows"),
    [
        (
            (
                "6 to 9 years     0.5 ml    twice, 4 weeks apart\n                           (the first year)\n"
                "9 and over       0.5 ml    once\n"
            ),
            ["6 to 9 years | 0.5 ml | twice, 4 weeks apart (the first year)", "9 and over | 0.5 ml | once"],
        ),
        (
            "Children with\nasthma           0.5 ml    once\nAdults over 60\n(and carers)     1 ml      once\n",
            ["Children with asthma | 0.5 ml | once", "Adults over 60 (and carers) | 1 ml | once"],
        ),
        (
            "Children who     0.5 ml    once\nhave asthma\nAdults           1 ml      once\n",
            ["Children who have asthma | 0.5 ml | once", "Adults | 1 ml | once"],
        ),
        (
            "Up to 1 year     0.5 ml    once\n                 1 ml      twice\nAdults           1 ml      once\n",
            ["Up to 1 year | 0.5 ml | once", " | 1 ml | twice", "Adults | 1 ml | once"],
        ),
        (
            (
                "Adults           one half  three times a day\n                 one       if severe\n"
                "Children         half      once\n"
            ),
            ["Adults | one half | three times a day", " | one | if severe", "Children | half | once"],
        ),
        (
            "Adults           one       three times a day\n                 two\nChildren         one half  once\n",
            ["Adults | one | three times a day", " | two | ", "Children | one half | once"],
        ),
    ],
)
def test_row_that_takes_two_lines_is_one_row_and_another_dose_is_its_own(rows: str, shown_rows: list[str]) -> None:
    draft = parse_plaintext(f"{TWO_LINES}{rows}\nAsk us.\n", "a.txt")
    assert [part.text for part in draft.parts] == ["Age | Dose | How often", *shown_rows, "Ask us."]
    assert not draft.notes


def test_sentences_with_two_spaces_behind_full_stops_are_no_table() -> None:
    text = "Flu\n\nFlu is more than a cold.  Each year\nmany fall ill.  The jab\nhelps.  It is free for\nthe old.\n"
    assert not any(isinstance(part, Block) and part.cells for part in parse_plaintext(text, "a.txt").parts)


def test_question_behind_a_statement_is_no_heading_and_two_questions_are() -> None:
    text = "Prik\n\n何时？何地？\n\nIn mei.\n\nWij zijn open van 9 tot 16 uur. Kunt u niet?\n\nBel dan.\n"
    headings = [part.text for part in parse_plaintext(text, "a.txt").parts if isinstance(part, Heading)]
    assert headings == ["何时？何地？"]


@pytest.mark.parametrize(
    "line",
    [
        "للطوارئ اتصل بالرقم 997 أو بالمركز: 011-555-0144",
        "The night nurse of the clinic: 020 7946 0018",
        "Pflegetelefon +49 30 5550144",
        "NIGHT NURSE OF THE CLINIC (555) 123-4567",
        "(555) 123-4567",
        "(020) 7946 0018",
    ],
)
def test_line_with_a_telephone_number_is_no_heading(line: str) -> None:
    parts = parse_plaintext(f"Gout\n\nRest the foot.\n\n{line}\n\nThe line is open at night.\n", "a.txt").parts
    assert [(type(part).__name__, part.text) for part in parts][1] == ("Block", line)


@pytest.mark.parametrize("line", ["When to call 999", "Changes from 01-02-2026", "Doses of 500 to 1000 mg", "COVID 19"])
def test_line_with_another_number_is_a_heading(line: str) -> None:
    parts = parse_plaintext(f"Gout\n\nRest the foot.\n\n{line}\n\nHere stands more.\n", "a.txt").parts
    assert [(type(part).__name__, part.text) for part in parts][1] == ("Heading", line)


def test_underlined_line_with_a_telephone_number_is_a_heading() -> None:
    line = "The night nurse of the clinic 020 7946 0018"
    text = f"Gout\n\nRest the foot.\n\n{line}\n{'=' * len(line)}\n\nOpen at night.\n"
    assert type(parse_plaintext(text, "a.txt").parts[1]).__name__ == "Heading"


def test_lines_of_a_script_without_capitals_that_are_no_wrapped_text_stay_lines() -> None:
    about = "هذه النشرة من مركز الصحة. استشر طبيبك قبل السفر بستة إلى ثمانية أسابيع على الأقل."
    groups = ["من أصيب بهبوط شديد في السكر خلال الأشهر الثلاثة الماضية", "الحامل التي تعالج بالإنسولين", "مريض الكلى"]
    doses = [
        "الميتفورمين: ثلثا الجرعة عند الإفطار وثلثها عند السحور.",
        "الإنسولين طويل المفعول: تخفض الجرعة بنسبة ١٥ إلى ٣٠٪ بعد استشارة الطبيب.",
        "لا توقف الإنسولين من تلقاء نفسك.",
    ]
    text = "\n".join(["السفر", "", about, "", "من لا يسافر", *groups, "", "الأدوية", *doses, ""])
    shown = [part.text for part in parse_plaintext(text, "a.txt").parts]
    assert shown == [about, "من لا يسافر", *groups, "الأدوية", *doses]


def test_wrapped_text_of_a_script_without_capitals_is_joined() -> None:
    lines = [
        "هذه النشرة من مركز الصحة وهي لمن يسافر إلى بلاد بعيدة.",
        "استشر طبيبك قبل السفر بستة إلى ثمانية أسابيع على الأقل",
        "وخذ معك ما يكفي من الدواء لكل أيام السفر وزد عليه قليلا",
        "فقد تتأخر العودة.",
    ]
    assert [part.text for part in parse_plaintext("\n".join(["السفر", "", *lines, ""]), "a.txt").parts] == [
        " ".join(lines)
    ]
