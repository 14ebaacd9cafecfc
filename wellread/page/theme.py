"""Sends the page's theme as it was read first: Streamlit reads all of its settings anew for every answer.

They never change while the server runs, and reading them took 12 % of the interpreter's lock under 50 readers
(docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_READ = "_populate_theme_msg"
"""The function of Streamlit (1.67) that reads a section of the theme into a message; there is no setting for it."""


@dataclass(frozen=True, slots=True)
class RememberedTheme:
    """Writes a section of the theme into a message, read by `read` the first time that it is wanted."""

    read: Callable[[CustomThemeConfig, str], None]
    sections: dict[str, CustomThemeConfig] = field(default_factory=dict)

    def __call__(self, message: CustomThemeConfig, section: str = "theme") -> None:
        """Write a section, such as "theme.dark"; one without any settings writes nothing."""
        if section not in self.sections:
            found = CustomThemeConfig()
            self.read(found, section)
            self.sections[section] = found
        if self.sections[section].ByteSize():
            message.MergeFrom(self.sections[section])


def remember_theme() -> None:
    """Have Streamlit read the theme once for the whole process; another version, which reads it elsewhere, stays."""
    read = getattr(app_session, _READ, None)
    if read is not None and not isinstance(read, RememberedTheme):
        setattr(app_session, _READ, RememberedTheme(read))
