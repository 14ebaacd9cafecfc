"""The server's process: the theme is sent to every session as Streamlit itself reads it, and read once."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from wellread.page.process import TURN, RememberedTheme, prepare_process
from wellread.page.server import SETTINGS

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar")


@pytest.fixture
def theme(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of the page, as Streamlit reads them from its own file."""
    with monkeypatch.context() as patched:
        patched.setattr("streamlit.config.get_config_files", lambda name: [str(SETTINGS)])
        config.get_config_options(force_reparse=True)
        yield
    config.get_config_options(force_reparse=True)


@pytest.mark.usefixtures("theme")
def test_theme_is_sent_as_streamlit_reads_it_each_time() -> None:
    read = app_session._populate_theme_msg
    remembered = RememberedTheme(read)
    for section in SECTIONS:
        expected = CustomThemeConfig()
        read(expected, section)
        for _ in range(2):
            sent = CustomThemeConfig()
            remembered(sent, section)
            assert sent == expected
    light = CustomThemeConfig()
    remembered(light, "theme.light")
    assert light.primary_color == "#00567a"


def test_section_is_read_once_and_one_without_settings_writes_nothing() -> None:
    asked: list[str] = []

    def read(message: CustomThemeConfig, section: str) -> None:
        asked.append(section)
        if section == "theme.dark":
            message.text_color = "#eef3f5"

    remembered = RememberedTheme(read)
    whole = CustomThemeConfig()
    for _ in range(3):
        remembered(whole.dark, "theme.dark")
        remembered(whole.sidebar, "theme.sidebar")
    assert asked == ["theme.dark", "theme.sidebar"]
    assert whole.dark.text_color == "#eef3f5"
    assert not whole.HasField("sidebar")


@pytest.fixture
def turns() -> Iterator[None]:
    """Turns of threads as they were, afterwards."""
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("turns")
def test_streamlit_is_changed_once_and_turns_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session, "_populate_theme_msg", read := app_session._populate_theme_msg)
    prepare_process()
    prepare_process()
    changed = app_session._populate_theme_msg
    assert isinstance(changed, RememberedTheme)
    assert changed.read is read
    assert sys.getswitchinterval() == pytest.approx(TURN)


@pytest.mark.usefixtures("turns")
def test_version_of_streamlit_that_reads_its_theme_elsewhere_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(app_session, "_populate_theme_msg")
    prepare_process()
    assert not hasattr(app_session, "_populate_theme_msg")
    monkeypatch.setitem(sys.modules, "streamlit.runtime.app_session", None)  # importing it fails from now on
    prepare_process()


@pytest.mark.usefixtures("turns")
def test_version_of_streamlit_that_reads_its_theme_in_another_way_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(msg: CustomThemeConfig, section: str, session: str) -> None:
        msg.text_color = section + session

    monkeypatch.setattr(app_session, "_populate_theme_msg", read)
    prepare_process()
    assert not isinstance(app_session._populate_theme_msg, RememberedTheme)
