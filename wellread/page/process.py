"""Prepares the server's process for many readers at once: what Streamlit does for every answer is made cheaper.

docs/performance.md has what each of it brings under 50 readers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

TURN = 0.001
"""Seconds after which a thread lets another one have the interpreter; Python's own are 0.005. For every answer,
Streamlit's event loop starts a thread, and waits until that had its first turn."""

_READ = "_populate_theme_msg"
"""The function of Streamlit (1.67) that reads a section of the theme into a message; there is no setting for it."""


@dataclass(frozen=True, slots=True)
class RememberedTheme:
    """Writes a section of the theme into a message, read by `read` the first time that it is wanted.

    Streamlit reads all settings of the theme anew for every answer, though they never change while the server runs.
    """

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


def prepare_process() -> None:
    """Have threads take shorter turns, and Streamlit read its theme once.

    A version of Streamlit that reads it elsewhere stays as it is.
    """
    sys.setswitchinterval(TURN)
    read = getattr(app_session, _READ, None)
    if read is not None and not isinstance(read, RememberedTheme):
        setattr(app_session, _READ, RememberedTheme(read))
