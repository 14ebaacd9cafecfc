"""The page's HTML: exact, escaped, and with the deciding sentence where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError
from markupsafe import escape

from wellread.datatypes import (
    Answer,
    Article,
    Block,
    Hit,
    Link,
    NoticeLevel,
    Passage,
    SafetyCard,
    Scores,
    Section,
    Sentence,
    State,
    UrgentSign,
)
from wellread.page.answers import CARDS, Said, announcement, answer_html, folded_hits, read_note, shown_hits
from wellread.page.article import article_html, contents_html, section_levels
from wellread.page.blocks import blocks_html
from wellread.page.cards import card_html
from wellread.page.examples import Example, as_label, examples, heading_for
from wellread.page.excerpts import WHOLE_LINES
from wellread.page.inline import Span, inline
from wellread.page.links import article_href, shelf_href
from wellread.page.plain import footer
from wellread.page.provenance import provenance
from wellread.page.quotes import Library
from wellread.page.rendering import render
from wellread.page.shelf import PAGE, by_letter, covered_html, matching, page_html
from wellread.page.why import MANY, NEAR, VERY_NEAR, reasons

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "</mark><script>alert(1)</script>",
    "$x$ :red[x] **b** `c`",
    '" onmouseover="alert(1)',
    "&lt;b&gt;",
]


def paragraph(text: str, *links: Link) -> Block:
    return Block("paragraph", text, 1, links=links)


def item(text: str, level: int = 0, marker: str = "•") -> Block:
    return Block("item", text, 1, marker, level)


def row(line: int, *cells: str) -> Block:
    return Block("row", " | ".join(cells), line, cells=cells)


def passage(*blocks: Block, anchor: str = "care", path: tuple[str, ...] = ("Care",), parts: int = 1) -> Passage:
    return Passage(f"a#{anchor}", "a", "Title", path, anchor, blocks, (Sentence(0, 0, 4),), 1, parts)


def hit(*blocks: Block, anchor: str = "care", sentence: Sentence | None = None, same_as: str = "") -> Hit:
    return Hit(passage(*blocks, anchor=anchor), sentence, Scores(0.5, 0.5, 1.0, 0.5), same_as)


def answer(*hits: Hit, state: State = "answered", urgent: Passage | None = None) -> Answer:
    return Answer("why?", state, 0.9, "Ask a doctor.", "0" * 16, urgent, hits)


def drawn_answer(found: Answer, library: Library | None = None) -> str:
    """The whole answer below the question, opened with the HTML id "t"."""
    html = answer_html(found, library or Library(), "t", said(found))
    asked, _, below = html.partition("</h1>")
    assert asked.startswith('<div class="wr-answer"><h1 class="wr-asked">')
    return below.removesuffix("</div>")


def said(found: Answer) -> Said:
    return Said(found.question, read_note(found), whom_to_ask="Ask a nurse.")


def announced(found: Answer) -> str:
    return announcement(found, said(found))


def drawn_card(shown: Hit, article: Article | None = None, leads: bool = True, today: date | None = None) -> str:
    return card_html(shown, Library({"a": article} if article else {}, today=today), 1, WHOLE_LINES if leads else 0)


class Tags(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.handlers += [name for name, value in attrs if name.startswith("on") or "script" in (value or "")]


def drawn(text: str, links: tuple[Link, ...] = (), mark: Span | None = None) -> str:
    """The text as a template draws it."""
    return escape(inline(text, links, mark))


class TestInline:
    def test_without_anything_is_the_text_escaped(self) -> None:
        assert drawn('a < b & "c"') == "a &lt; b &amp; &#34;c&#34;"

    def test_mark_stands_around_its_characters(self) -> None:
        assert drawn("One. Two.", mark=(5, 9)) == "One. <mark>Two.</mark>"

    def test_link_is_one_where_the_mark_ends_inside_it(self) -> None:
        link = Link(4, 11, "https://a.example/?x=1&y=2")
        assert drawn("see the page now", (link,), (0, 7)) == (
            '<mark>see </mark><a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">'
            "<mark>the</mark> pag</a>e now"
        )

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "other.md", "#care", "//a.example"])
    def test_link_elsewhere_than_http_or_mail_is_text(self, url: str) -> None:
        assert drawn("see page", (Link(4, 8, url),)) == "see page"


class TestBlocks:
    def test_bullets_stay_bullets_and_the_sentence_is_marked_inside_its_own(self) -> None:
        blocks = (paragraph("It includes:"), item("Rest."), item("Water."))
        assert blocks_html(blocks, Sentence(2, 0, 6)) == (
            '<p dir="auto">It includes:</p><ul dir="auto"><li>Rest.</li><li><mark>Water.</mark></li></ul>'
        )

    def test_lists_nest_by_level_and_numbers_keep_their_value(self) -> None:
        blocks = (item("One", marker="3."), item("in", 1), item("Two", marker="4."))
        assert blocks_html(blocks) == (
            '<ol dir="auto"><li value="3">One<ul dir="auto"><li>in</li></ul></li><li value="4">Two</li></ol>'
        )

    def test_item_that_counts_in_letters_is_shown_after_its_mark(self) -> None:
        assert blocks_html((item("Sit", marker="a)"), item("Wait", marker="b)"))) == (
            '<ul dir="auto"><li class="wr-marked">a) Sit</li><li class="wr-marked">b) Wait</li></ul>'
        )

    def test_table_has_its_header_where_a_line_of_dashes_stands_below_it(self) -> None:
        html = blocks_html((row(1, "Dose", "Day"), row(3, "a|b", "<1>")), Sentence(1, 0, 3))
        assert html == (
            '<div class="wr-table" role="group" aria-label="Table" tabindex="0"><table dir="auto"><thead><tr>'
            '<th scope="col">Dose</th><th scope="col">Day</th></tr></thead><tbody><tr><td><mark>a|b</mark></td>'
            "<td>&lt;1&gt;</td></tr></tbody></table></div>"
        )


class TestCards:
    def test_name_article_section_text_and_the_way_to_it(self) -> None:
        html = drawn_card(hit(paragraph("Rest now. Drink."), sentence=Sentence(0, 0, 9)))
        assert html.partition('<details class="wr-why"')[0] == (
            '<article class="wr-card" aria-labelledby="wr-hit-1">'
            '<p class="wr-where"><a href="?article=a"><bdi class="wr-title">Title</bdi></a></p>'
            '<h3 id="wr-hit-1" dir="auto">Care</h3>'
            '<div class="wr-text"><p dir="auto"><mark>Rest now.</mark> Drink.</p></div>'
            '<div class="wr-below"><a href="?article=a&amp;section=care" class="wr-more" lang="en">See in the article '
            '<span class="wr-hidden">(Care)</span></a>'
        )

    def test_without_a_deciding_sentence_nothing_is_marked(self) -> None:
        assert "<mark>" not in drawn_card(hit(paragraph("Rest.")))

    def test_part_of_a_long_section_says_so(self) -> None:
        html = drawn_card(Hit(passage(paragraph("x"), parts=3), None, Scores(0, 0, 0, 0)))
        assert '<p class="wr-part" lang="en">Part 1 of 3</p>' in html

    def test_show_review_date_and_source_where_the_article_knows_them(self) -> None:
        article = Article("a", "Title", (), "a.md", "", source="Clinic", last_reviewed=date(2026, 5, 31))
        html = drawn_card(hit(paragraph("x")), article)
        assert '<dt>Last reviewed</dt><dd><time datetime="2026-05-31">31 May 2026</time></dd>' in html
        assert '<dt>Source</dt><dd><span dir="auto">Clinic</span></dd>' in html

    def test_say_that_a_review_was_due_by_the_day_of_reading(self) -> None:
        due = Article("a", "Title", (), "a.md", "", language="fr", next_review=date(2026, 3, 31))
        one = hit(paragraph("x"))
        said = '<p class="wr-overdue" lang="en">This page was due for review in March 2026.</p>'
        assert said in drawn_card(one, due, today=date(2026, 4, 1))
        assert said in drawn_answer(answer(one), Library({"a": due}, today=date(2026, 4, 1)))
        assert said in drawn_answer(answer(urgent=one.passage), Library({"a": due}, today=date(2026, 4, 1)))
        folded = answer(one, hit(paragraph("y"), anchor="other", same_as=one.passage.id))
        assert drawn_answer(folded, Library({"a": due}, today=date(2026, 4, 1))).count(said) == 2
        in_time = drawn_card(one, due, today=date(2026, 3, 31))
        assert "due for review" not in in_time
        assert '<dt>Next review</dt><dd><time datetime="2026-03-31">31 March 2026</time></dd>' in in_time

    def test_know_the_day_of_reading_from_the_clock(self) -> None:
        past, future = (Article("a", "Title", (), "a.md", "", next_review=day) for day in (date(2020, 1, 1), date.max))
        assert "due for review in January 2020" in drawn_card(hit(paragraph("x")), past)
        assert "due for review" not in drawn_card(hit(paragraph("x")), future)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_text_of_an_article_is_never_markup(self, text: str) -> None:
        block = paragraph(text)
        found = Passage("a#x", "a", text, (text,), "x", (block, item(text), row(1, text)), (Sentence(0, 0, 3),))
        once = Hit(found, Sentence(0, 0, 3), Scores(0, 0, 0, 0))
        html = drawn_answer(answer(once, replace(once, passage=replace(found, id="b#x"), same_as="a#x")))
        tags = Tags(html)
        assert not {"img", "script", "b"} & set(tags.seen)
        assert tags.handlers == []


class TestAnswers:
    def test_count_is_announced(self) -> None:
        assert announced(answer(hit(paragraph("x")))) == "What our articles say. 1 passage."
        two = answer(hit(paragraph("x")), hit(paragraph("y"), anchor="b"), state="closest")
        assert announced(two) == ("The closest parts of our articles. They may not answer your question.")
        assert announced(answer(state="not_covered")) == "We did not find this in our articles."

    @pytest.mark.parametrize("state", ["answered", "closest", "not_covered"])
    def test_words_that_were_read_as_others_are_named(self, state: State) -> None:
        read = replace(answer(hit(paragraph("x")), state=state), corrections=(("<b>stma", "asthma"),))
        assert "We read “&lt;b&gt;stma” as “asthma”." in drawn_answer(read)
        assert announced(read).endswith(". We read “<b>stma” as “asthma”.")

    @pytest.mark.parametrize("state", ["answered", "closest", "not_covered"])
    def test_what_else_was_searched_for_stands_beside_what_was_read(self, state: State) -> None:
        read = replace(
            answer(hit(paragraph("x")), state=state),
            corrections=(("astma", "asthma"),),
            expansions=(("HTN", ("hypertension", "raised <b>")),),
        )
        assert (
            '<p class="wr-note" dir="auto">We read “astma” as “asthma”. '
            "We also searched for “hypertension”, “raised &lt;b&gt;”.</p>"
        ) in drawn_answer(read)
        assert announced(read).endswith("We also searched for “hypertension”, “raised <b>”.")

    def test_mark_is_explained_only_where_the_first_passage_has_one(self) -> None:
        plain, marked = hit(paragraph("Rest.")), hit(paragraph("Walk."), anchor="b", sentence=Sentence(0, 0, 5))
        explained = "What fits best is <mark>marked</mark>."
        assert explained in drawn_answer(answer(marked, plain))
        assert explained not in drawn_answer(answer(plain, marked))

    def test_closest_passages_are_said_to_be_no_sure_answer(self) -> None:
        html = drawn_answer(answer(hit(paragraph("x")), state="closest"))
        assert html.startswith(
            '<h2 class="wr-verdict" id="t" tabindex="-1">The closest parts of our articles</h2>'
            '<p class="wr-note">They may not answer your question. <span dir="auto">Ask a nurse.</span></p>'
        )

    @pytest.mark.parametrize(
        ("state", "marked", "steps", "whole"),
        [
            ("answered", True, 12, True),
            ("closest", True, 12, False),
            ("closest", False, 7, True),  # a line each, and half a line between two: 7 + 3
            ("closest", False, 8, False),  # 8 + 4, where there is room for 10
        ],
    )
    def test_first_of_the_closest_passages_is_whole_only_where_it_is_short_and_nothing_is_marked(
        self, state: State, marked: bool, steps: int, whole: bool
    ) -> None:
        blocks = [paragraph(f"Step {number}.") for number in range(steps)]
        sentence = Sentence(5, 0, 7) if marked else None
        html = drawn_answer(answer(hit(*blocks, sentence=sentence), state=state))
        assert html.count(f"Step {steps - 1}.") == 1
        assert ("Show all of this section" not in html) == whole

    def test_not_covered_shows_no_card(self) -> None:
        none = answer(hit(paragraph("x")), state="not_covered")
        assert shown_hits(none) == ()
        assert "wr-card" not in drawn_answer(none)

    def test_urgent_notice_comes_first_under_its_own_heading_and_is_not_repeated_below(self) -> None:
        see = hit(paragraph("Go now."), anchor="see")
        html = drawn_answer(answer(hit(paragraph("x")), see, urgent=see.passage))
        assert html.startswith(
            '<section class="wr-urgent" id="t" tabindex="-1" role="region" '
            'aria-labelledby="wr-urgent-heading wr-urgent-title"><div class="wr-urgent-head">'
            '<p class="wr-where" id="wr-urgent-title"><a href="?article=a"><bdi class="wr-title">Title</bdi></a></p>'
            '<h2 id="wr-urgent-heading"><span class="wr-advice" lang="en">Important:</span>'
            '<span class="wr-heading" dir="auto">Care</span></h2></div>'
            '<div class="wr-urgent-body"><div class="wr-text"><p dir="auto">Go now.</p></div>'
        )
        assert html.count("Go now.") == 1
        assert html.count('class="wr-card"') == 1

    def test_urgent_notice_stands_also_where_nothing_is_covered(self) -> None:
        html = drawn_answer(answer(state="not_covered", urgent=passage(paragraph("Go."))))
        notice, _, below = html.partition("</section>")
        assert "Go." in notice
        assert below.startswith('<h2 class="wr-verdict">We did not find this in our articles</h2>')


class TestWhatIsUrgent:
    CARD = SafetyCard("overdose", "Call <999> now.")
    SECTION = replace(
        passage(paragraph("Go if:"), item("Your lips are <blue>.")), sentences=(Sentence(0, 0, 6), Sentence(1, 0, 21))
    )

    @pytest.mark.parametrize("state", ["answered", "closest", "not_covered"])
    def test_safety_card_stands_before_everything_in_every_state(self, state: State) -> None:
        found = replace(answer(hit(paragraph("x")), state=state, urgent=self.SECTION), safety=self.CARD)
        html = drawn_answer(found)
        assert html.startswith(
            '<section class="wr-safety" id="t" tabindex="-1" role="region" '
            'aria-labelledby="wr-safety-word wr-safety-text"><h2 id="wr-safety-word">Emergency</h2>'
            '<p id="wr-safety-text" dir="auto">Call &lt;999&gt; now.</p></section><section class="wr-urgent"'
        )
        assert html.count('id="t"') == 1
        assert announced(found).startswith("Emergency. Call <999> now. ")

    def test_safety_card_stands_above_nothing_found(self) -> None:
        found = replace(answer(state="not_covered"), safety=self.CARD)
        assert '</section><h2 class="wr-verdict">We did not find this' in drawn_answer(found)
        assert announced(found) == "Emergency. Call <999> now. We did not find this in our articles."

    def test_is_announced_before_what_was_found(self) -> None:
        found = replace(
            answer(hit(paragraph("x")), urgent=self.SECTION),
            safety=self.CARD,
            language_note="Wir können nur auf Englisch suchen.",
            urgent_sign=UrgentSign(Sentence(1, 0, 21), "doctor"),
            corrections=(("astma", "asthma"),),
        )
        assert announced(found) == (
            "Emergency. Call <999> now. Wir können nur auf Englisch suchen. See a doctor: Go if. "
            "We read “astma” as “asthma”."
        )

    @pytest.mark.parametrize(("level", "advice"), [("emergency", "Get help now"), ("doctor", "See a doctor")])
    def test_notice_says_for_whom_and_has_the_line_that_fits_first_and_marked_in_its_place(
        self, level: NoticeLevel, advice: str
    ) -> None:
        section = passage(paragraph("Go if:"), item("You faint."), item("Your lips are <blue>."))
        found = replace(answer(urgent=section), urgent_sign=UrgentSign(Sentence(2, 0, 21), level))
        html = drawn_answer(found)
        assert html.startswith(f'<section class="wr-urgent wr-{level}" id="t" tabindex="-1" role="region"')
        assert (
            '<bdi class="wr-title">Title</bdi></a> <span aria-hidden="true">›</span> <bdi>Care</bdi></p>'
            f'<h2 id="wr-urgent-heading"><span class="wr-advice" lang="en">{advice}:</span>'
            '<span class="wr-heading" dir="auto">Go if:</span></h2></div>'
            '<div class="wr-urgent-body"><p class="wr-line"><span lang="en">This fits your question:</span> '
            '<mark dir="auto">Your lips are &lt;blue&gt;.</mark></p>'
            '<div class="wr-text"><p dir="auto">Go if:</p>'
            '<ul dir="auto"><li>You faint.</li><li><mark>Your lips are &lt;blue&gt;.</mark></li></ul></div>'
        ) in html

    def test_notice_does_not_say_the_line_twice_that_stands_below_its_short_lead_in(self) -> None:
        html = drawn_answer(replace(answer(urgent=self.SECTION), urgent_sign=UrgentSign(Sentence(1, 0, 21), "doctor")))
        assert html.count("Your lips are") == html.count("<mark>Your lips are &lt;blue&gt;.</mark>") == 1
        far = passage(paragraph(f"{'Wait. ' * 30}Go if:"), item("You faint."))  # more than three lines
        html = drawn_answer(replace(answer(urgent=far), urgent_sign=UrgentSign(Sentence(1, 0, 10), "doctor")))
        assert html.count("You faint.") == 2

    def test_long_notice_is_shown_from_its_line_on_below_the_heading_that_is_its_lead_in(self) -> None:
        signs = [item(f"Sign {number}.") for number in range(20)]
        section = passage(paragraph("Go if:"), *signs)
        html = drawn_answer(replace(answer(urgent=section), urgent_sign=UrgentSign(Sentence(8, 0, 7), "emergency")))
        assert '<span class="wr-heading" dir="auto">Go if:</span>' in html
        assert (
            '<div class="wr-urgent-body"><div class="wr-text wr-excerpt"><ul dir="auto"><li><mark>Sign 7.</mark></li>'
            "<li>Sign 8.</li><li>Sign 9.</li></ul></div>"
            '<details class="wr-all"><summary lang="en">Show all of this section '
        ) in html

    def test_notice_of_one_line_does_not_say_it_twice(self) -> None:
        section = replace(passage(paragraph("Go now.")), sentences=(Sentence(0, 0, 7),))
        found = replace(answer(urgent=section), urgent_sign=UrgentSign(Sentence(0, 0, 7), "emergency"))
        html = drawn_answer(found)
        assert html.count("Go now.") == html.count("<mark>Go now.</mark>") == 1

    def test_notice_that_begins_with_the_line_that_fits_does_not_say_it_twice(self) -> None:
        sentences = (Sentence(0, 0, 7), Sentence(1, 0, 5))
        section = replace(passage(paragraph("Go now. Or call."), paragraph("Rest.")), sentences=sentences)
        html = drawn_answer(replace(answer(urgent=section), urgent_sign=UrgentSign(sentences[0], "emergency")))
        assert html.count("Go now.") == html.count("<mark>Go now.</mark>") == 1
        assert "This fits your question" not in html

    def test_line_of_the_notice_is_the_sign_and_not_what_decided_for_its_hit(self) -> None:
        found = replace(
            answer(Hit(self.SECTION, Sentence(0, 0, 6), Scores(0, 0, 0, 0)), urgent=self.SECTION),
            urgent_sign=UrgentSign(Sentence(1, 0, 21), "emergency"),
        )
        assert "<mark>Go if:</mark>" not in drawn_answer(found)

    def test_note_on_the_language_stands_above_the_results_in_its_own_language(self) -> None:
        found = replace(
            answer(hit(paragraph("x")), urgent=self.SECTION),
            question="¿Puedo tomar ibuprofeno durante el embarazo?",
            language_note="Solo podemos buscar en inglés.",
        )
        html = drawn_answer(found)
        assert html.startswith(
            '<p class="wr-language" dir="auto" lang="es" id="t" tabindex="-1">Solo podemos buscar en inglés.</p>'
            '<section class="wr-urgent"'
        )
        assert html.count('id="t"') == 1
        nothing = drawn_answer(replace(found, state="not_covered"), Library({"a": Article("a", "Gout", (), "", "")}))
        assert "We did not find this in our articles" in nothing
        assert "Articles that may be near to it" not in nothing
        below = drawn_answer(replace(found, safety=self.CARD)).partition("</section>")[2]
        assert below.startswith('<p class="wr-language" dir="auto" lang="es">Solo')


class TestASafetyCardAlone:
    CARD = SafetyCard("self_harm", "Call now.")

    @pytest.mark.parametrize("state", ["closest", "not_covered"])
    def test_has_nothing_below_it_that_came_near_by_chance(self, state: State) -> None:
        found = replace(answer(hit(paragraph("Live well.")), state=state), safety=self.CARD, confidence=0.49)
        assert shown_hits(found) == ()
        assert drawn_answer(found).endswith("Call now.</p></section>")
        assert announced(found) == "Emergency. Call now."

    def test_has_what_is_about_it_below_it(self) -> None:
        found = replace(answer(hit(paragraph("Talk to us.")), state="closest"), safety=self.CARD, confidence=0.5)
        assert [shown.passage.text for shown in shown_hits(found)] == ["Talk to us."]
        assert "The closest parts of our articles" in drawn_answer(found)

    def test_of_another_emergency_has_the_closest_passages_below_it(self) -> None:
        card = SafetyCard("choking", "Call now.")
        found = replace(answer(hit(paragraph("Hit the back.")), state="closest"), safety=card, confidence=0.1)
        assert len(shown_hits(found)) == 1


class TestTheArticlesOwnDisclaimer:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("Ask your doctor.", True),
            ("Disclaimer: ask your doctor.", False),
            ("Please note: ask your doctor.", False),
            ("Avertissement : demandez à votre médecin.", False),
            ("अस्वीकरण: डॉक्टर से पूछें।", False),
            ("免责声明：请咨询医生。", False),
            ("At 10: ask.", True),
            ("https://health.example.org says more.", True),
            ("This leaflet says one thing: ask.", True),
        ],
    )
    def test_gets_a_label_where_it_has_none(self, line: str, label: bool) -> None:
        article = Article("a", "Title", (), "", "", disclaimer=line)
        important = '<strong lang="en">Important:</strong> ' if label else ""
        own = f'{important}<span dir="auto">{line}</span>'
        assert f'<p class="wr-own">{own}</p>' in drawn_card(hit(paragraph("Rest.")), article)
        assert f'<p class="wr-own">{own}</p>' in article_html(article)
        assert footer([line]) == f'<footer class="disclaimer">{own}</footer>'
        bar = render("frame.html", "disclaimer", text=line, own=True)
        assert ("<strong>Important:</strong>" in bar) == label


class TestNearArticles:
    LIBRARY = Library({"a": Article("a", "Gout", (), "", "")})

    @pytest.mark.parametrize(("cosine", "named"), [(NEAR, True), (NEAR - 0.001, False)])
    def test_are_named_only_where_their_meaning_is_near(self, cosine: float, named: bool) -> None:
        found = replace(hit(paragraph("Rest.")), scores=Scores(cosine, 0.5, 1.0, 0.5))
        html = drawn_answer(answer(found, state="not_covered"), self.LIBRARY)
        assert ("Articles that may be near to it" in html) == named


class TestWhatSaysTheSame:
    SAME = hit(paragraph("Take a rest."), anchor="again", sentence=Sentence(0, 0, 12), same_as="a#care")

    def test_is_folded_under_the_better_passage_with_its_heading_text_mark_and_link(self) -> None:
        best = hit(paragraph("Rest."))
        html = drawn_answer(answer(best, hit(paragraph("x"), anchor="b"), self.SAME))
        card = html.partition("<article")[2].partition("</article>")[0]
        assert (
            '<details class="wr-same" lang="en"><summary>Our articles say the same in another place '
            '<span class="wr-hidden">(Care)</span></summary><div class="wr-other">'
            '<p class="wr-where"><a href="?article=a"><bdi class="wr-title">Title</bdi></a></p><h4 dir="auto">Care</h4>'
            '<div class="wr-text"><p dir="auto"><mark>Take a rest.</mark></p></div>'
            '<a href="?article=a&amp;section=again" class="wr-more" lang="en">See in the article '
            '<span class="wr-hidden">(Care)</span></a></div></details>'
        ) in card
        assert html.count("Take a rest.") == 1
        assert html.count('class="wr-card"') == 2
        assert "2 passages." in html

    def test_in_several_places_is_counted(self) -> None:
        third = replace(self.SAME, passage=replace(self.SAME.passage, id="a#third"))
        html = drawn_answer(answer(hit(paragraph("x")), self.SAME, third))
        assert "Our articles say the same in 2 other places " in html
        assert html.count("wr-other") == 2

    def test_is_not_announced_as_a_passage_of_its_own(self) -> None:
        assert announced(answer(hit(paragraph("x")), self.SAME)) == "What our articles say. 1 passage."

    def test_as_the_urgent_notice_is_folded_under_the_notice(self) -> None:
        best = hit(paragraph("Go now."))
        html = drawn_answer(answer(best, self.SAME, hit(paragraph("x"), anchor="b"), urgent=best.passage))
        notice = html.partition("</section>")[0]
        assert 'class="wr-same"' in notice
        assert '<h3 dir="auto">Care</h3>' in notice
        assert html.count("Take a rest.") == 1
        assert html.count('class="wr-card"') == 1

    def test_as_a_better_passage_is_not_folded_where_it_is_the_urgent_notice_itself(self) -> None:
        best = hit(paragraph("x"))
        found = answer(best, self.SAME, urgent=self.SAME.passage)
        assert shown_hits(found) == (best,)
        assert folded_hits(found, best.passage) == ()
        assert drawn_answer(found).count("Take a rest.") == 1

    def test_as_a_passage_that_was_not_found_gets_a_card(self) -> None:
        assert shown_hits(answer(self.SAME)) == (self.SAME,)

    def test_takes_no_place_from_the_cards(self) -> None:
        others = [hit(paragraph("x"), anchor=f"b{n}") for n in range(6)]
        found = answer(hit(paragraph("x")), self.SAME, *others)
        assert CARDS == 5
        assert [shown.passage.anchor for shown in shown_hits(found)] == ["care", "b0", "b1", "b2", "b3"]

    def test_in_another_language_says_which(self) -> None:
        there = {"a": Article("a", "Title", (), "a.md", "", language="ar")}
        assert '<div class="wr-other" lang="ar">' in drawn_answer(
            answer(hit(paragraph("x")), self.SAME), Library(there)
        )


class TestWhy:
    @pytest.mark.parametrize(
        ("passage_cosine", "said"),
        [
            (VERY_NEAR, "Its meaning is very near to that of your question."),
            (VERY_NEAR - 0.01, "Its meaning is near to that of your question."),
            (NEAR, "Its meaning is near to that of your question."),
            (NEAR - 0.01, "Its meaning is only a little near to that of your question."),
        ],
    )
    def test_says_how_near_the_meaning_is(self, passage_cosine: float, said: str) -> None:
        assert reasons(replace(hit(paragraph("x")), scores=Scores(passage_cosine, 0.5, 0.0, 0.5)))[0] == said

    @pytest.mark.parametrize(
        ("lexical", "said"),
        [
            (0.0, "It has no rare word of your question: it was found by its meaning alone."),
            (0.05, "It has some words of your question."),
            (MANY, "It has many words of your question."),
        ],
    )
    def test_says_how_many_words_are_shared(self, lexical: float, said: str) -> None:
        assert reasons(replace(hit(paragraph("x")), scores=Scores(0.5, 0.5, lexical, 0.5)))[-1] == said

    def test_names_the_marked_sentence_where_there_is_one(self) -> None:
        assert "Of its sentences, the marked one is the nearest." in reasons(
            hit(paragraph("x y"), sentence=Sentence(0, 0, 1))
        )
        assert len(reasons(hit(paragraph("x y")))) == 2

    def test_says_what_counted_against_the_passage(self) -> None:
        other = replace(hit(paragraph("x")), scores=Scores(0.5, 0.5, 0.5, 0.5, 0.5, -0.25))
        assert reasons(other)[-1].startswith("But another section of the same article")

    def test_has_no_numbers_and_says_where_the_article_comes_from(self) -> None:
        article = Article("a", "Title", (), "a.md", "", source="Clinic")
        why = drawn_card(hit(paragraph("x")), article).partition("wr-why")[2]
        assert "0." not in why
        assert '<dt>Source</dt><dd><span dir="auto">Clinic</span></dd>' in why

    def test_says_where_a_reranker_chose_the_order(self) -> None:
        html = drawn_answer(answer(hit(paragraph("x"))), Library(reranked=True))
        assert "A second program then read the best passages and chose their order." in html
        assert "comes first" not in html

    def test_stands_at_the_foot_of_every_card_before_what_says_the_same(self) -> None:
        found = answer(hit(paragraph("x")), hit(paragraph("y"), anchor="b"), TestWhatSaysTheSame.SAME)
        cards = drawn_answer(found).split("<article")[1:]
        assert [card.count('class="wr-why"') for card in cards] == [1, 1]
        assert all(card.endswith("</details></div></article>") for card in cards)
        assert cards[0].index("wr-why") < cards[0].index("wr-same")


class TestArticles:
    SECTIONS = (
        Section(("Care",), "care", (paragraph("Rest."),), 3),
        Section(("Care", "At home", "Deep"), "deep", (), 5),
        Section(("Signs",), "signs", (paragraph("x"),), 9),
    )

    def test_headings_skip_no_level(self) -> None:
        assert section_levels(self.SECTIONS) == [2, 3, 2]

    def test_contents_lead_to_the_sections(self) -> None:
        assert contents_html(self.SECTIONS, [2, 3, 2]) == (
            '<nav class="wr-contents" id="wr-contents" aria-label="On this page"><h2>On this page</h2>'
            '<ul><li><a href="#s-care"><bdi>Care</bdi></a><ul><li><a href="#s-deep"><bdi>Deep</bdi></a></li></ul></li>'
            '<li><a href="#s-signs"><bdi>Signs</bdi></a></li></ul></nav>'
        )

    def test_whole_article_says_when_it_was_published(self) -> None:
        html = article_html(Article("a", "T<i>", self.SECTIONS, "a.md", ""), date(2026, 11, 2))
        assert '<h1 id="wr-article" tabindex="-1" dir="auto">T&lt;i&gt;</h1>' in html
        assert '<dt>Last published</dt><dd><time datetime="2026-11-02">2 November 2026</time></dd>' in html
        assert '<h2 id="s-care" tabindex="-1" dir="auto">Care</h2><div class="wr-text"><p dir="auto">Rest.</p>' in html

    def test_whole_article_says_that_its_review_was_due(self) -> None:
        due = Article("a", "T", self.SECTIONS, "a.md", "", next_review=date(2026, 3, 1))
        assert "This page was due for review in March 2026." in article_html(due, today=date(2026, 3, 2))
        assert "due for review" not in article_html(due, today=date(2026, 3, 1))

    def test_a_review_after_it_was_due_is_no_more_due(self) -> None:
        done = Article("a", "T", (), "a.md", "", last_reviewed=date(2026, 3, 1), next_review=date(2026, 3, 1))
        assert "due for review" not in provenance(done, today=date(2027, 1, 1))
        late = Article("a", "T", (), "a.md", "", last_reviewed=date(2026, 2, 28), next_review=date(2026, 3, 1))
        assert "due for review" in provenance(late, today=date(2027, 1, 1))

    def test_nothing_is_said_where_nothing_is_known(self) -> None:
        assert provenance(Article("a", "T", (), "a.md", "")) == ""


def articles(count: int) -> list[Article]:
    return [Article(f"a{n}", f"{chr(65 + n % 26)} {n}", (), f"a{n}.md", "") for n in range(count)]


class TestTheShelf:
    def test_few_articles_are_listed_whole(self) -> None:
        html = covered_html(articles(2))
        assert html == (
            '<h2>What our articles are about</h2><ul class="wr-titles">'
            '<li><a href="?article=a0"><bdi class="wr-title">A 0</bdi></a></li>'
            '<li><a href="?article=a1"><bdi class="wr-title">B 1</bdi></a></li></ul>'
        )

    def test_some_dozens_are_listed_under_their_letters(self) -> None:
        html = covered_html(articles(60))
        assert html.count("<section><h3>") == 26
        assert html.count('<li><a href="?article=') == 60

    def test_thousands_are_reached_by_letter_and_page(self) -> None:
        many = articles(6154)
        assert len(covered_html(many)) < 5000
        assert sum(map(len, by_letter(many).values())) == 6154
        assert page_html(many, "", 2).count('<li><a href="?article=') == PAGE

    def test_are_found_by_words_of_their_titles(self) -> None:
        assert [article.id for article in matching(articles(60), "b 27")] == ["a27"]

    def test_addresses_hold_ids_and_nothing_else(self) -> None:
        assert article_href("heart/é a", "b&c") == "?article=heart%2F%C3%A9%20a&section=b%26c"
        assert shelf_href("0–9", 2) == "?articles=0%E2%80%939&page=2"


class TestTemplates:
    def test_escape_whatever_is_not_markup(self) -> None:
        message = render("frame.html", "message", heading="<b>", lines=["a & b"], more=escape("<"), target="", level=2)
        assert message == '<div class="wr-message"><h2>&lt;b&gt;</h2><p>a &amp; b</p>&lt;</div>'

    def test_refuse_to_draw_where_a_value_is_missing(self) -> None:
        with pytest.raises(UndefinedError, match="parameter 'own' was not provided"):
            render("frame.html", "disclaimer")

    def test_keep_line_breaks_of_what_they_are_given(self) -> None:
        assert "<p>a\n  b</p>" in render(
            "frame.html", "message", heading="", lines=["a\n  b"], more="", target="", level=2
        )


class TestExamples:
    def test_are_headings_as_they_stand_questions_first(self) -> None:
        made = Article(
            "a", "Gout", (*TestArticles.SECTIONS[:1], Section(("Is gout bad?",), "b", (paragraph("x"),), 1)), "", ""
        )
        offered = examples([made])
        assert offered == (Example("Is gout bad?", "a", "b"), Example("Gout: Care", "a", "care"))
        assert heading_for(offered[:1]) == "Questions from our articles"
        assert heading_for(offered) == "Headings from our articles"

    @pytest.mark.parametrize("heading", ["Είναι σοβαρό;", "هل هو خطير؟", "危険ですか？", "Վտանգավո՞ր է՞"])
    def test_are_questions_in_any_script(self, heading: str) -> None:
        made = Article("a", "Gout", (Section((heading,), "b", (paragraph("x"),), 1),), "", "")
        assert heading_for([replace(examples([made])[0], question=heading)]) == "Questions from our articles"

    def test_label_of_a_button_holds_no_markup(self) -> None:
        assert as_label("**a** [b](c) :red[d] $e$") == r"\*\*a\*\* \[b\]\(c\) \:red\[d\] \$e\$"
