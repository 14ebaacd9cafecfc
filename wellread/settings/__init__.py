"""A library's own settings: kb/wellread.toml, read strictly, with neutral words where it says nothing."""

from wellread.settings.files import SETTINGS_FILE, parse_settings, read_settings
from wellread.settings.sections import LONGEST_DISCLAIMER, PAGE_LANGUAGES
from wellread.settings.values import (
    DEFAULT_WORDS,
    EMERGENCY_KINDS,
    ApiSettings,
    DeskSettings,
    InsightsSettings,
    PageSettings,
    SafetySettings,
    Settings,
)
from wellread.settings.writing import own_values, readers_settings, written

__all__ = [
    "DEFAULT_WORDS",
    "EMERGENCY_KINDS",
    "LONGEST_DISCLAIMER",
    "PAGE_LANGUAGES",
    "SETTINGS_FILE",
    "ApiSettings",
    "DeskSettings",
    "InsightsSettings",
    "PageSettings",
    "SafetySettings",
    "Settings",
    "own_values",
    "parse_settings",
    "read_settings",
    "readers_settings",
    "written",
]
