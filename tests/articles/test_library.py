"""Files read into articles: which are read, what is refused and how, what an article is called."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wellread.articles.anchors import name_section, slug, topic
from wellread.articles.decoding import decode
from wellread.articles.findings import Unfinished
from wellread.articles.kb_files import MAX_BYTES
from wellread.articles.library import Library, read_article, read_kb, read_library
from wellread.errors import ArticleError, ArticlesRefused, KnowledgeBaseError

TEXT = "Pain\n\nCauses\n\nDust is one.\n"


def put(kb: Path, name: str, content: str | bytes = TEXT) -> Path:
    path = kb / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusals(kb: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(ArticlesRefused) as caught:
        read_kb(kb)
    assert all(error.remedy for error in caught.value.errors)
    return [(error.file, error.line, error.reason) for error in caught.value.errors]


def refusal(kb: Path, name: str, content: bytes) -> tuple[int | None, str]:
    with pytest.raises(ArticleError) as caught:
        read_article(put(kb, name, content), kb)
    assert caught.value.file == name
    return caught.value.line, caught.value.reason


# The folder


def test_articles_come_from_all_folders_sorted_by_id(tmp_path: Path) -> None:
    put(tmp_path, "zebra.TXT")
    put(tmp_path, "heart/Angina Pectoris.md", "# Angina\n\nPain.")
    put(tmp_path, "Asthma.Markdown", "# Asthma\n\nCough.")
    assert [(article.id, article.file, article.title) for article in read_kb(tmp_path)] == [
        ("asthma", "Asthma.Markdown", "Asthma"),
        ("heart/angina-pectoris", "heart/Angina Pectoris.md", "Angina"),
        ("zebra", "zebra.TXT", "Pain"),
    ]


def test_other_files_are_named_and_hidden_and_backup_files_are_not(tmp_path: Path) -> None:
    article = read_article(put(tmp_path, "a.txt"), tmp_path)
    for name in ("b.pdf", "x/c.docx", "d", ".e.txt", ".git/f.txt", "g.txt~", "#h.txt#", ".DS_Store"):
        put(tmp_path, name, b"\x00")
    assert read_library(tmp_path) == Library((article,), ("b.pdf", "d", "x/c.docx"))


def test_hash_is_that_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert read_article(put(tmp_path, "a.txt", data), tmp_path).sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda kb: None,
            "{kb} does not exist\n    name the folder that holds the articles, or make it: mkdir -p {kb}",
        ),
        (lambda kb: kb.write_text("x"), "{kb} is not a folder\n    name the folder that holds the articles"),
        (lambda kb: kb.mkdir(), "{kb} holds no article\n    put a .txt or .md file into it"),
    ],
    ids=["missing", "a file", "empty"],
)
def test_knowledge_base_that_is_none(tmp_path: Path, make, message: str) -> None:  # type: ignore[no-untyped-def]
    kb = tmp_path / "kb"
    make(kb)
    with pytest.raises(KnowledgeBaseError) as caught:
        read_kb(kb)
    assert str(caught.value).startswith(message.format(kb=kb))


@pytest.mark.parametrize("now", [TEXT + "More.\n", TEXT[:-1], TEXT.replace("one", "two"), " " * MAX_BYTES + TEXT])
def test_file_of_other_bytes_is_not_taken_for_the_article_that_is_known(tmp_path: Path, now: str) -> None:
    path = put(tmp_path, "dust.txt")
    before = read_library(tmp_path).articles[0]
    known = {before.file: before}
    assert read_library(tmp_path, known=known).articles[0] is before
    path.write_text(now, encoding="utf-8")
    if len(now) > MAX_BYTES:
        with pytest.raises(ArticlesRefused):
            read_library(tmp_path, known=known)
    else:
        assert read_library(tmp_path, known=known).articles[0].sha256 == sha256(now.encode()).hexdigest()


def test_article_without_a_title_has_its_file_name_for_one(tmp_path: Path) -> None:
    put(tmp_path, "heart/chest_pain-in-men.md", "Rest.\n\n## Causes\n\nWork.")
    put(tmp_path, "b.md", '---\ntitle: ""\n---\n## Causes\n\nDust.')
    (b, pain) = read_kb(tmp_path)
    assert b.title == "B"
    assert [note.code for note in b.notes] == ["title-from-name"]
    assert pain.title == "Chest pain in men"
    assert [section.path for section in pain.sections] == [("Chest pain in men",), ("Causes",)]


# Refusals


def test_every_unreadable_article_is_named_in_one_run(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "b/empty.md", b" \n")
    put(tmp_path, "a.txt", b"Pain\n\n\xff")
    put(tmp_path, "c.md", b"# T\n\n##\n\ntext")
    assert refusals(tmp_path) == [
        ("a.txt", 3, "byte 6 (0xff) does not belong to a UTF-8 text"),
        ("b/empty.md", None, "the file is empty"),
        ("c.md", 3, "a heading is empty"),
    ]


def test_two_files_with_the_same_id_are_both_named(tmp_path: Path) -> None:
    put(tmp_path, "a-b.txt")
    put(tmp_path, "A b.md", "# T\n\nx")
    put(tmp_path, "c.md", "---\nid: a-b\n---\n# T\n\nx")
    assert refusals(tmp_path) == [
        ("a-b.txt", None, 'the id "a-b" is that of A b.md too'),
        ("c.md", None, 'the id "a-b" is that of A b.md too'),
    ]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("a.txt", b"", None, "the file is empty"),
        ("a.txt", b"Pain\n", None, "the article has a title but no text"),
        ("a.md", b"# Pain\n\n## Causes\n", None, "the article has a title but no text"),
        ("a.txt", b"***!\n\nText.", None, 'the title "***!" has no letter and no digit'),
        ("a.txt", b"Pain\r\rSun\rx\x00", 4, "the line holds the control character U+0000"),
        ("a.txt", b"Pain\n\n\x1b[31mred", 3, "the line holds the control character U+001B"),
        ("a.txt", "Pain\n\nx\x85".encode(), 3, "the line holds the control character U+0085"),
        ("a.txt", b"\xef\xbb\xbfPain\r\n\r\n\xe9", 3, "byte 11 (0xe9) does not belong to a UTF-8 text"),
        ("a.txt", b"\xff\xfeP\x00\n\x00\x00\xd8x\x00", 2, "byte 6 (0x00) does not belong to a UTF-16 text"),
        ("a.txt", "Pain".encode("utf-16-le"), 1, "the line holds the control character U+0000"),
        ("a.txt", b"\xff\xfe\x00\x00P\x00\x00\x00", 1, "the line holds the control character U+0000"),
        (
            "???.txt",
            TEXT.encode(),
            None,
            "no id can be made of the file's path: a part of it has no letter and no digit",
        ),
        ("a\nb.txt", TEXT.encode(), None, "the file's name holds characters that cannot be shown"),
    ],
)
def test_refused_with_line_and_reason(tmp_path: Path, name: str, content: bytes, line: int | None, reason: str) -> None:
    assert refusal(tmp_path, name, content) == (line, reason)


def test_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.txt", b"x" * (MAX_BYTES + 1)) == (None, "the file is larger than 5,000,000 bytes")


def test_file_name_that_is_no_text_is_refused_in_printable_words(tmp_path: Path) -> None:
    put(tmp_path, os.fsdecode(b"caf\xe9.txt"))
    assert refusals(tmp_path) == [
        ("caf\\udce9.txt", None, "the file's name holds characters that cannot be shown"),
    ]


def test_links_that_lead_out_are_refused_and_links_inside_are_read(tmp_path: Path) -> None:
    outside = put(tmp_path, "secret/a.txt")
    kb = tmp_path / "kb"
    put(kb, "b.txt")
    (kb / "c.txt").symlink_to("b.txt")
    assert [article.id for article in read_kb(kb)] == ["b", "c"]
    (kb / "d.txt").symlink_to(outside)
    (kb / "folder").symlink_to(outside.parent)
    (kb / "gone.md").symlink_to("nothing.md")
    (kb / "loop.md").symlink_to("loop.md")
    assert refusals(kb)[:3] == [
        ("d.txt", None, "the link leads out of the knowledge base"),
        ("folder", None, "the link leads out of the knowledge base"),
        ("gone.md", None, "the file cannot be read: No such file or directory"),
    ]
    assert [file for file, _, _ in refusals(kb)[3:]] == ["loop.md"]


def test_knowledge_base_may_itself_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "real/a.txt")
    (tmp_path / "kb").symlink_to("real")
    assert [article.file for article in read_kb(tmp_path / "kb")] == ["a.txt"]


def test_pipe_is_refused_without_being_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")  # opening it would wait for a writer for ever
    assert refusals(tmp_path) == [("a.txt", None, "this is not a regular file")]


def test_folders_too_deep_inside_one_another_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "d/" * 100 + "b.txt")
    assert [article.id for article in read_kb(tmp_path)] == ["a", "d/" * 100 + "b"]
    put(tmp_path, "d/" * 101 + "c.txt")
    ((file, _, reason),) = refusals(tmp_path)
    assert (file, reason) == ("d/" * 20 + "…", "more than 100 folders lie inside one another")


def test_file_that_the_system_refuses_to_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusals(tmp_path) == [("a.txt", None, "the file cannot be read: Permission denied")]


def test_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "locked/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert refusals(tmp_path) == [("locked", None, "the folder cannot be read: Permission denied")]


# Decoding


@pytest.mark.parametrize(
    "data",
    [
        "Ä\n\nß\n".encode(),
        "Ä\n\nß\n".encode("utf-8-sig"),
        "Ä\n\nß\n".encode("utf-16"),
        b"\xfe\xff" + "Ä\n\nß\n".encode("utf-16-be"),
        "Ä\r\n\r\nß\r\n".encode(),
        "Ä\r\rß\r".encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "windows line ends", "old mac line ends"],
)
def test_encodings_and_line_ends_give_the_same_text(data: bytes) -> None:
    assert decode(data, "a.txt") == "Ä\n\nß\n"


@pytest.mark.parametrize("suffix", ["txt", "md"])
@given(
    data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    head=st.sampled_from([b"", b"# T\n\n"]),
)
@example(data=b"---\n", head=b"")
@example(data=b"\xff\xfe", head=b"")
@example(data=b"\xef\xbb\xbf", head=b"")
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes, head: bytes
) -> None:
    kb = tmp_path_factory.getbasetemp() / "any-bytes"
    path = put(kb, f"a.{suffix}", head + data)
    try:
        article = read_article(path, kb)
    except ArticleError:
        return
    assert any(section.blocks for section in article.sections)


# Ids and anchors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Angina Pectoris", "angina-pectoris"),
        ("  What -- is it?! ", "what-is-it"),
        ("Crohn's & 2.5 mg", "crohns-2-5-mg"),
        ("Übelkeit (ß)", "übelkeit-ß"),
        ("ﬁve ＡＢ", "five-ab"),
        ("हिन्दी में", "हिन्दी-में"),
        ("٣ أسباب", "٣-أسباب"),
        ("…", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_slug_of_a_slug_is_the_slug(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Angina: an overview", "Angina"),
        ("Angina - what helps", "Angina"),
        ("Angina — a guide", "Angina"),
        ("X-ray", "X-ray"),
    ],
)
def test_topic_is_the_title_up_to_its_first_colon_or_dash(title: str, expected: str) -> None:
    assert topic(title) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What is chest pain?", "what-is-chest-pain"),
        ("Causes of Chest Pain", "causes"),
        ("Is chest pain dangerous?", "dangerous"),
        ("When should you see a doctor about chest pain?", "see-a-doctor"),
        ("Chest pains", "chest-pains"),
        ("2. Treatment", "treatment"),
        ("2.1 In children", "children"),
        ("5 tips", "5-tips"),
        ("Q: Is it rare?", "rare"),
        ("What to do?", "what-to-do"),
        ("???", "section"),
        ("1. ", "1"),
    ],
)
def test_anchor_leaves_out_the_topic_and_function_words(heading: str, expected: str) -> None:
    assert name_section(heading, "Chest pain: an overview") == expected


def test_ids_keep_letters_of_any_script(tmp_path: Path) -> None:
    assert read_article(put(tmp_path, "Herz/Übelkeit & Co. 2.txt"), tmp_path).id == "herz/übelkeit-co-2"


# The section of warning signs


def test_front_matter_names_the_section_of_warning_signs_with_all_that_lies_under_it(tmp_path: Path) -> None:
    text = "---\nwarning: signs  to act on\n---\n# Pain\n\n## Signs to act on\n\nGo.\n\n### At night\n\nGo.\n"
    text += "\n## Rest\n\nLie.\n"
    sections = read_article(put(tmp_path, "pain.md", text), tmp_path).sections
    assert [(section.heading, section.role) for section in sections] == [
        ("Signs to act on", "warning"),
        ("At night", "warning"),
        ("Rest", "section"),
    ]


@pytest.mark.parametrize("body", ["## Rest\n\nLie.\n", "## Act\n\n## Rest\n\nLie.\n"])
def test_section_of_warning_signs_that_is_not_there_or_empty_is_refused(tmp_path: Path, body: str) -> None:
    line, reason = refusal(tmp_path, "pain.md", f"---\nwarning: Act\n---\n# Pain\n\n{body}".encode())
    assert (line, reason) == (None, 'warning names no section that has text: "Act"')


# Drafts


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_angina.md", "# A\n\nx", "a draft by its name"),
        ("angina.draft.md", "# A\n\nx", "a draft by its name"),
        ("heart/_drafts/a.md", "# A\n\nx", "in a folder of drafts"),
        ("README.md", "# A\n\nx", "about the folder, by its name"),
        ("readme.de.md", "# A\n\nx", "about the folder, by its name"),
        ("CONTRIBUTING.txt", "A\n\nx", "about the folder, by its name"),
        ("a.md", "---\ndraft: true\n---\n# A\n\n<!-- never closed", '"draft: true"'),
        ("a.md", "---\npublished: false\n---\n# A\n\nx", '"published: false"'),
        ("a.md", "---\nstatus: Draft\n---\n# A\n\nx", '"status: Draft"'),
        ("a.md", "+++\ndraft = true\n+++\n# A\n\nx", '"draft: true"'),
    ],
)
def test_drafts_are_never_read_and_named_with_the_reason(tmp_path: Path, name: str, text: str, reason: str) -> None:
    put(tmp_path, name, text)
    whole = put(tmp_path, "b.txt")
    library = read_library(tmp_path)
    assert [article.file for article in library.articles] == [whole.name]
    assert library.drafts == (Unfinished(name, reason),)


@pytest.mark.parametrize("name", ["readmission.md", "summary-of-care.md", "security-at-home.md", "a_b.md", "index.md"])
def test_names_of_articles_that_are_no_drafts(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "---\ndraft: false\npublished: true\n---\n# A\n\nx")
    assert [article.file for article in read_library(tmp_path).articles] == [name]


GUESSED = """Asma

O asma estreita os brônquios e dá falta de ar, tosse e um assobio no peito. As crises vêm mais vezes
de noite ou cedo. Use o inalador azul quando tiver falta de ar e o castanho todos os dias, mesmo
quando não sente nada. Não fume e evite o pó da casa.
"""


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        (GUESSED, "pt", ["language-guessed"]),
        (GUESSED.replace("Asma\n", "Asma\nLanguage: pt-BR\n", 1), "pt-BR", []),
        ("Asma\n\nUse o inalador azul.\n", "", []),
        ("Asthma\n\n" + "Use the blue inhaler when you are short of breath, and rest. " * 5, "", []),
    ],
)
def test_article_that_names_no_language_gets_the_one_of_its_words(
    tmp_path: Path, text: str, language: str, codes: list[str]
) -> None:
    (tmp_path / "asma.txt").write_text(text, encoding="utf-8")
    article = read_article(tmp_path / "asma.txt", tmp_path)
    assert (article.language, [note.code for note in article.notes]) == (language, codes)
