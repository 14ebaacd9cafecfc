"""Plain text as it comes from web pages, PDFs and other programs: lists without bullets, labels, codes, lost marks."""

from __future__ import annotations

import pytest

from wellread.articles.outline import Heading
from wellread.articles.plaintext import parse_plaintext
from wellread.errors import ArticleError


def parse(text: str) -> list[str]:
    """The parts of an article: headings with as many "#" as their level, then the blocks as written."""
    parts = parse_plaintext("The title\n\n" + text, "a.txt").parts
    return [f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in parts]


@pytest.mark.parametrize(
    "line",
    [
        "放疗用 X 射线杀死癌细胞，可以治疗皮肤。",
        "HIV は体液でうつります。",
        "HIV से बचाव के लिए जाँच कराएँ।",
    ],
)
def test_capitals_beside_letters_that_have_none_make_no_heading(line: str) -> None:
    assert parse(f"Signs\n\nPain.\n{line}\nHeat.") == ["# Signs", "Pain.", line, "Heat."]


def test_chinese_line_with_a_sentence_in_it_is_no_heading() -> None:
    assert parse("症状\n\n风险随年龄增长。最常见的是疼痛\n\n多休息。") == [
        "# 症状",
        "风险随年龄增长。最常见的是疼痛",
        "多休息。",
    ]


def test_chinese_line_with_a_colon_above_bullets_introduces_them() -> None:
    text = "治疗\n\n很好。\n\n请务必询问：\n• 为什么？\n• 何时？\n\n饮食\n\n多喝水。"
    assert parse(text) == ["# 治疗", "很好。", "请务必询问：", "• 为什么？", "• 何时？", "# 饮食", "多喝水。"]


def test_chinese_introduction_with_a_colon_is_no_heading_and_a_label_is_one() -> None:
    text = "疫苗\n\n很好。\n\n建议以下人员接种：\n老人\n孕妇\n\n剂量：\n\n两剂。\n\n风险\n\n疼痛。"
    assert parse(text)[2:5] == ["建议以下人员接种：", "• 老人", "• 孕妇"]
    assert "# 剂量：" in parse(text)


@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_lines_in_lower_case_below_an_introduction_and_a_blank_line_are_items(end: str) -> None:
    items = "high fever (40 °C)\nsevere headache\npain behind the eyes and in the joints of the limbs\nrash."
    found = parse(f"Signs\n\nIt begins after days. Signs may include:\n\n{items}{end}See a doctor if they last.")
    assert found[2:] == [*(f"• {item}" for item in items.split("\n")), "See a doctor if they last."]


def test_lines_that_end_with_semicolons_are_items_however_long() -> None:
    long = f"wear clothes that cover {'the arms and the legs and ' * 6}the neck;"
    text = f"Care\n\nDo this:\n\n{long}\nuse screens; and\nuse a net that has been treated in the last half of a year."
    assert parse(text)[2:] == [
        f"• {long}",
        "• use screens; and",
        "• use a net that has been treated in the last half of a year.",
    ]


def test_wrapped_sentence_with_a_semicolon_at_the_end_of_a_line_stays_one() -> None:
    text = (
        "The cough may last for some weeks after the cold is gone;\nit is no reason to worry, if you can breathe and\n"
    )
    text += "drink as before and the fever is gone."
    assert parse(text) == [" ".join(text.split("\n"))]


def test_what_stands_below_a_colon_is_not_joined_to_it() -> None:
    text = "Doses\n\nThe vaccine protects you against three of the illnesses of\nchildhood. "
    text += "Children need two doses, which are usually:\nDose 1 at 12 months\nDose 2 at 4 years"
    assert parse(text)[-2:] == ["• Dose 1 at 12 months", "• Dose 2 at 4 years"]


def test_line_far_wider_than_the_text_is_wrapped_was_not_wrapped() -> None:
    wide = (
        "Many leaflets are there in other languages, as the office and the wards know; ask for them at www.example.org"
    )
    text = f"{wide}\nWhy should I come?\nIt prevents the illness in most of those who\ncome."
    assert parse(text) == [wide, "# Why should I come?", "It prevents the illness in most of those who come."]


def test_text_with_more_lines_far_wider_is_not_wrapped() -> None:
    long = "It protects against the illnesses that these germs cause in the ears, the lungs and the blood of people."
    items = ["Pneumonia (an infection of the lungs)", "Meningitis (an infection around the brain)", "Fever"]
    rows = ["Vaccine against pneumococci: what you need to know", "and where you get it", *[long] * 3]
    found = parse("\n".join([*rows, "Such illnesses are:", *items, long]))
    assert found[-5:-1] == ["Such illnesses are:", *(f"• {item}" for item in items)]


