"""Prepares the server's process for many readers at once: what Streamlit does for every answer is made cheaper.

docs/performance.md has what each of it brings under 50 readers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from inspect import isfunction, signature
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.proto.NewSession_pb2 import CustomThemeConfig

TURN = 0.001
"""Seconds after which a thread lets another one have the interpreter; Python's own are 0.005. For every answer,
Streamlit's event loop starts a thread, and waits until that had its first turn."""

_MODULE, _READ, _TAKES = "streamlit.runtime.app_session", "_populate_theme_msg", ["msg", "section"]
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
            found = type(message)()
            self.read(found, section)
            self.sections[section] = found
        if self.sections[section].ByteSize():
            message.MergeFrom(self.sections[section])


def prepare_process() -> None:
    """Have threads take shorter turns, and Streamlit read its theme once.

    A version of Streamlit that reads it elsewhere, or in another way, stays as it is.
    """
    sys.setswitchinterval(TURN)
    try:
        module = import_module(_MODULE)
    except ModuleNotFoundError:
        return
    read = getattr(module, _READ, None)
    if isfunction(read) and list(signature(read).parameters) == _TAKES:  # neither another one, nor ours already
        setattr(module, _READ, RememberedTheme(read))
