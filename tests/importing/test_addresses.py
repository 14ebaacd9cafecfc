"""Pages imported by address from a site on this machine: new, changed, gone, forbidden, silent, hostile."""

from __future__ import annotations

import errno
import gzip
import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importing_server import Reply, Site, serve

from wellread.cli.main import main
from wellread.errors import WellreadError
from wellread.files import write_whole
from wellread.importing.addresses import import_addresses
from wellread.importing.fetching import Answer, Fetcher
from wellread.importing.files import Imported
from wellread.importing.interrupts import ImportInterrupted
from wellread.importing.sitemaps import read_sitemap
from wellread.importing.sources import sources_file

PAGE = '<html lang="en"><title>Cough</title><body><h1>Cough</h1><p>{}</p></body></html>'


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve() as site:
        yield site


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the command, whose fetcher pauses between two requests."""
    monkeypatch.setattr(Fetcher, "_wait", lambda self, address: None)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    return folder


def bring(kb: Path, *addresses: str, sitemap: str = "", dry_run: bool = False) -> list[Imported]:
    return list(import_addresses(addresses, kb, sitemap, dry_run, Fetcher(pause=0, seconds=1)))


def states(found: list[Imported]) -> list[str]:
    return [one.state for one in found]


def sitemap_of(site: Site, *paths: str) -> str:
    places = "".join(f"<url><loc>{site.address}{path}</loc></url>" for path in paths)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    site.replies["/sitemap.xml"] = Reply(text.encode(), 200, {"Content-Type": "application/xml"})
    return f"{site.address}/sitemap.xml"


# One page


def test_page_becomes_an_article_named_by_the_end_of_its_address(site: Site, kb: Path) -> None:
    address = site.page("/lungs/cough.html", PAGE.format('Drink tea. See <a href="../flu">flu</a>.'))
    (found,) = bring(kb, address)
    assert found == Imported(address, kb / "cough.md")
    assert (kb / "cough.md").read_text() == (
        f'---\ntitle: "Cough"\nsource: "{address}"\nlanguage: "en"\n---\n\nDrink tea. See [flu]({site.address}/flu).\n'
    )


def test_names_that_are_taken_get_more_of_the_address(site: Site, kb: Path) -> None:
    first = site.page("/children/cough", PAGE.format("Honey from one year on."))
    second = site.page("/adults/cough/", PAGE.format("Honey in hot water."))
    assert [one.article for one in bring(kb, first, second)] == [kb / "cough.md", kb / "adults-cough.md"]


def test_page_is_asked_for_with_the_marks_that_the_host_gave(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."), ETag='"one"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT")
    bring(kb, address)
    known = json.loads((kb.parent / "kb-sources.json").read_text())
    assert (known[address]["etag"], known[address]["last_modified"]) == ('"one"', "Tue, 03 Mar 2026 10:00:00 GMT")
    site.asked.clear()
    assert states(bring(kb, address)) == ["unchanged"]
    (_, headers) = site.asked[-1]
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "Tue, 03 Mar 2026 10:00:00 GMT"


def test_changed_page_changes_its_article_and_says_what_is_new(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Take it twice a day."))
    bring(kb, address)
    site.page("/cough", PAGE.format("Take it once a day."))
    before = (kb / "cough.md").read_bytes()
    (dry,) = bring(kb, address, dry_run=True)
    assert (dry.state, (kb / "cough.md").read_bytes()) == ("changed", before)
    (found,) = bring(kb, address)
    assert found.notes == ('new in it: "… Take it [once]"', 'no longer in it: "… Take it [twice]"')
    assert "once a day" in (kb / "cough.md").read_text()


def test_article_that_an_editor_changed_is_kept_when_the_page_changes(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Take it twice a day."))
    bring(kb, address)
    (kb / "cough.md").write_text("mine")
    site.page("/cough", PAGE.format("Take it once a day."))
    (found,) = bring(kb, address)
    assert found.reason == f"the page has changed, and {kb / 'cough.md'} was changed here too: it is kept"
    assert (kb / "cough.md").read_text() == "mine"


@pytest.mark.usefixtures("no_pause")
def test_words_that_differ_are_listed_where_page_and_article_changed(
    site: Site, kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = site.page("/cough", PAGE.format("Take it twice a day."))
    bring(kb, address)
    article = kb / "cough.md"
    article.write_text(article.read_text().replace("a day.", "a day, never at night."))
    site.page("/cough", PAGE.format("Take it once a day."))
    assert main(["import", address, "--kb", str(kb)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{address}: the page has changed, and {article} was changed here too: it is kept; not imported",
        '    in the page and not in your article: "… Take it [once]"',
        '    in your article and not in the page: "… Take it [twice]", "never at night."',
        f"    take over what is new by hand, or delete {article} and run: wellread import {address}",
    ]


def test_article_into_which_an_editor_took_all_that_is_new_is_in_step(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Take it twice a day."))
    bring(kb, address)
    site.page("/cough", PAGE.format("Take it once a day."))
    (kb / "cough.md").write_text((kb / "cough.md").read_text().replace("twice", "once"))
    assert states(bring(kb, address)) == ["unchanged"]
    site.page("/cough", PAGE.format("Take it at noon."))
    assert states(bring(kb, address)) == ["changed"]


def test_article_that_was_there_before_is_never_touched(site: Site, kb: Path) -> None:
    (kb / "cough.txt").write_text("old")
    (found,) = bring(kb, site.page("/cough", PAGE.format("Tea.")))
    assert (found.article, found.reason) == (None, f"{kb / 'cough.txt'} exists already and is not touched")


# Articles that were moved or deleted here

AGAIN = "to have it again: wellread import {0}; if it was moved, write into its front matter: source: {0}"
MOVED = ("its article was moved here, and is followed",)


@pytest.mark.parametrize("place", ["lungs/cough.md", "_cough.md", "drafts/cough.md", "coughing.markdown"])
def test_article_that_was_moved_is_followed(site: Site, kb: Path, place: str) -> None:
    site.page("/cough", PAGE.format("Tea."))
    sitemap = sitemap_of(site, "/cough")
    bring(kb, sitemap=sitemap)
    (kb / place).parent.mkdir(exist_ok=True)
    (kb / "cough.md").rename(kb / place)
    site.page("/cough", PAGE.format("Honey."))
    (found,) = bring(kb, sitemap=sitemap)
    assert (found.article, found.state, found.notes[:1]) == (kb / place, "changed", MOVED)
    assert "Honey." in (kb / place).read_text()
    assert not (kb / "cough.md").exists()
    (found,) = bring(kb, sitemap=sitemap)
    assert (found.article, found.state, found.notes) == (kb / place, "unchanged", ())


def test_article_that_was_moved_and_changed_is_followed_by_its_source_and_kept(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    text = (kb / "cough.md").read_text()
    (kb / "cough.md").unlink()
    (kb / "colds.md").write_text(text.replace("Tea.", "Tea with lemon."))
    (found,) = bring(kb, address)
    assert (found.article, found.state, found.notes) == (kb / "colds.md", "unchanged", MOVED)
    site.page("/cough", PAGE.format("Honey."))
    (found,) = bring(kb, address)
    assert found.reason == f"the page has changed, and {kb / 'colds.md'} was changed here too: it is kept"


def test_article_that_was_moved_is_followed_though_another_took_its_place(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    (kb / "cough.md").rename(kb / "colds.md")
    (kb / "cough.md").write_text("# Cough\n\nMy own words.\n")
    (found,) = bring(kb, address)
    assert (found.article, found.notes) == (kb / "colds.md", MOVED)


def test_place_of_a_deleted_article_is_no_other_pages(site: Site, kb: Path) -> None:
    for path in ("/adults/cough", "/children/cough"):
        site.page(path, PAGE.format(path))
    sitemap = sitemap_of(site, "/adults/cough")
    bring(kb, sitemap=sitemap)
    (kb / "cough.md").unlink()
    sitemap_of(site, "/adults/cough", "/children/cough")
    found = bring(kb, sitemap=sitemap)
    assert [(one.state, one.article) for one in found] == [
        ("deleted here", None),
        ("new", kb / "children-cough.md"),
    ]


def test_article_that_was_moved_goes_with_its_page(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    (kb / "cough.md").rename(kb / "colds.md")
    del site.replies["/cough"]
    assert states(bring(kb, address, dry_run=True)) == ["gone (404)"]
    (found,) = bring(kb, address)
    assert (found.article, found.notes, list(kb.iterdir())) == (kb / "colds.md", ("its article goes",), [])


def test_article_of_which_there_are_two_copies_is_not_followed_blindly(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    text = (kb / "cough.md").read_text()
    (kb / "cough.md").unlink()
    for name in ("a.md", "b.md"):
        (kb / name).write_text(text)
    (found,) = bring(kb, address)
    named = f"{kb / 'a.md'} and {kb / 'b.md'}"
    assert found.reason == f"its article, {kb / 'cough.md'}, was moved, and each of {named} may be it"
    assert sorted(path.name for path in kb.iterdir()) == ["a.md", "b.md"]


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.usefixtures("no_pause")
def test_article_that_was_deleted_is_not_brought_back_by_a_sitemap(
    site: Site, kb: Path, changed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    sitemap = sitemap_of(site, "/cough")
    bring(kb, sitemap=sitemap)
    (kb / "cough.md").unlink()
    site.page("/cough", PAGE.format("Honey." if changed else "Tea."))
    for _ in range(2):
        assert main(["import", "--sitemap", sitemap, "--kb", str(kb)]) == 0
        assert capsys.readouterr().out.splitlines() == [
            f"{address}: its article was deleted here: {kb / 'cough.md'}; not imported",
            f"    {AGAIN.format(address)}",
        ]
    assert list(kb.iterdir()) == []


def test_article_that_was_deleted_comes_again_where_its_address_is_named(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."), ETag='"one"')
    bring(kb, address)
    (kb / "cough.md").unlink()
    (found,) = bring(kb, address)
    assert (found.article, found.state) == (kb / "cough.md", "new")
    assert found.notes == ("its article was deleted here, and comes again because you named its address",)
    assert states(bring(kb, address)) == ["unchanged"]


def test_page_that_another_article_names_as_its_source_is_said_to_be_there(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    (kb / "lungs").mkdir()
    (kb / "lungs" / "mine.txt").write_text(f"Cough\nSource: {address}\n\nWhat helps?\n\nTea.\n")
    (found,) = bring(kb, address)
    assert found.notes == (f"it is the source of {kb / 'lungs' / 'mine.txt'} too: keep one of them",)


# Pages that go


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_takes_its_article_with_it(site: Site, kb: Path, status: int) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    site.replies["/cough"] = Reply(b"", status)
    assert states(bring(kb, address, dry_run=True)) == [f"gone ({status})"]
    assert (kb / "cough.md").exists()
    (found,) = bring(kb, address)
    assert (found.state, found.notes) == (f"gone ({status})", ("its article goes",))
    assert not (kb / "cough.md").exists()
    assert json.loads((kb.parent / "kb-sources.json").read_text()) == {}


def test_article_that_an_editor_changed_is_kept_when_the_page_goes(site: Site, kb: Path) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    (kb / "cough.md").write_text("mine")
    del site.replies["/cough"]
    (found,) = bring(kb, address)
    assert found.reason == "gone (404), but its article was changed here and is kept"
    assert (kb / "cough.md").read_text() == "mine"


def test_many_pages_that_go_at_once_take_nothing_with_them(site: Site, kb: Path) -> None:
    addresses = [site.page(f"/page-{at}", PAGE.format(f"Text {at}.")) for at in range(10)]
    bring(kb, *addresses)
    for at in range(4):  # 4 of 10 are more than 30 %
        del site.replies[f"/page-{at}"]
    found = bring(kb, *addresses)
    assert found[0].reason == "gone (404), like 3 other pages of 10: its article is kept"
    assert len(list(kb.iterdir())) == 10


def test_few_pages_that_go_at_once_all_go_as_the_dry_run_says(site: Site, kb: Path) -> None:
    addresses = [site.page(f"/page-{at}", PAGE.format(f"Text {at}.")) for at in range(20)]
    bring(kb, *addresses)
    for at in range(6):  # 6 of 20 are 30 %, and 6 of those that then remain would be more
        del site.replies[f"/page-{at}"]
    expected = ["gone (404)"] * 6 + ["unchanged"] * 14
    for dry_run in (True, False):
        found = bring(kb, *addresses, dry_run=dry_run)
        assert states(found) == expected
        assert [one.notes for one in found[:6]] == [("its article goes",)] * 6
    assert len(list(kb.iterdir())) == 14


def test_page_that_never_was_is_refused(site: Site, kb: Path) -> None:
    (found,) = bring(kb, f"{site.address}/none")
    assert (found.reason, found.remedy) == ("there is no such page (404)", "look for its new address")


def test_host_that_does_not_answer_changes_nothing(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve() as site:
        addresses = [site.page(path, PAGE.format(path)) for path in ("/one", "/two")]
        bring(kb, *addresses)
    before = {path.name: path.read_bytes() for path in [*kb.iterdir(), kb.parent / "kb-sources.json"]}
    found = bring(kb, *addresses)
    assert states(found) == ["not reached", "not reached"]
    assert found[0].remedy == "nothing was changed; try again later"
    assert {path.name: path.read_bytes() for path in [*kb.iterdir(), kb.parent / "kb-sources.json"]} == before


@pytest.mark.parametrize("status", [429, 500, 503])
def test_host_that_cannot_answer_now_changes_nothing(site: Site, kb: Path, status: int) -> None:
    address = site.page("/cough", PAGE.format("Tea."))
    bring(kb, address)
    site.replies["/cough"] = Reply(b"", status)
    assert states(bring(kb, address)) == ["not reached"]
    assert (kb / "cough.md").exists()


@pytest.mark.parametrize(("status", "then"), [(500, "new"), (502, "new"), (503, "not reached"), (429, "not reached")])
def test_page_at_which_a_host_fails_keeps_no_other_out(site: Site, kb: Path, status: int, then: str) -> None:
    site.replies["/cough"] = Reply(b"", status)
    second = site.page("/flu", PAGE.format("Rest."))
    assert states(bring(kb, f"{site.address}/cough", second)) == ["not reached", then]


def test_what_came_in_before_an_interruption_is_known_next_time(
    site: Site, kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (site.page(path, PAGE.format(path)) for path in ("/one", "/two"))
    fetch = Fetcher.fetch

    def interrupted(self: Fetcher, address: str, *marks: str) -> Answer:
        if address == second:
            raise KeyboardInterrupt
        return fetch(self, address, *marks)

    with monkeypatch.context() as patch:
        patch.setattr(Fetcher, "fetch", interrupted)
        with pytest.raises(ImportInterrupted, match=f"^written: {kb / 'one.md'}$") as caught:
            bring(kb, first, second)
    assert states(list(caught.value.found)) == ["new"]
    assert states(bring(kb, first, second)) == ["unchanged", "new"]


def test_ctrl_c_while_an_article_is_written_leaves_it_known(
    site: Site, kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (site.page(path, PAGE.format(path)) for path in ("/one", "/two"))

    def interrupted(file: Path, content: bytes, replace: bool = False) -> None:
        write_whole(file, content, replace)
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr("wellread.importing.addresses.write_whole", interrupted)
        with pytest.raises(ImportInterrupted, match=f"^written: {kb / 'one.md'}$"):
            bring(kb, first, second)
    assert states(bring(kb, first, second)) == ["unchanged", "new"]


def test_ctrl_c_at_the_command_tells_of_all_that_was_done(
    site: Site, kb: Path, no_pause: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(self: Fetcher, address: str, *marks: str) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(Fetcher, "fetch", interrupted)
    leaflet = kb.parent / "leaflet.html"
    leaflet.write_text("<title>T</title><p>Rest helps.</p>")
    words = ["import", str(leaflet), site.page("/one", PAGE.format("One.")), "--kb", str(kb)]
    assert main(words) == 130
    said = capsys.readouterr()
    assert said.out == f"{leaflet} -> {kb / 'leaflet.md'}\n"
    assert said.err == "wellread: interrupted; what stands above was done; import the others again\n"


def test_a_full_disk_below_the_list_of_addresses_hides_nothing_that_came_in(
    site: Site, kb: Path, no_pause: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(file: Path, content: bytes, replace: bool) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("wellread.importing.sources.write_whole", full)
    address = site.page("/one", PAGE.format("One."))
    assert main(["import", address, "--kb", str(kb)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"{address} -> {kb / 'one.md'}\n")
    assert said.err == (
        f"wellread: {sources_file(kb)}: No space left on device: what was imported by address is not remembered\n"
        "    make room, and import the addresses again\n"
    )


def test_a_sitemap_that_cannot_be_read_hides_no_file_that_came_in(
    site: Site, kb: Path, no_pause: None, capsys: pytest.CaptureFixture[str]
) -> None:
    leaflet = kb.parent / "leaflet.html"
    leaflet.write_text("<title>T</title><p>Rest helps.</p>")
    site.replies["/map.xml"] = Reply(b"", 404)
    assert main(["import", str(leaflet), "--sitemap", f"{site.address}/map.xml", "--kb", str(kb)]) == 1
    assert capsys.readouterr().out == f"{leaflet} -> {kb / 'leaflet.md'}\n"


# robots.txt, redirects, bounds


def test_what_robots_txt_forbids_is_not_fetched(site: Site, kb: Path) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/*.html$\n")
    first = site.page("/private/a.html", PAGE.format("No."))
    second = site.page("/private/b", PAGE.format("Yes."))
    found = bring(kb, first, second)
    assert found[0].reason == "the site's robots.txt does not allow it"
    assert found[1].article == kb / "b.md"
    assert site.paths() == ["/robots.txt", "/private/b"]


@pytest.mark.parametrize("status", [500, 503])
def test_robots_txt_that_cannot_be_had_forbids_all(site: Site, kb: Path, status: int) -> None:
    site.replies["/robots.txt"] = Reply(b"", status)
    pages = [site.page(path, PAGE.format("Tea.")) for path in ("/cough", "/flu")]
    assert states(bring(kb, *pages)) == ["not reached", "not reached"]
    assert site.paths() == ["/robots.txt"]


def test_redirect_on_the_host_is_followed_and_links_lead_from_there(site: Site, kb: Path) -> None:
    site.page("/new/cough", PAGE.format('<a href="flu">Flu</a> too.'))
    site.replies["/cough"] = Reply(b"", 301, {"Location": "/new/cough"})
    bring(kb, f"{site.address}/cough")
    assert f"[Flu]({site.address}/new/flu) too." in (kb / "cough.md").read_text()


def test_redirect_to_another_host_is_refused(site: Site, kb: Path) -> None:
    site.replies["/cough"] = Reply(b"", 302, {"Location": "http://localhost:1/cough"})
    (found,) = bring(kb, f"{site.address}/cough")
    assert found.reason == "it leads to another place, http://localhost:1/cough"
    assert found.remedy == "import that if you want it: http://localhost:1/cough"


def test_redirect_to_a_file_of_this_machine_is_refused(site: Site, kb: Path) -> None:
    site.replies["/cough"] = Reply(b"", 302, {"Location": "file:///etc/hostname"})
    (found,) = bring(kb, f"{site.address}/cough")
    assert found.reason == "it is no address of the web"


def test_redirects_in_a_circle_end(site: Site, kb: Path) -> None:
    site.replies["/cough"] = Reply(b"", 302, {"Location": "/cough"})
    (found,) = bring(kb, f"{site.address}/cough")
    assert found.reason == "it leads on more than 5 times"


def test_answer_that_drips_is_cut_off(site: Site, kb: Path) -> None:
    site.replies["/slow"] = Reply(b"<p>x" * 20, 200, {"Content-Type": "text/html"}, drip=True)
    assert states(bring(kb, f"{site.address}/slow")) == ["not reached"]


@pytest.mark.parametrize("packed", [False, True])
def test_answer_that_is_too_large_is_refused(
    site: Site, kb: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellread.importing.fetching.MAX_BYTES", 1000)
    body = b"x" * 100_000
    headers = {"Content-Type": "text/html", **({"Content-Encoding": "gzip"} if packed else {})}
    site.replies["/large"] = Reply(gzip.compress(body) if packed else body, 200, headers)
    (found,) = bring(kb, f"{site.address}/large")
    assert found.reason == "it is larger than 1,000 bytes"


def test_answer_that_breaks_off_is_no_page(site: Site, kb: Path) -> None:
    site.replies["/half"] = Reply(b"<p>Half of", 200, {"Content-Type": "text/html", "Content-Length": "5000"})
    assert states(bring(kb, f"{site.address}/half")) == ["not reached"]


def test_other_kinds_of_files_are_refused_and_the_others_come_in(site: Site, kb: Path) -> None:
    site.replies["/a.png"] = Reply(b"png", 200, {"Content-Type": "image/png"})
    good = site.page("/cough", PAGE.format("Tea."))
    found = bring(kb, f"{site.address}/a.png", good)
    assert found[0].reason == "it is no page, Word file or PDF (image/png)"
    assert found[1].article == kb / "cough.md"


def test_encoding_that_the_host_names_counts(site: Site, kb: Path) -> None:
    body = PAGE.format("Für Ältere.").encode("windows-1252")
    site.replies["/cough"] = Reply(body, 200, {"Content-Type": "text/html; charset=windows-1252"})
    bring(kb, f"{site.address}/cough")
    assert "Für Ältere." in (kb / "cough.md").read_text()


@pytest.mark.parametrize(
    ("written", "asked"),
    [("/Röteln", "/R%C3%B6teln"), ("/sore throat", "/sore%20throat"), ("/a%20b(c)?d=ß", "/a%20b(c)?d=%C3%9F")],
)
def test_address_is_asked_for_as_a_browser_would(site: Site, kb: Path, written: str, asked: str) -> None:
    site.page(asked, PAGE.format("Rest."))
    (found,) = bring(kb, site.address + written)
    assert (found.state, site.paths()[-1]) == ("new", asked)


def test_redirect_to_an_address_with_umlauts_is_followed(site: Site, kb: Path) -> None:
    site.page("/R%C3%B6teln", PAGE.format("Rest."))
    site.replies["/rubella"] = Reply(b"", 301, {"Location": "/Röteln".encode().decode("latin-1")})
    assert states(bring(kb, f"{site.address}/rubella")) == ["new"]


@pytest.mark.parametrize(
    "bad", ["http://exa mple/cough", "http://127.0.0.1:port/cough", "http://127.0.0.1:99999/cough"]
)
def test_what_is_no_address_is_refused_and_no_silent_host(kb: Path, bad: str) -> None:
    (found,) = bring(kb, bad)
    assert (found.state, found.reason) == ("refused", "it is no address of the web")


def test_answer_that_cannot_be_unpacked_is_no_page(site: Site, kb: Path) -> None:
    site.replies["/cough"] = Reply(b"no gzip", 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"})
    assert states(bring(kb, f"{site.address}/cough")) == ["not reached"]


# Sitemaps


def test_sitemap_brings_its_pages_and_tells_of_changes_and_of_pages_that_went(site: Site, kb: Path) -> None:
    pages = [site.page(f"/{name}", PAGE.format(name)) for name in ("gout", "lice", "mumps")]
    sitemap = sitemap_of(site, "/gout", "/lice", "/mumps")
    assert states(bring(kb, sitemap=sitemap)) == ["new", "new", "new"]
    site.page("/lice", PAGE.format("A comb."))
    del site.replies["/mumps"]
    site.page("/warts", PAGE.format("Warts."))
    sitemap_of(site, "/gout", "/lice", "/warts")
    found = bring(kb, sitemap=sitemap, dry_run=True)
    assert [(one.source, one.state) for one in found] == [
        (pages[0], "unchanged"),
        (pages[1], "changed"),
        (f"{site.address}/warts", "new"),
        (pages[2], "gone (404)"),
    ]
    assert sorted(path.name for path in kb.iterdir()) == ["gout.md", "lice.md", "mumps.md"]


def test_pages_of_other_hosts_are_not_fetched_and_counted(site: Site, kb: Path) -> None:
    address = site.page("/gout", PAGE.format("Gout."))
    text = f"<urlset><url><loc>{address}</loc></url><url><loc>http://127.0.0.1:1/lice</loc></url></urlset>"
    site.replies["/s.xml"] = Reply(text.encode())
    (found,) = bring(kb, sitemap=f"{site.address}/s.xml")
    assert found.notes == ("the sitemap names other hosts too, whose pages are not imported (1)",)


def test_address_that_is_none_is_refused_alone(site: Site, kb: Path) -> None:
    good = site.page("/gout", PAGE.format("Gout."))
    found = bring(kb, "https://[example.org/gout", good)
    assert [(one.state, one.reason) for one in found] == [("refused", "it is no address of the web"), ("new", "")]


def test_sitemap_with_an_address_that_is_none_gives_the_others(site: Site, kb: Path) -> None:
    pages = [site.page(path, PAGE.format(path)) for path in ("/gout", "/lice")]
    places = "".join(f"<url><loc>{one}</loc></url>" for one in (pages[0], "https://[example.org/flu", pages[1]))
    site.replies["/s.xml"] = Reply(f"<urlset>{places}</urlset>".encode())
    found = bring(kb, sitemap=f"{site.address}/s.xml")
    assert [(one.source, one.state) for one in found] == [(pages[0], "new"), (pages[1], "new")]
    assert found[0].notes == (
        'the sitemap has entries that are no whole address, tell its owner (1): "https://[example.org/flu"',
    )


@pytest.mark.parametrize("bad", ["/lice", "lice.html", "", "ftp://example.org/lice", "http://exa mple.org/lice"])
def test_place_that_is_no_address_is_counted_as_bad_and_not_as_another_host(site: Site, bad: str) -> None:
    text = f"<urlset><url><loc>{site.address}/gout</loc></url><url><loc>{bad}</loc></url></urlset>"
    site.replies["/s.xml"] = Reply(text.encode())
    found = read_sitemap(f"{site.address}/s.xml", Fetcher(pause=0))
    assert (found.addresses, found.elsewhere, found.bad) == ((f"{site.address}/gout",), 0, (bad,))


def test_sitemap_of_bad_places_alone_says_so(site: Site) -> None:
    site.replies["/s.xml"] = Reply(b"<urlset><url><loc>/gout</loc></url></urlset>")
    with pytest.raises(WellreadError) as caught:
        read_sitemap(f"{site.address}/s.xml", Fetcher(pause=0))
    assert caught.value.reason == (
        'the sitemap names no page of its own host, and 1 that are no whole address, such as "/gout"'
    )


def test_host_with_umlauts_is_the_host_that_the_network_names(
    site: Site, kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    lookup = socket.getaddrinfo

    def local(host: str, *rest: Any) -> Any:
        asked.append(host)
        return lookup("127.0.0.1", *rest)

    monkeypatch.setattr(socket, "getaddrinfo", local)
    monkeypatch.setenv("no_proxy", "*")
    port = site.address.rpartition(":")[2]
    there, written = f"http://xn--khlung-3ya.example:{port}", f"http://KÜHLUNG.example:{port}"
    site.page("/gout", PAGE.format("Gout."))
    site.replies["/lice"] = Reply(b"", 301, {"Location": f"{written}/gout".encode().decode("latin-1")})
    places = "".join(f"<url><loc>{host}{path}</loc></url>" for host, path in ((there, "/gout"), (written, "/lice")))
    site.replies["/s.xml"] = Reply(f"<urlset>{places}</urlset>".encode())
    assert states(bring(kb, sitemap=f"{written}/s.xml")) == ["new", "new"]
    assert {*asked} == {"xn--khlung-3ya.example"}


def test_page_is_known_again_in_another_spelling_of_its_address(
    site: Site, kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *rest: lookup("127.0.0.1", *rest))
    monkeypatch.setenv("no_proxy", "*")
    port = site.address.rpartition(":")[2]
    there, written = f"http://xn--khlung-3ya.example:{port}/r%C3%B6te", f"http://Kühlung.example:{port}/röte"
    site.page("/r%C3%B6te", PAGE.format("Gout."))
    first = bring(kb, written, there)
    assert [(str(one.source), one.state) for one in first] == [(written, "new")]
    site.replies["/s.xml"] = Reply(f"<urlset><url><loc>{there}</loc></url></urlset>".encode())
    again = bring(kb, sitemap=f"http://KÜHLUNG.example:{port}/s.xml")
    assert [(str(one.source), one.state) for one in again] == [(written, "unchanged")]
    assert [*kb.iterdir()] == [first[0].article]


def test_sitemap_whose_own_address_is_none_is_refused() -> None:
    with pytest.raises(WellreadError) as caught:
        read_sitemap("https://[example.org/sitemap.xml", Fetcher(pause=0))
    assert caught.value.reason == "it is no address of the web"


def test_index_of_sitemaps_packed_ones_and_other_hosts(site: Site) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.address}/one.xml.gz</loc></sitemap></sitemapindex>"
    site.replies["/index.xml"] = Reply(index.encode())
    inner = f"<urlset><url><loc>{site.address}/a</loc></url><url><loc>http://other.example/b</loc></url></urlset>"
    site.replies["/one.xml.gz"] = Reply(gzip.compress(inner.encode()), 200, {"Content-Type": "application/gzip"})
    found = read_sitemap(f"{site.address}/index.xml", Fetcher(pause=0))
    assert (found.addresses, found.elsewhere) == ((f"{site.address}/a",), 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html></html>", "this is no sitemap: it has neither <urlset> nor <sitemapindex>"),
        ("<urlset>", "this is no sitemap: no element found: line 1, column 8"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><urlset/>', "this is no sitemap: it has a document type"),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]><urlset/>'.encode("utf-16-le").decode("latin-1"),
            "this is no sitemap: it has a document type",
        ),
        (
            f"<urlset>{'<a>' * 100}",
            "this is no sitemap: its elements lie more than 100 deep inside one another",
        ),
        (
            f"<urlset><url a='{'b' * 1_200_000}'/></urlset>",
            "this is no sitemap: a tag in it is longer than 1,000,000 bytes",
        ),
        ("words", "this is no sitemap: it is neither XML nor a list of addresses"),
        ("http://127.0.0.1:1/a", "the sitemap names no page of its own host"),
    ],
)
def test_what_is_no_sitemap_is_refused(site: Site, text: str, reason: str) -> None:
    site.replies["/s"] = Reply(text.encode())
    with pytest.raises(WellreadError) as caught:
        read_sitemap(f"{site.address}/s", Fetcher(pause=0))
    assert caught.value.reason == reason


def test_the_place_of_an_entry_is_its_first_own_loc(site: Site) -> None:
    entry = "<url><image><loc>{0}/p</loc></image><loc> {0}/a<!-- x -->b<c/>d </loc><loc>{0}/e</loc></url><url/>"
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entry.format(site.address)}</urlset>'
    site.replies["/s"] = Reply(text.encode())
    found = read_sitemap(f"{site.address}/s", Fetcher(pause=0))
    assert (found.addresses, found.bad) == ((f"{site.address}/ab",), ("",))


# The command


def test_command_takes_addresses_and_files_together(site: Site, kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kb.parent / "flu.html").write_text(PAGE.format("Rest."))
    address = site.page("/cough", PAGE.format("Tea."))
    assert main(["import", str(kb.parent / "flu.html"), address, "--kb", str(kb), "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{kb.parent / 'flu.html'} -> {kb / 'flu.md'}\n{address} -> {kb / 'cough.md'}\n"
    assert list(kb.iterdir()) == []