def test_enumeration_in_a_list_is_an_item_of_it() -> None:
    items = ["Chills", "Headache", "Muscle pain", "In severe cases: no urine, no breath, coma"]
    assert parse("Flu\nA virus.\nSymptoms\n" + "\n".join(items) + "\nCauses\nThe virus.")[2:7] == [
        "# Symptoms",
        *(f"• {item}" for item in items),
    ]


def test_long_item_ends_no_list() -> None:
    long = (
        "Certain medicines, among them those against pain and those that lower the pressure of the blood, such as " * 2
    )
    items = ["Cold air", f"{long.strip()} some others", "Strong feelings", "Smoke"]
    text = "\n".join(["Asthma triggers include:", "", *items, "Causes", "Nobody knows them for sure."])
    assert parse(f"Triggers\n\n{text}")[2:6] == [f"• {item}" for item in items]


def test_first_item_may_begin_like_the_name_of_a_section() -> None:
    items = ["Signs and symptoms that keep you from sleep and work", "Sick days", "Narrow airways"]
    text = "\n".join(["Its complications include:", "", *items, "Causes", "Nobody knows them."])
    assert parse(f"Risks\n\n{text}")[2:5] == [f"• {item}" for item in items]


def test_line_that_closes_a_bracket_goes_on_with_the_line_that_opened_it() -> None:
    text = "疫苗\n\n建议接种：\n所有老人\n免疫力弱的成人（已年满\n19 岁）\n两剂的间隔是两个月。"
    assert parse(text)[-3:] == ["• 所有老人", "• 免疫力弱的成人（已年满 19 岁）", "两剂的间隔是两个月。"]


@pytest.mark.parametrize(
    "code", ["No. ABC081234 Rev. 3/25", "42 U.S.C. § 300aa-26", "Tel. 030 123456", "KD-2024-00173"]
)
def test_code_or_number_of_a_telephone_is_no_heading(code: str) -> None:
    assert parse(f"Signs\n\nPain.\n\n{code}\n\nAsk us for more.")[2:] == [code, "Ask us for more."]


def test_number_drawn_from_the_right_is_that_of_a_heading() -> None:
    text = ".1 لماذا اللقاح؟\nيقي من المرض.\n.2 المخاطر\nألم في الذراع."
    assert parse(text) == ["# 1. لماذا اللقاح؟", "يقي من المرض.", "# 2. المخاطر", "ألم في الذراع."]


SECTIONS = "\n\nCauses\n\nA virus.\n\nCare\n\nRest."


@pytest.mark.parametrize("lines", ["Gripe – Spanish\nExample Clinic", "A leaflet of the Example Clinic"])
def test_lines_directly_below_the_title_are_no_headings(lines: str) -> None:
    draft = parse_plaintext(f"Flu\n{lines}\n\nIt is an illness.{SECTIONS}", "a.txt")
    headings = [part.text for part in draft.parts if isinstance(part, Heading)]
    assert headings == ["Causes", "Care"]
    assert [part.text for part in draft.parts][: lines.count("\n") + 1] == lines.split("\n")


@pytest.mark.parametrize("line", ["What is flu?", "Overview", "Symptoms of flu", "概述"])
def test_heading_directly_below_the_title_is_one(line: str) -> None:
    draft = parse_plaintext(f"Flu\n{line}\n\nIt is an illness.{SECTIONS}", "a.txt")
    assert isinstance(draft.parts[0], Heading)


def test_labels_that_divide_a_section_head_its_parts() -> None:
    text = "CHOKING\n\nAct.\n\nAdults (over 1 year):\n1. Ask.\n2. Hit.\n\nBabies:\n\n- Turn.\n- Call.\n\nBURNS\n\nCool."
    assert parse(text) == [
        "# CHOKING",
        "Act.",
        "## Adults (over 1 year):",
        "1. Ask.",
        "2. Hit.",
        "## Babies:",
        "• Turn.",
        "• Call.",
        "# BURNS",
        "Cool.",
    ]


def test_labels_below_a_heading_that_is_one_lie_beside_it() -> None:
    text = "STOMACH\n\nGastritis (mild):\nSigns:\n- Pain.\n\nUlcer:\n- Blood.\n\nCARE\n\nRest."
    assert parse(text)[1:7] == ["# Gastritis (mild):", "Signs:", "• Pain.", "# Ulcer:", "• Blood.", "# CARE"]


def test_name_with_an_enumeration_behind_a_colon_is_text() -> None:
    line = "Self-care: eat smaller meals, sit upright, sleep well"
    assert parse(f"Signs\n\nPain.\n\n{line}\n\nHeat.") == ["# Signs", "Pain.", line, "Heat."]


