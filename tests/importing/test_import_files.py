"""Files that become articles: every word in its order, headings, lists, tables and links; and files that do not."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wellread.articles.library import read_article
from wellread.datatypes import Article
from wellread.errors import KnowledgeBaseError, WellreadError
from wellread.importing import files as importing
from wellread.importing.converter import Converter
from wellread.importing.files import Imported, format_imported, import_files
from wellread.importing.made import Made, Origin
from wellread.importing.web import to_markdown

FIXTURES = ROOT / "tests" / "fixtures" / "imports"
WRAPPED = "this paragraph is long enough to be wrapped over several lines when it is printed on paper"
MARKED = "the order of the text, its headings, lists and tables are those that the file marks: compare them"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    return folder


def imported(kb: Path, name: str, data: str | bytes) -> Imported:
    source = kb.parent / name
    source.write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = import_files([source], kb)
    return found


def article_of(kb: Path, found: Imported) -> Article:
    assert found.article is not None, found.reason
    return read_article(found.article, kb)


def outline(article: Article) -> list[tuple[tuple[str, ...], list[str]]]:
    return [(section.path, [block.written for block in section.blocks]) for section in article.sections]


def links(article: Article) -> list[tuple[str, str]]:
    blocks = [block for section in article.sections for block in section.blocks]
    return [(block.text[link.start : link.end], link.url) for block in blocks for link in block.links]


def html_text(kb: Path, body: str) -> str:
    """The body of the article made of a page with this body, below the front matter."""
    found = imported(kb, "page.html", f"<title>T</title><body>{body}</body>")
    assert found.article is not None, found.reason
    written = found.article.read_text().split("---\n\n", 1)[1]
    found.article.unlink()
    return written


# Whole files


def test_word_document(kb: Path) -> None:
    (found,) = import_files([FIXTURES / "asthma.docx"], kb)
    assert found.article == kb / "asthma.md"
    assert found.notes == (
        "a cell that spans several rows or columns of a table is repeated in each",
        "pictures are left out (1)",
        'left out, headers and footers: "City Hospital header"',
    )
    article = article_of(kb, found)
    title = "Managing asthma at home"
    assert (article.title, article.source, article.id) == (title, "asthma.docx", "asthma")
    assert outline(article) == [
        ((title,), ["Asthma narrows the airways. A fixture <for tests> & no advice: 3*4 _is_ 12."]),
        (("What causes asthma?",), ["Triggers are:", "• Pollen and dust", "• 1. Smoke", "• - cold air"]),
        (
            ("What causes asthma?", "In children"),
            ["1. Shake the inhaler.", "2. Breathe out.", "Read the asthma page. It is very:good, 10⁹/L."],
        ),
        (("Doses",), ["Age | Form | Puffs | day", "2 to 5 | Spray | 1", "2 to 5 | Powder | 2 or 3"]),
    ]
    assert links(article) == [("the asthma page", "https://example.org/asthma?a=1&b=2")]


def test_web_page(kb: Path) -> None:
    (found,) = import_files([FIXTURES / "hay-fever.html"], kb)
    article = article_of(kb, found)
    assert (article.title, article.source) == ("Hay fever", "hay-fever.html")
    assert outline(article) == [
        (("Hay fever",), ["Hay fever is an allergy to pollen. A fixture for tests, no advice."]),
        (("Symptoms",), ["• Sneezing", "• Itchy eyes", "  • both of them"]),
        (("Symptoms", "In children"), ["3. Rest", "4. Water", "See the leaflet, above, the ward and this."]),
        (
            ("Treatment",),
            [
                "Medicine | Dose",
                "Tablet | 10 mg",
                "Tablet | 5 mg at night",
                "Only a frame around this text.",
                "• Pollen: Dust of flowers",
                "A nose that itches.",
                "Call 999 if you cannot breathe — at once.",
            ],
        ),
    ]
    assert links(article) == [
        ("the leaflet", "https://example.org/leaflet?x=1"),
        ("the ward", "mailto:ward@example.org"),
    ]


def test_pdf(kb: Path) -> None:
    (found,) = import_files([FIXTURES / "asthma-leaflet.pdf"], kb)
    assert found.notes == (MARKED,)
    article = article_of(kb, found)
    assert article.title == "Managing asthma"
    assert outline(article) == [
        (
            ("Managing asthma",),
            [f"Asthma narrows the airways. A fixture for tests, no advice: {WRAPPED}."],
        ),
        (
            ("What causes asthma?",),
            [
                "Triggers are:",
                "• Pollen and dust, a bullet that wraps over to the next line because it goes on and on until it ends",
                "• Cold air",
            ],
        ),
        (("What causes asthma?", "In children"), ["There are 10⁹ cells."]),
        (("Treatment",), ["Use the inhaler as told.", "Ask the nurse."]),
    ]


def test_article_is_written_as_markdown_that_is_easy_to_read(kb: Path) -> None:
    page = "<h1>A &amp; B</h1><p>BMI &gt; 30 &amp; x = 5. Take <b>two</b>.</p><h4>1. First</h4><ul><li>one</li></ul>"
    found = imported(kb, "a.html", page)
    assert found == Imported(kb.parent / "a.html", kb / "a.md")
    assert (kb / "a.md").read_text() == (
        '---\ntitle: "A & B"\nsource: "a.html"\n---\n\nBMI > 30 & x = 5. Take **two**.\n\n## 1. First\n\n- one\n'
    )


# HTML


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<header>Menu</header><p>Text</p><footer>Foot</footer><nav>Nav</nav>", "Text"),
        ("<header><h1>Head</h1></header><p>Text</p>", "Text"),  # the heading is the title
        ("<div>Around</div><article><p>Text</p></article>", "Text"),
        ("<article><p>One</p></article><article><p>Two</p></article>", "One\n\nTwo"),
        ("<p>Text</p><script>x</script><style>y</style><form>z</form><!-- c -->", "Text"),
        ("<p>10<sup>-9</sup> m<sup>2</sup>, the 1<sup>st</sup></p>", "10⁻⁹ m², the 1st"),
        ("<p>a\u00adb</p><p>c\u0007d</p>", "ab\n\ncd"),
        ("<p>a<b>b</b>c</p><p>d <i> e </i>f</p>", "a**b**c\n\nd *e* f"),
        ("<p>a <b>b:</b>c</p>", "a **b:**c"),  # where Markdown cannot mark it, bold goes
        ("<h2><b>Bold</b> head</h2><p>t</p><h3></h3>", "## Bold head\n\nt"),
        ("<h3>A</h3><p>t</p><h5>B</h5><p>t</p>", "## A\n\nt\n\n#### B\n\nt"),
        ("<p><b>Causes</b></p><p>Text.</p>", "## Causes\n\nText."),
        ("<p><b>Do not wait.</b></p><p>Text.</p>", "**Do not wait.**\n\nText."),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td><h2>D</h2>e</td></tr></table>",
            "a\n\nb\n\nc\n\n## D\n\ne",
        ),
        ("<table><tr><th><h3>a</h3></th><th>b</th></tr></table>", "| a | b |\n| --- | --- |"),
        (
            "<table><tr><th colspan=2>a</th></tr><tr><td>b</td><td>c</td></tr></table>",
            "| a | |\n| --- | --- |\n| b | c |",
        ),
        ('<p><a href="/x">y</a> <a href="http://[">z</a></p>', "y z"),
    ],
)
def test_html(kb: Path, body: str, expected: str) -> None:
    assert html_text(kb, body) == f"{expected}\n"


def test_cell_over_several_rows_and_columns_stands_in_each_row(kb: Path) -> None:
    rows = "<tr><td>a</td><td rowspan=3>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr><tr><td>e</td><td>f</td></tr>"
    head = "| | |\n| --- | --- |\n"
    assert html_text(kb, f"<table>{rows}</table>") == f"{head}| a | b |\n| c | b |\n| d | b |\n| e | f |\n"


def test_title_of_a_page(kb: Path) -> None:
    two = imported(kb, "two.html", "<title> The\n page </title><h1>A</h1><p>t</p><h1>B</h1><p>t</p>")
    assert article_of(kb, two).title == "The page"
    assert outline(article_of(kb, two)) == [(("A",), ["t"]), (("B",), ["t"])]
    none = imported(kb, "high_blood-pressure.html", "<p>Text</p>")
    assert article_of(kb, none).title == "High blood pressure"
    assert none.notes == ("the title was taken from the file's name",)


@pytest.mark.parametrize(
    ("encoding", "named", "read_as"),
    [
        ("utf-8", "", ""),
        ("utf-8-sig", "", ""),
        ("utf-16", "", ""),
        ("windows-1252", "", "windows-1252"),
        ("windows-1252", "ISO-8859-1", ""),
        ("windows-1250", "windows-1250", ""),
        ("shift-jis", "Shift_JIS", ""),
    ],
)
def test_encodings(kb: Path, encoding: str, named: str, read_as: str) -> None:
    words = "発熱" if encoding == "shift-jis" else "Überdosis – für Ältere"
    head = f'<meta charset="{named}">' if named else ""
    found = imported(kb, "a.html", f"{head}<title>T</title><p>{words}</p>".encode(encoding))
    assert outline(article_of(kb, found))[0][1] == [words]
    note = f"the page names no encoding and was read as {read_as}: look at letters with accents"
    assert found.notes == ((note,) if read_as else ())


@pytest.mark.parametrize(
    ("head", "data", "reason"),
    [
        ('<meta charset="utf-8">', b"\xdc", "the page is not a text in utf-8"),
        ("", b"\x81", "the page names no encoding, and it is no UTF-8"),
        ('<meta charset="x">', b"\x81", 'its encoding "x" is unknown, and it is no UTF-8'),
    ],
)
def test_page_that_is_not_in_its_encoding(kb: Path, head: str, data: bytes, reason: str) -> None:
    found = imported(kb, "a.html", head.encode() + b"<p>" + data)
    assert (found.article, found.reason) == (None, reason)
    assert found.remedy == "save it as UTF-8 and import that"


@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1"])
def test_letters_that_were_written_in_utf_8_twice_are_read_right_and_named(kb: Path, wrong: str) -> None:
    words = "Über 5 °C: für Ältere"
    twice = words.encode().decode(wrong).encode()
    found = imported(kb, "a.html", b'<meta charset="utf-8"><title>T</title><p>' + twice)
    assert outline(article_of(kb, found))[0][1] == [words]
    note = 'letters were written in UTF-8 twice, and are read so (4), compare them: "Ü", "°", "ü", "Ä"'
    assert found.notes == (note,)


@pytest.mark.parametrize("words", ["știință și sănătate", "Uşaqlar üçün həkim məsləhəti", "Trẻ dưới một tuổi, từ ngữ"])
def test_letters_of_any_language_that_were_written_twice_are_read_right(kb: Path, words: str) -> None:
    twice = words.encode().decode("latin-1").encode()
    found = imported(kb, "a.html", b'<meta charset="utf-8"><title>T</title><p>' + twice)
    assert outline(article_of(kb, found))[0][1] == [words]


def test_letter_that_looks_like_two_bytes_of_utf_8_stays_where_it_is_alone(kb: Path) -> None:
    found = imported(kb, "a.html", '<meta charset="utf-8"><title>T</title><p>JOÃO: in UTF-8, Ã¼ is ü.'.encode())
    assert outline(article_of(kb, found))[0][1] == ["JOÃO: in UTF-8, Ã¼ is ü."]
    assert found.notes == ()


@pytest.mark.parametrize(
    "words",
    [
        "„Fuß“, „Spaß“, „Maß“: für Ältere, täglich, größer",
        "SANTÉ\xa0: QUALITÉ\xa0! LIBERTÉ\xa0: été, à, où, né",
        "„Fuß“, „Spaß“, „Maß“, „Guß“",
        "SANTÉ\xa0: QUALITÉ\xa0! LIBERTÉ\xa0: ÉCOLE",
    ],
)
def test_letters_before_a_quotation_mark_or_a_hard_space_stay(kb: Path, words: str) -> None:
    found = imported(kb, "a.html", f'<meta charset="utf-8"><title>T</title><p>{words}</p>'.encode())
    assert " ".join(outline(article_of(kb, found))[0][1]).split() == words.split()
    assert not any("twice" in note for note in found.notes)


def test_few_wrong_bytes_of_a_page_are_read_and_named(kb: Path) -> None:
    text = "<p>Drink enough water.</p>" * 80
    page = f"<title>T</title><script>// café</script>{text}<p>Mäher sind laut.</p>"
    found = imported(kb, "a.html", b'<meta charset="utf-8">' + page.encode("latin-1"))
    note = 'bytes that are not utf-8 stand in the page (1), look at the letters of: "Mäher sind laut."'
    assert note in found.notes
    assert outline(article_of(kb, found))[0][1][-1] == "Mäher sind laut."


@pytest.mark.parametrize(
    ("encoding", "named", "words"),
    [("gb18030", "gb2312", "多喝水，镕"), ("cp932", "x-sjis", "①水を飲む"), ("cp949", "euc-kr", "물을 똠 마셔요")],
)
def test_encoding_is_read_with_all_the_signs_that_browsers_know(
    kb: Path, encoding: str, named: str, words: str
) -> None:
    found = imported(kb, "a.html", f'<meta charset="{named}"><title>T</title><p>{words}</p>'.encode(encoding))
    assert outline(article_of(kb, found))[0][1] == [words]


def test_page_saved_anew_in_utf_8_with_its_old_encoding_named_is_read(kb: Path) -> None:
    found = imported(kb, "a.html", '<meta charset="gb2312"><title>T</title><p>发烧时多喝水。😷</p>'.encode())
    assert outline(article_of(kb, found))[0][1] == ["发烧时多喝水。😷"]
    assert "the page is not a text in gb18030: it was read as UTF-8" in found.notes


@pytest.mark.parametrize(
    "mark", ["<s>two</s>", "<del>two</del>", '<span style="text-decoration: line-through">two</span>']
)
def test_struck_out_words_are_left_out_and_told_of(kb: Path, mark: str) -> None:
    found = imported(kb, "a.html", f"<title>T</title><p>Take {mark} one</p>")
    assert found.notes == ('left out, struck out: "two"',)
    assert outline(article_of(kb, found)) == [(("T",), ["Take one"])]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h2", "li", "td", "b", "blockquote"]),
            st.text("ab12.)(*_#-+=~`|\\<>&![]:/\"' \n\u00e4", min_size=1, max_size=12),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_characters_come_over_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str]]
) -> None:
    signs = [tag for tag, text in parts if tag == "h2" and text.lstrip().startswith("+")]
    assume(len(signs) < 2)  # that open what is below them, and are left out
    kb = tmp_path_factory.mktemp("kb")
    around = {"li": "<ul>{}</ul>", "td": "<table><tr>{}<td>x</td></tr></table>", "b": "<p>a {} b</p>"}
    body = "".join(around.get(tag, "{}").format(f"<{tag}>{escape(text)}</{tag}>") for tag, text in parts)
    article = article_of(kb, imported(kb, "page.html", f"<title>T</title><p>Start</p>{body}"))
    said = "".join(
        "".join([*([section.heading] if section.path != ("T",) else []), *(b.text for b in section.blocks)])
        for section in article.sections
    )
    expected = "Start" + "".join({"b": f"a{text}b", "td": f"{text}|x"}.get(tag, text) for tag, text in parts)
    assert sorted(without_space(said).replace("|", "")) == sorted(without_space(expected).replace("|", ""))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Do<b>&nbsp;not</b> go", "Do not go"),
        ("<b>Dose:&nbsp;</b>5 ml", "Dose: 5 ml"),
        ("Do<b> </b>not <i><b>go&emsp;</b></i>out", "Do not go out"),
        ("Do<b>&nbsp;</b>not", "Do not"),
        ("Call <a href='https://example.org/a'>us&nbsp;</a>now", "Call us now"),
        ("<pre><code>  5 ml\n  6 ml</code></pre>", "5 ml 6 ml"),
    ],
)
def test_words_beside_bold_ones_stay_divided(kb: Path, written: str, said: str) -> None:
    found = imported(kb, "a.html", f"<title>T</title><p>{written}</p>")
    assert " ".join(outline(article_of(kb, found))[0][1]) == said


def test_a_line_of_slashes_is_text(kb: Path) -> None:
    found = imported(kb, "a.html", "<title>T</title><p>Start</p><p>///</p><p>/// 5 mg ///</p>")
    assert outline(article_of(kb, found)) == [(("T",), ["Start", "///", "/// 5 mg ///"])]


@pytest.mark.parametrize("line", ["#. Rest", "(@) Rest", "(@dose) 5 mg", "%% 5 mg %%", "++ 5 mg", "[ ] 5 mg"])
def test_line_that_begins_as_a_mark_of_some_dialect_stays_text(kb: Path, line: str) -> None:
    found = imported(kb, "a.html", f"<title>T</title><p>Start</p><p>{line}</p><p>End<br>{line}</p>")
    assert outline(article_of(kb, found)) == [(("T",), ["Start", line, "End", line])]


def without_space(text: str) -> str:
    return "".join(text.split())


# What is refused


@pytest.mark.parametrize(
    ("name", "data", "reason", "remedy"),
    [
        ("a.doc", b"x", "only .docx, .docm, .html, .htm, .pdf files can be imported", "save it as .docx in Word"),
        (
            "a.MHTML",
            b"x",
            "only .docx, .docm, .html, .htm, .pdf files can be imported",
            "open it in the browser, and save it",
        ),
        ("a.png", b"x", "only .docx, .docm, .html, .htm, .pdf files can be imported", "run OCR on it first"),
        ("a.xyz", b"x", "only .docx, .docm, .html, .htm, .pdf files can be imported", "save it as one of these"),
        ("a.docx", b"no zip", "the file cannot be read as a Word document (File is not a zip file)", "open it in Word"),
        ("a.pdf", b"no pdf", "the file cannot be read as a PDF", "print it to a new PDF, or copy its text"),
        ("a.html", b"<title>T</title><nav>only this</nav>", "there is no text in it", "look at the file"),
        (
            "a.html",
            b"<title>T</title><h2>Only a heading</h2>",
            "there are headings in it but no text",
            "look at the file",
        ),
        (
            "a.html",
            b"<title>T</title><div id=app></div><script>x()</script>",
            "there is no text in it",
            "a script may draw it",
        ),
        (
            "a.html",
            b"<frameset><frame src=a.htm></frameset>",
            "there is no text in it",
            "import the files that its frames",
        ),
        ("README.html", b"<p>x</p>", "an article named README is never published", "rename it after what it is"),
        ("Summary.html", b"<p>x</p>", "an article named Summary is never published", "rename it after what it is"),
        ("?!.html", b"<p>x</p>", "its name has no letter and no digit", "rename it"),
        ("a.html", b"<title>T</title><p>" + b"x" * 60_000, "the paragraph is longer than 50,000", "divide it by blank"),
    ],
)
def test_file_that_makes_no_article(kb: Path, name: str, data: bytes, reason: str, remedy: str) -> None:
    found = imported(kb, name, data)
    assert found.article is None
    assert found.reason.startswith(reason)
    assert found.remedy.startswith(remedy)
    assert list(kb.iterdir()) == []


def test_one_file_that_fails_does_not_stop_the_others(kb: Path) -> None:
    good = kb.parent / "good.html"
    good.write_text("<p>Text</p>")
    missing = kb.parent / "missing.html"
    first, second, third = import_files([missing, good, good], kb)
    assert (first.article, first.reason) == (None, "No such file or directory")
    assert second.article == kb / "good.md"
    assert (third.article, third.reason) == (None, f"{kb / 'good.md'} exists already and is not touched")


def test_folder_a_pattern_and_a_text_say_what_to_name_instead(kb: Path) -> None:
    (kb.parent / "note.md").write_text("# Note")
    folder, pattern, note = import_files([kb, kb.parent / "*.docx", kb.parent / "note.md"], kb)
    assert folder.remedy == f"name the files in it: {kb / '*.docx'}"
    assert (pattern.reason, pattern.remedy[:18]) == ("no file has such a name", "look at the folder")
    assert note.remedy == f"copy it into {kb}: it is an article as it is"


@pytest.mark.parametrize("there", ["high-fever.md", "High_Fever.txt", "high fever.markdown"])
def test_article_that_exists_is_never_replaced(kb: Path, there: str) -> None:
    (kb / there).write_text("old")
    found = imported(kb, "High fever.html", "<p>new</p>")
    assert (found.article, found.reason) == (None, f"{kb / there} exists already and is not touched")
    assert found.remedy == "delete it to replace it, or rename High fever.html to keep both, and import again"
    assert [path.name for path in kb.iterdir()] == [there]
    assert (kb / there).read_text() == "old"


def test_text_that_would_not_come_over_whole_is_refused(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "to_markdown", lambda text: to_markdown(text).replace("not ", ""))
    found = imported(kb, "a.html", "<title>T</title><p>Do not take two of them.</p>")
    assert found.article is None
    assert found.reason == 'the text does not come over whole: it breaks off at "Do not take two of them"'
    assert list(kb.iterdir()) == []


def test_nothing_is_left_of_an_article_that_the_disk_refuses(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    found = imported(kb, "a.html", "<p>Text</p>")
    assert (found.article, found.reason) == (None, "No space left on device")
    assert list(kb.iterdir()) == []


def test_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="is not a folder\n    make it: mkdir -p "):
        import_files([FIXTURES / "asthma.docx"], tmp_path / "kb")


def test_packages_that_are_missing_are_named_with_the_command(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.extras.find_spec", lambda name: None if name == "markdownify" else name)
    files = [FIXTURES / "asthma.docx", FIXTURES / "hay-fever.html"]
    with pytest.raises(WellreadError) as caught:
        import_files(files, kb)
    assert str(caught.value) == (
        "importing needs packages that are not installed: markdownify\n"
        "    .venv/bin/python -m pip install --constraint constraints.txt --editable '.[import]'"
    )
    assert list(kb.iterdir()) == []


def test_what_became_of_a_file_in_lines() -> None:
    good = Imported(Path("a.docx"), Path("kb/a.md"), ("pictures are left out (1)",))
    assert format_imported(good) == "a.docx -> kb/a.md\n    pictures are left out (1)"
    bad = Imported(Path("b.pdf"), None, (), "it is a scan", "type it")
    assert format_imported(bad) == "b.pdf: it is a scan; not imported\n    type it"


@pytest.mark.parametrize(
    "word", ["www.example.org/asthma", "127.0.0.1:8777/flu.html", "ftp://example.org/x.html", "www.x.org"]
)
def test_an_address_that_is_not_whole_is_told_as_one(tmp_path: Path, word: str) -> None:
    (imported,) = import_files([Path(word)], tmp_path)
    assert imported.article is None
    assert (imported.reason, imported.remedy) == (
        "there is no such file",
        "write an address of the web whole, beginning with https://",
    )


def test_an_interrupt_tells_what_was_written_until_then(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = kb.parent / "first.html", kb.parent / "second.html"
    for file in (first, second):
        file.write_text("<title>T</title><p>Rest helps.</p>")
    read = Converter.make_article

    def interrupted(self: Converter, data: bytes, kind: str, origin: Origin) -> Made:
        if origin.name == "second.html":
            raise KeyboardInterrupt
        return read(self, data, kind, origin)

    monkeypatch.setattr(Converter, "make_article", interrupted)
    with pytest.raises(KeyboardInterrupt, match=f"written: {kb / 'first.md'}$"):
        import_files([first, second], kb)
    with pytest.raises(KeyboardInterrupt, match="nothing was imported"):
        import_files([second], kb)
    assert [file.name for file in kb.iterdir()] == ["first.md"]


@pytest.mark.parametrize("title", ["Patient information", "Royal Park Hospital", "Untitled document"])
def test_title_that_names_no_subject_gives_way_to_the_heading_that_the_text_begins_with(kb: Path, title: str) -> None:
    body = "<h2>Itchy eyes</h2><p>Rest.</p><h3>Care</h3><p>Wash them.</p>"
    found = imported(kb, "a.html", f"<title>{title}</title><main>{body}</main>")
    assert article_of(kb, found).title == "Itchy eyes"
    assert found.notes[0] == f'the title is the heading that the text begins with, below "{title}"'


def test_title_that_names_no_subject_above_headings_of_one_level_is_told_of(kb: Path) -> None:
    body = "<h2>Itchy eyes</h2><p>Rest.</p><h2>Care</h2><p>Wash them.</p>"
    found = imported(kb, "a.html", f"<title>Patient information</title><main>{body}</main>")
    assert article_of(kb, found).title == "Patient information"
    assert found.notes == ('the title "Patient information" does not say what the text is about: name its subject',)


def test_lines_with_dashes_inside_bold_words_are_items(kb: Path) -> None:
    lines = "<br> – 97 of 100 rest 5–10 minutes<br> – 80 of 100 walk.<br> <br><span>2. And</span> so on."
    page = f"<title>T</title><p>Look here.</p><p><b><i>1. It was so:{lines}</i></b></p>"
    article = article_of(kb, imported(kb, "a.html", page.encode()))
    words = " ".join(text for _, blocks in outline(article) for text in blocks)
    assert "97 of 100 rest 5–10 minutes" in words


def test_heading_over_what_is_left_out_goes_with_it(kb: Path) -> None:
    tags = '<h3>Topics covered</h3><ul><li><a href="/tag/feet">Feet</a></li></ul>'
    page = f"<title>T</title><main><h1>T</h1><h2>Rest</h2><p>Rest a lot.</p>{tags}</main>"
    found = imported(kb, "a.html", page.encode())
    assert [heading for heading, _ in outline(article_of(kb, found))] == [("Rest",)]
    assert any("Topics covered" in note for note in found.notes)
