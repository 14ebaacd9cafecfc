"""What an editor is told of her articles: each kind of finding, what is let pass, and texts written twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wellread.articles.duplicates import near_duplicates
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding, finding_of, format_finding, format_findings
from wellread.articles.library import read_library
from wellread.articles.links import Targets, absent_files
from wellread.articles.lint import find_errors, lint
from wellread.articles.marktext import beginning
from wellread.articles.passages import cut_article
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import ArticleError
from wellread.index.database import links_inside

TODAY = date(2026, 6, 15)
REVIEWED = "---\ntitle: {}\nlast_reviewed: 2026-01-31\nnext_review: 2027-01-31\n---\n"


Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path, hash_encoder: Encoder) -> Check:
    """Writes articles, a.md named a_md and heart/b.txt heart__b_txt, and lints them."""

    def written_and_linted(**files: str) -> list[Finding]:
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return linted(tmp_path, hash_encoder)

    return written_and_linted


def linted(kb: Path, encoder: Encoder) -> list[Finding]:
    library = read_library(kb, FilePatterns(exclude=("old",)))
    articles = library.articles
    passages = [p for article in articles for p in cut_article(article, encoder.count_tokens, encoder.max_tokens)]
    absent = absent_files(library.drafts, library.left_out)
    found = lint(articles, passages, TODAY, absent)
    # Most articles come without their sections, as publishing has them.
    bare = [replace(article, sections=()) for article in articles]
    whole = {article.file: article for article in articles}
    targets = Targets(bare, absent, lambda article: whole[article.file])
    linking = [article for article in articles if links_inside(article)]
    assert find_errors(bare, linking, TODAY, targets) == tuple(one for one in found if one.level == "error")
    return list(found)


def brief(findings: list[Finding]) -> list[tuple[str, int | None, str]]:
    return [(finding.file, finding.line, finding.code) for finding in findings]


def article(body: str, title: str = "Angina") -> str:
    """A reviewed article whose body begins on line 6."""
    return REVIEWED.format(title) + body


def words(count: int, seed: int) -> list[str]:
    return [f"w{random.Random(f'{seed}-{n}').randrange(10**6)}" for n in range(count)]


# An article with nothing to mend


def test_nothing_is_found_in_a_good_article(check: Check) -> None:
    good = article("Text.\n\n## Causes\n\n### In children\n\nText.\n\n## Treatment\n\nSee [causes](#causes).\n")
    assert check(a_md=good) == []


def test_shipped_article_only_lacks_a_review_date(seed_kb: Path, hash_encoder: Encoder) -> None:
    found = [(finding.file, finding.code) for finding in linted(seed_kb, hash_encoder)]
    assert ("neurological-spasms.txt", "review-date-missing") in found
    assert {code for _, code in found} <= {"review-date-missing", "vague-heading", "long-section", "disclaimer"}


# Dates


@pytest.mark.parametrize(
    ("last", "following", "expected"),
    [
        ("2026-06-15", "2026-06-15", None),  # today is neither future nor past
        ("2025-06-15", "2026-06-14", ("warning", "review-overdue", "was due for review on 2026-06-14, 1 day ago")),
        ("2026-06-16", "2027-06-16", ("error", "review-in-future", "last reviewed on 2026-06-16, which is in the")),
        ("2026-06-01", "2026-05-01", ("error", "review-dates-reversed", "the next review, 2026-05-01, lies before")),
    ],
)
def test_review_dates(check: Check, last: str, following: str, expected: tuple[str, str, str] | None) -> None:
    text = f"---\ntitle: Angina\nlast_reviewed: {last}\nnext_review: {following}\n---\nText.\n"
    found = check(a_md=text)
    if expected is None:
        assert found == []
        return
    (finding,) = found
    assert (finding.level, finding.code, finding.line) == (*expected[:2], None)
    assert expected[2] in finding.message


def test_missing_review_date_is_asked_for_as_the_format_writes_it(check: Check) -> None:
    markdown, text = check(a_md="# Angina\n\nText.\n", b_txt="Gout\n\nText that is a sentence.\n")
    assert brief([markdown, text]) == [("a.md", None, "review-date-missing"), ("b.txt", None, "review-date-missing")]
    assert markdown.remedy == 'write "last_reviewed: YYYY-MM-DD" into the front matter'
    assert text.remedy == 'write "Last reviewed: YYYY-MM-DD" on a line under the title'


# Headings


@pytest.mark.parametrize(
    "heading",
    ["Introduction", "OVERVIEW:", "More information", "Other", "Section 2", "Untitled", "12.", "***?", "1. Overview"],
)
def test_heading_that_says_nothing(check: Check, heading: str) -> None:
    escaped = heading.replace("*", r"\*")
    found = check(a_md=article(f"## {escaped}\n\nText.\n"))
    assert brief(found) == [("a.md", 6, "vague-heading")]
    assert found[0].message == f'the heading "{heading}" does not say what the section is about'


@pytest.mark.parametrize(
    "heading",
    ["Introduction to insulin", "Other causes", "Section 2: pain", "COVID-19", "5-HT3 blockers", "Überblick Herz"],
)
def test_heading_that_says_something(check: Check, heading: str) -> None:
    assert check(a_md=article(f"## {heading}\n\nText.\n")) == []


def test_title_that_says_nothing_is_found_once(check: Check) -> None:
    found = check(a_md=article("Text under the title.\n", title="Untitled"))
    assert brief(found) == [("a.md", None, "vague-title")]


def test_headings_written_twice_under_the_same_heading(check: Check) -> None:
    body = "## Adults\n\n### Dose\n\nOne.\n\n## Children\n\n### Dose\n\nTwo.\n\n### DOSE\n\nThree.\n"
    found = check(a_md=article(body))
    assert brief(found) == [("a.md", 18, "duplicate-heading")]  # the one for adults has another path
    assert found[0].message == 'the heading "DOSE" stands at line 14 already'


def test_section_with_neither_text_nor_headings_below_it(check: Check) -> None:
    found = check(a_md=article("## Adults\n\n### Dose\n\n## Children\n\n### Size\n\nText.\n\n## Risks\n"))
    assert brief(found) == [("a.md", 8, "empty-section"), ("a.md", 16, "empty-section")]


def test_section_cut_into_more_than_three_passages(check: Check) -> None:
    # 64 tokens a passage, less the frame's 4 (two words, two special): nine words and two tokens a sentence, five
    # sentences a passage, so that 15 sentences give three passages and 30 give six.
    def sentences(count: int, first: int) -> str:
        return " ".join(f"This is sentence number {n} of a long section." for n in range(first, first + count))

    found = check(a_md=article(f"## Causes\n\n{sentences(15, 0)}\n\n## Risks\n\n{sentences(30, 50)}\n"))
    assert brief(found) == [("a.md", 10, "long-section")]
    assert found[0].message == 'the section "Risks" is so long that it is cut into 6 passages'


# Links


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/nowhere.md",
        "mailto:ward@example.org",
        "#causes",
        "b.md",
        "./b.md#risks",
        "../heart/a.md#causes",
        "../top%20level.txt",
        "/heart/b.md",
        "b.md?print=1#risks",
    ],
)
def test_link_that_leads_somewhere(check: Check, tmp_path: Path, link: str) -> None:
    (tmp_path / "top level.txt").write_text("Gout\nLast reviewed: 2026-01-01\n\nText that is a sentence.\n")
    found = check(
        heart__a_md=article(f"## Causes\n\nSee [this]({link}).\n"),
        heart__b_md=article("## Risks\n\nOther text.\n", "Heart failure"),
    )
    assert found == []


@pytest.mark.parametrize(
    ("link", "message", "remedy"),
    [
        ("#", '"#" names no place', "name an article or a section, or delete the link"),
        ("c.md", 'there is no article "c.md"', "write an article's path from this one's folder"),
        ("heart/b.md", 'there is no article "heart/b.md"', "write b.md"),
        ("gout", 'there is no article "gout"', "write ../gout.txt"),
        ("../../gout.txt", 'there is no article "../../gout.txt"', "write ../gout.txt"),
        ("b.md#causes", 'heart/b.md has no section "causes"', "its sections are #life, #risks"),
        ("#what-cures-angina", 'heart/a.md has no section "what-cures-angina"', "its sections are #causes"),
        ("contact.md", 'there is no article "contact.md"', "write an article's path from this one's folder"),
    ],
)
def test_link_that_leads_nowhere(check: Check, link: str, message: str, remedy: str) -> None:
    found = check(
        heart__a_md=article(f"## What causes angina?\n\nSee\n[the page]({link}).\n"),
        heart__b_md=article("## Risks\n\nOther text.\n\n## Life\n\nMore text.\n", "Heart failure"),
        gout_txt="Gout\nLast reviewed: 2026-01-01\n\nText that is a sentence.\n",
    )
    assert [(f.level, f.file, f.line, f.code) for f in found] == [("error", "heart/a.md", 8, "broken-link")]
    assert found[0].message == f'the link "the page" leads nowhere: {message}'
    assert found[0].remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("b.md", 'heart/b.md is not published ("draft: true")'),
        ("b", 'heart/b.md is not published ("draft: true")'),
        ("/heart/b/", 'heart/b.md is not published ("draft: true")'),
        ("b.html#risks", 'heart/b.md is not published ("draft: true")'),
        ("b.md#risks", 'heart/b.md is not published ("draft: true")'),
        ("_c.md", "heart/_c.md is not published (a draft by its name)"),
        ("../drafts/d.md", "drafts/d.md is not published (in a folder of drafts)"),
        ("../old/e.txt", "old/e.txt is left out by include or exclude"),
    ],
)
def test_link_to_an_article_that_readers_do_not_see_says_why(
    check: Check, tmp_path: Path, link: str, message: str
) -> None:
    for name in ("heart/_c.md", "drafts/d.md", "old/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# Gout\n\nText.\n")
    found = check(
        heart__a_md=article(f"## Causes\n\nSee [this]({link}).\n"),
        heart__b_md="---\ndraft: true\n---\n# Risks\n\nOther text.\n",
    )
    assert [(one.level, one.file, one.line, one.message, one.remedy) for one in found] == [
        (
            "error",
            "heart/a.md",
            8,
            f'the link "this" leads nowhere: {message}',
            "publish that file too, or delete the link until it is",
        )
    ]


def test_section_can_be_named_as_site_generators_name_it(check: Check) -> None:
    links = "[a](#how-is-it-treated) [b](b.md#who-is-at-risk-of-it) [c](#at-home-1) [d](#at-home_2) [e](#Self-care)"
    body = f"{links}\n\n## How is it treated?\n\nRest.\n\n### At home\n\nIn bed.\n\n"
    body += "## Self-care\n\nWalk.\n\n### At home\n\nSlowly."
    found = check(a_md=article(body), b_md=article("## Who is at risk of it?\n\nMany.\n", "Heart failure"))
    assert [finding for finding in found if finding.code == "broken-link"] == []


# Texts written twice


def test_text_copied_into_many_articles_is_one_finding(check: Check) -> None:
    text = " ".join(words(25, 1))
    copies = {f"a{n}_md": article(f"## Part {'abcdef'[n]}\n\n{text}\n", f"Title {n}") for n in range(6)}
    found = check(**copies)
    assert brief(found) == [("a0.md", 8, "repeated-text")]
    assert found[0].message == (
        f'the text "{" ".join(text.split()[:7])} …" stands at a1.md:8, a2.md:8, a3.md:8 and 2 more places too,'
        " word for word or nearly"
    )


def test_article_copied_whole_is_one_finding(check: Check) -> None:
    body = "".join(
        f"## {name}\n\n{' '.join(words(25, seed))}\n\n" for seed, name in enumerate(["Causes", "Risks", "Life"])
    )
    found = check(a_md=article(body), b_md=article(body, "Heart pain"))
    assert brief(found) == [("a.md", 8, "repeated-text")]
    assert (
        "stands at b.md:8 too, word for word or nearly, and 2 more texts of these articles likewise" in found[0].message
    )


def test_text_repeated_inside_one_article(check: Check) -> None:
    text = " ".join(words(25, 1))
    found = check(a_md=article(f"## Causes\n\n{text}\n\n## Risks\n\n{text}\n"))
    assert brief(found) == [("a.md", 8, "repeated-text")]
    assert "stands at a.md:12 too" in found[0].message


def test_long_paragraph_that_repeats_itself_is_one_place(check: Check) -> None:
    # Two passages of the same words on one line: 60 tokens of room hold two of the sentences (27 tokens each).
    sentence = f"{' '.join(words(25, 1)).capitalize()}. "
    assert check(a_md=article(f"## Causes\n\n{sentence * 4}\n")) == []


def test_near_duplicates_are_counted_out_exactly() -> None:
    # 102 words have 100 runs of three. A word changed at the end takes 1 run away and adds 1: 99 / 101. Eleven words
    # changed at the end take 11: 89 / 111 = 0.802 is the same, twelve leave 88 / 112 = 0.786 and are not.
    base = words(102, 1)
    texts = [" ".join([*base[: 102 - n], *words(n, 2 + n)]) for n in (0, 1, 11, 12)]
    assert near_duplicates(texts) == ((0, 1, 2),)


def test_near_duplicates_ignore_case_and_punctuation_but_not_order() -> None:
    base = words(30, 1)
    same = ", ".join(base).upper() + "!"
    assert near_duplicates([" ".join(base), " ".join(reversed(base)), same]) == ((0, 2),)


def test_near_duplicates_let_short_texts_pass() -> None:
    assert near_duplicates([" ".join(words(19, 1))] * 3 + [" ".join(words(20, 1))] * 2) == ((3, 4),)
    assert near_duplicates([]) == ()
    assert near_duplicates(["", "one", "one"]) == ()


def test_near_duplicates_agree_with_comparing_every_pair() -> None:
    chance = random.Random(7)
    bases = [words(60, seed) for seed in range(20)]
    texts = []
    for base in bases * 5:
        changed = list(base)
        for _ in range(chance.randrange(4)):
            changed[chance.randrange(60)] = f"x{chance.randrange(10**6)}"
        texts.append(" ".join(changed))
    runs = [{tuple(text.split()[at : at + 3]) for at in range(58)} for text in texts]
    expected: dict[int, list[int]] = {}
    for at, own in enumerate(runs):
        home = next((h for h in expected if len(own & runs[h]) >= 0.8 * len(own | runs[h])), at)
        expected.setdefault(home, []).append(at)
    assert near_duplicates(texts) == tuple(tuple(group) for group in expected.values() if len(group) > 1)


# What the words say


@pytest.mark.parametrize(
    "title",
    [
        "https://example.org/x",
        "Microsoft Word - leaflet.doc",
        "Source: A book",
        "scan_12",
        "Home",
        "These medicines help:",
        "TODO: find a title",
        "Home > Skin > Eczema",
        "Leaflet ● Gout (5/29/25) ● Example Clinic",
    ],
)
def test_title_that_is_none(check: Check, title: str) -> None:
    found = check(a_md=article("## Care\n\nText.\n", title=f'"{title}"'))
    assert brief(found) == [("a.md", None, "no-title")]


@pytest.mark.parametrize(
    "title", ["Overview", "Side effects", "Prevention and Risk Factors", "Ursachen und Behandlung"]
)
def test_title_that_is_only_the_name_of_a_section(check: Check, title: str) -> None:
    assert brief(check(a_md=article("## Care\n\nText.\n", title=f'"{title}"'))) == [("a.md", None, "vague-title")]


@pytest.mark.parametrize(
    "title", ["Causes of gout", "Living with gout", "Gout: symptoms", "Gout | Example Clinic", "Type 2 gout:"]
)
def test_title_that_names_its_subject_is_one(check: Check, title: str) -> None:
    assert check(a_md=article("## Care\n\nText.\n", title=f'"{title}"')) == []


def test_sentences_that_run_together_are_named_once(check: Check) -> None:
    text = "What is it?An illness. It is rare.Most get well.\n\nIt heals.Rest helps."
    (found,) = check(a_md=article(f"## Care\n\n{text}\n"))
    assert (found.line, found.code) == (8, "run-together")
    assert found.message.startswith('sentences run together in 3 places, as "it?An"')


def test_names_with_a_point_inside_are_no_sentences(check: Check) -> None:
    assert check(a_md=article("## Care\n\nSee Node.Js, U.S.A. and p.Val600. Ask Dr.Roe.\n")) == []
    sites = "GOV.UK says so. So do GOV.UK, NHS.UK and TV.ORG. Ask Eyes.Net, or Eyes.Net, or Eyes.Net."
    assert check(a_md=article(f"## Care\n\n{sites}\n")) == []


def test_plain_text_saved_as_markdown_is_named(check: Check) -> None:
    found = check(a_md=article("Introduction to it\n\nText of it.\n\nSigns of it\n\nMore text.\n"))
    assert brief(found) == [("a.md", 6, "no-heading")]
    assert found[0].remedy == 'write "## " before each of them, or name the file .txt if it is plain text'


def test_long_article_without_any_heading(check: Check) -> None:
    text = "\n\n".join(f"{' '.join(words(30, seed)).capitalize()}." for seed in range(5))
    assert brief(check(a_md=article(text))) == [("a.md", None, "no-heading"), ("a.md", 6, "long-section")]


def test_section_of_one_giant_paragraph(check: Check) -> None:
    text = " ".join(f"Sentence {n} says what {n * 7} is about." for n in range(60))
    assert ("a.md", 8, "long-paragraph") in brief(check(a_md=article(f"## Care\n\n{text}\n")))


@pytest.mark.parametrize(
    "line",
    [
        "Last reviewed: 3 March 2024",
        "Page last updated 03/2024",
        "Next review due: May 2027",
        "Stand: Mai 2024",
        "Stand der Information: 2024",
        "Reviewed by Dr Roe on 3/4/24, Leeds",
        "Tarkistettu 2024",
        "最終更新 2024",
        "Call 999. Last reviewed: May 2024",
        "Do not give it to babies! Reviewed 3 May 2024",
        "Dr A. Smith, reviewed 3 May 2024",
        "Review date: May 2028",
        "Published: 01/03/2023. Due for review: 01/03/2028",
    ],
)
def test_review_date_printed_in_the_text(check: Check, line: str) -> None:
    assert brief(check(a_md=article(f"## Care\n\nText.\n\n{line}\n"))) == [("a.md", 10, "printed-date")]


@pytest.mark.parametrize(
    ("front", "remedy"),
    [
        ("last_reviewed: 2026-03-03", "the details say it: delete the date here"),
        ("source: Ward", "write it into the details"),
    ],
)
def test_printed_review_date_that_the_details_have_is_only_to_be_deleted(check: Check, front: str, remedy: str) -> None:
    text = f"---\n{front}\n---\n\n# Title\n\n## Care\n\nText.\n\nDr Roe, reviewed 3 March 2026\n"
    (finding,) = [found for found in check(a_md=text) if found.code == "printed-date"]
    assert finding.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "line",
    [
        "Review of the evidence, 2019.",
        "The rules changed in 2024.",
        "Reviewed by many people who wrote to us in 2024.",
        "Ask them, reviewed in 2024 or not.",
        "A. Roe, Sleep in children, a brief review. Clin. Res. Rev. 8(1), 62 (2014)",
        "Your next appointment: 12 August 2026",
    ],
)
def test_sentence_that_names_a_year_prints_no_review_date(check: Check, line: str) -> None:
    assert check(a_md=article(f"## Care\n\nText.\n\n{line}\n")) == []


@pytest.mark.parametrize(
    "line", ["Päivitetty: 20.11.2025", "Última revisión: 8 de abril de 2026", "更新日：2025年11月20日"]
)
def test_first_line_that_is_a_date_is_named(check: Check, line: str) -> None:
    assert brief(check(a_md=article(f"{line}\n\n## Care\n\nText.\n"))) == [("a.md", 6, "printed-date")]


def test_advert_and_symbol_are_named(check: Check) -> None:
    found = check(a_md=article("## Care\n\nText.\n\nREAD MORE: Ten tips\n\nMore than 5 \uf0b3 in all.\n"))
    assert brief(found) == [("a.md", 10, "advert"), ("a.md", 12, "symbol")]


@pytest.mark.parametrize(
    "line",
    [
        "TODO check the dose",
        "FIXME: old",
        "XXX",
        "Two a day (TODO: cite).",
        "Ginger may help. TODO check the dose",
        "[TBC] Two a day.",
        "[Bild: Inhalator]",
        "[add a number]",
        "CHECK WITH PHARMACY BEFORE PUBLISHING",
        "Ask Ann before this is published.",
        "Dose still to be confirmed",
        "Vor der Veröffentlichung prüfen",
        "Dose: à vérifier",
        "DOSE NEEDS CHECKING",
        "[wartet: noch prüfen]",
        "(ward number to be checked)",
    ],
)
def test_note_of_the_writer_is_named(check: Check, line: str) -> None:
    assert brief(check(a_md=article(f"## Care\n\nText.\n\n{line}\n"))) == [("a.md", 10, "editors-note")]


@pytest.mark.parametrize(
    "line",
    [
        "TBC is rare.",
        "All data are checked before publication.",
        "TODO SOBRE LA GOTA.",
        "See [the ward: day] or here.",
        "XXXX marks it.",
        "vomiting in babies when the bowel needs checking",
        "Vaccines that need to be updated",
        "Points à vérifier",
        "Что проверить",
        "Remove this before a shower",
        "لا تنشر العدوى",
    ],
)
def test_words_that_look_like_a_note_of_the_writer_are_none(check: Check, line: str) -> None:
    assert brief(check(a_md=article(f"## Care\n\nText.\n\n{line}\n"))) == []


def test_short_section_that_stands_in_many_articles(check: Check) -> None:
    copies = {
        f"a{n}_md": article("## Contact\n\nRing the ward by day or night.\n", f"Title {'xyz'[n]}") for n in range(3)
    }
    assert brief(check(**copies)) == [("a0.md", 6, "repeated-section")]


def test_links_of_a_site_are_looked_up_or_warned_of(check: Check) -> None:
    found = check(
        a_md=article("See [b](/heart/b/), [b](b.html) and [c](/old/c.html).\n"),
        heart__b_md=article("## Risks\n\nOther text.\n", "Heart failure"),
    )
    assert [(f.level, f.file, f.line, f.code) for f in found] == [("warning", "a.md", 6, "site-link")]


def test_disclaimer_that_was_taken_is_a_note(check: Check) -> None:
    (found,) = check(a_txt="Cuts\nLast reviewed: 2026-01-01\n\nCare\n\nWash.\n\nDisclaimer: Ask your nurse.\n")
    assert (found.level, found.line, found.code) == ("note", 8, "disclaimer")
    assert format_findings([found]).endswith("0 errors, 0 warnings, 1 note")


# How findings are ordered and printed


def test_findings_stand_in_the_order_of_files_lines_and_codes(check: Check) -> None:
    body = "## Other\n\n## Other\n\nSee [x](no.md).\n"
    found = check(b_md=article(body), a_md=f"# T\n\n{body}")
    assert brief(found) == [
        ("a.md", None, "review-date-missing"),
        ("a.md", 3, "empty-section"),
        ("a.md", 3, "vague-heading"),
        ("a.md", 5, "duplicate-heading"),
        ("a.md", 5, "vague-heading"),
        ("a.md", 7, "broken-link"),
        ("b.md", 6, "empty-section"),
        ("b.md", 6, "vague-heading"),
        ("b.md", 8, "duplicate-heading"),
        ("b.md", 8, "vague-heading"),
        ("b.md", 10, "broken-link"),
    ]


def test_unreadable_article_is_an_error_with_its_place() -> None:
    finding = finding_of(ArticleError("heart/a.md", 3, "id is empty", "write it"))
    assert format_finding(finding) == "heart/a.md:3: error: id is empty [unreadable-article]\n    write it"
    whole = finding_of(ArticleError("a.md", None, "the file is empty", "delete the file"))
    assert format_finding(whole) == "a.md: error: the file is empty [unreadable-article]\n    delete the file"


def test_list_of_findings_is_cut_by_kind_but_never_an_error() -> None:
    warnings = [Finding("warning", f"a{n}.md", None, "review-date-missing", "no date", "write it") for n in range(4)]
    errors = [Finding("error", f"b{n}.md", 1, "broken-link", "broken", "mend it") for n in range(3)]
    assert format_findings([*warnings, *errors], most=2) == (
        "a0.md: warning: no date [review-date-missing]\n    write it\n"
        "a1.md: warning: no date [review-date-missing]\n    write it\n"
        "b0.md:1: error: broken [broken-link]\n    mend it\n"
        "b1.md:1: error: broken [broken-link]\n    mend it\n"
        "b2.md:1: error: broken [broken-link]\n    mend it\n"
        "… and 2 more warnings [review-date-missing]\n"
        "    the option --json lists them all\n"
        "3 errors, 4 warnings"
    )
    assert format_findings([]) == "0 errors, 0 warnings"


def test_a_finding_quotes_words_where_the_first_one_is_a_long_address() -> None:
    address = "https://example.org/" + "a" * 80
    assert beginning(f"• {address}", 60) == f"• {address}"[:60] + " …"
    assert beginning("Rest in bed.", 8) == "Rest in …"


@pytest.mark.parametrize(
    ("above", "named"),
    [("Ring us on weekdays.", True), ("Before you go:", False), ("", False), ("- [x] Inhaler packed", False)],
)
def test_boxes_that_nothing_announces_at_the_end_may_be_tasks_of_those_who_write(
    check: Check, above: str, named: bool
) -> None:
    tasks = "- [ ] print 50 copies\n- [ ] send to the ward\n"
    found = check(a_md=article(f"## Contact\n\n{above}\n\n{tasks}"))
    assert brief(found) == ([("a.md", 10, "editors-note")] if named else [])


def test_printed_review_date_is_quoted_where_it_stands_behind_other_sentences(check: Check) -> None:
    text = "Questions go to the team on the second floor of the old building. Next review: October 2027."
    found = check(a_md=article(f"## Contact\n\nCall.\n\n{text}\n\nMore.\n"))
    assert [one.message for one in found] == ['a review date is printed in the text: "Next review: October 2027."']