@pytest.mark.parametrize(
    "text",
    [
        "Adults:\n- Two.\n\nBabies:\n- None.\n\nCall 999 if it lasts.",  # whose is the last line?
        "Common signs include:\n- Pain.\n\nCall if:\n- It lasts.",
        "Note:\n- Pain.\n\nWarning:\n- It lasts.",
        "Adults:\n- Two.",
    ],
)
def test_labels_stay_text_where_they_do_not_divide_all_of_the_section(text: str) -> None:
    assert [line for line in parse(f"DOSES\n\n{text}\n\nCARE\n\nRest.") if line[0] == "#"] == ["# DOSES", "# CARE"]


def test_labels_that_may_be_headings_are_named() -> None:
    text = "Flu\n\nDOSES\n\nAdults:\n- Two.\n\nBabies:\n- None.\n\nCall 999 if it lasts.\n\nCARE\n\nRest."
    (note,) = parse_plaintext(text, "a.txt").notes
    assert (note.line, note.code) == (5, "unsure-heading")
    assert note.message == '"Adults:" and lines like it below are text; or are they headings?'


def test_label_with_a_dash_in_it_ends_the_section_above() -> None:
    text = "REACTIONS\n\nMild one:\nSigns: itching.\n\nShock (severe - call 999):\nSigns: no breath.\n1. Call 999."
    assert [line for line in parse(text) if line[0] == "#"] == [
        "# REACTIONS",
        "# Mild one:",
        "# Shock (severe - call 999):",
    ]


def test_line_below_an_underlined_label_is_no_item() -> None:
    found = parse("Pills:\n------\nSome pills lower the sugar\n\nInsulin:\n--------\nIt works too.")
    assert "• Some pills lower the sugar" not in found


def test_file_of_html_is_refused() -> None:
    with pytest.raises(ArticleError) as refused:
        parse("Text.\n\n<p class='a'>Two tablets.</p>\n<p>Never more.</p>")
    assert (refused.value.line, refused.value.reason) == (5, "the file looks like HTML: \"<p class='a'>\"")


@pytest.mark.parametrize("mark", ["Two<br>tablets", "10&nbsp;mg", "<b>Never</b> more"])
def test_single_mark_of_html_is_noted(mark: str) -> None:
    (note,) = parse_plaintext(f"Gout\n\n{mark}.", "a.txt").notes
    assert (note.line, note.code) == (3, "looks-like-html")


@pytest.mark.parametrize(
    "text", ["A BMI <25 and >20.", "Ask R&D; they know.", "Write to <ann@example.org>.", "If a<b, stop."]
)
def test_signs_of_comparison_are_no_html(text: str) -> None:
    assert parse_plaintext(f"Gout\n\n{text}", "a.txt").notes == ()


@pytest.mark.parametrize("picture", ["⏱️", "📉", "🍽️", "⚠️", "✅"])
def test_heading_may_begin_with_a_picture(picture: str) -> None:
    text = f"Before\n\nLook at once.\n\n{picture} When you eat\n\nTake it with food.\n\nLater\n\nRest."
    assert parse(text)[2:4] == [f"# {picture} When you eat", "Take it with food."]


def test_line_with_a_picture_ends_a_list_whose_items_have_none() -> None:
    text = (
        "Before\n\nCheck these:\n\nThe sensor\nThe arrows\nThe meal\n⏱️ When to take it\nThirty minutes before you eat."
    )
    assert parse(text)[-2:] == ["# ⏱️ When to take it", "Thirty minutes before you eat."]


def test_signs_before_several_lines_are_bullets() -> None:
    assert parse("Myths\n\n❌ Garlic cures it\n✅ Nets prevent it") == [
        "# Myths",
        "• ❌ Garlic cures it",
        "• ✅ Nets prevent it",
    ]


@pytest.mark.parametrize("day", ["December 16, 2025", "23 January 2026", "2025年5月1日", "Mai 2024"])
def test_date_alone_is_no_heading(day: str) -> None:
    assert parse(f"Signs\n\nPain.\n\n{day}\n\nHeat is a sign too.")[2:] == [day, "Heat is a sign too."]


def test_list_in_one_row_has_its_items_back() -> None:
    assert parse("Signs\n\nThe signs are: • cough • fever • sore throat\n\n• Rest. • Drink.") == [
        "# Signs",
        "The signs are:",
        "• cough",
        "• fever",
        "• sore throat",
        "• Rest.",
        "• Drink.",
    ]
    names = "Leaflet • 6 August 2021 • Version 2 • Example Clinic, all rights reserved."
    assert parse(f"Signs\n\nPain.\n\n{names}")[-1] == names


MENU = "Home\nAbout us\nTreatments\nPrices\nOur team\nContact"


def test_short_lines_directly_below_the_title_may_be_a_menu() -> None:
    (note,) = parse_plaintext(f"Clinic\n{MENU}\n\nGout hurts.\n\nCauses\n\nUric acid.", "a.txt").notes
    assert (note.line, note.code) == (2, "looks-like-menu")
    assert note.message == '"Home" and 5 short lines below it may be the menu of a page'


@pytest.mark.parametrize("between", ["\n\n", "\nSymptoms\n", "\nWhat are its signs?\n"])
def test_list_below_a_heading_is_no_menu(between: str) -> None:
    notes = parse_plaintext(f"Gout{between}Pain\nHeat\nRedness\nSwelling\nFever\n\nIt heals.", "a.txt").notes
    assert [note.code for note in notes if note.code == "looks-like-menu"] == []


def test_sentences_without_a_full_stop_below_headings_of_their_own_are_text() -> None:
    fever = "High fever for many days is a sign of this illness in children"
    taste = "Another sign that comes before you get well is a loss of taste"
    text = f"Fever\n\n{fever}\n\nLoss of taste\n\n{taste}\n\nCare\n\nRest."
    assert parse(text) == ["# Fever", fever, "# Loss of taste", taste, "# Care", "Rest."]


def test_heading_below_a_list_that_ends_with_a_full_stop_is_no_item() -> None:
    text = "Care\n\nPeople can:\n\nrest more;\n\nsleep well; and\n\nwalk a little.\n\nWhat we do\n\nWe help."
    assert parse(text)[-4:] == ["• sleep well; and", "• walk a little.", "# What we do", "We help."]


def test_end_of_a_sentence_in_lower_case_is_no_item() -> None:
    text = "Two in three of those who have it live in low- and\nmiddle-income countries.\nMost of them do not know it."
    assert parse(text)[0].startswith("Two in three of those who have it live in low- and middle-income countries.")


def test_long_line_in_lower_case_inside_a_list_is_an_item() -> None:
    long = f"medicines to {'stop the growth and the spread of cells and to ' * 2}slow down what feeds them"
    text = f"Care\n\nTreatments may be:\n\nsurgery\nradiation\n{long}\nrest.\nAsk the ward."
    assert parse(text)[2:] == ["• surgery", "• radiation", f"• {long}", "• rest.", "Ask the ward."]


def test_chinese_question_of_two_parts_is_a_heading_and_an_item_with_a_semicolon_none() -> None:
    text = "病因\n\n会传染吗？怎么传染？\n会。\n定量检查；\n血液检查。\n\n治疗\n\n多休息。"
    assert parse(text) == ["# 病因", "# 会传染吗？怎么传染？", "会。", "定量检查；", "血液检查。", "# 治疗", "多休息。"]


def test_long_chinese_line_without_a_full_stop_is_no_heading() -> None:
    line = "患者可表现为饭量减少、恶心、呕吐、腹胀、反酸，影响日常的营养摄入" * 2
    assert [part for part in parse(f"症状\n\n疼痛。\n{line}\n药物吸收也受影响。") if part[0] == "#"] == ["# 症状"]


def test_blank_line_inside_a_sentence_makes_no_item_of_its_rest() -> None:
    lines = ["Older children are given 10 ml of the syrup a", "day, or half of it in the morning.", "Shake the bottle."]
    assert parse("Doses\n\nThe syrup is red.\n\n" + "\n\n".join(lines))[-3:] == lines
    lead = "Older children are given the syrup for"
    assert parse(f"Doses\n\nThe syrup is red.\n\n{lead}\n\na cough;\n\na cold.\n\nShake the bottle.")[-4:-1] == [
        lead,
        "• a cough;",
        "• a cold.",
    ]


@pytest.mark.parametrize("line", ["Information for parents of babies", "Vaccine sheet • MMR • For adults of all ages"])
def test_line_below_the_title_with_nothing_but_the_next_heading_below_it_is_no_heading(line: str) -> None:
    assert parse(f"{line}\n\n1. Why it helps\n\nIt does.\n\n2. When it hurts\n\nRarely.")[0] == line
    assert parse(f"{line}\n\nWhy it helps\n\nIt does.\n\nRarely.")[:2] == [line, "# Why it helps"]


@pytest.mark.parametrize("line", ["What is it good for?", "Signs", "WHAT YOU SHOULD KNOW", "Symptoms of the flu"])
def test_first_heading_that_names_a_section_stays_one(line: str) -> None:
    assert parse(f"{line}\n\n1. Why it helps\n\nIt does.\n\n2. When it hurts\n\nRarely.")[0] == f"# {line}"


def test_longer_lines_in_lower_case_below_a_short_one_that_no_wrapping_ends_are_items() -> None:
    text = (
        "Do not give\nanti-itch cream to babies who are under one year\nginger to children\n\nCall us\n\nWe help you."
    )
    long = (
        "This line is a paragraph, so long that the lines below it show no width at which a text was wrapped by hand."
    )
    items = ["• anti-itch cream to babies who are under one year", "• ginger to children"]
    assert parse(f"Care\n\n{long}\n\n{text}")[2:] == ["# Do not give", *items, "# Call us", "We help you."]
