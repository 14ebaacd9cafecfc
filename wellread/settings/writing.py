"""Settings as the text of a file: what differs from the usual values, and what readers meet of it."""

from __future__ import annotations

import json

from wellread.settings.values import DEFAULT_WORDS, PUBLISHING_KEYS, SECTIONS, Settings


def own_values(settings: Settings) -> dict[str, object]:
    """The values that differ from the usual ones, by name; those of a section as "safety.crisis_line"."""
    usual = Settings()
    own: dict[str, object] = {
        key: getattr(settings, key) for key in PUBLISHING_KEYS if getattr(settings, key) != getattr(usual, key)
    }
    for section, keys in SECTIONS.items():
        given, usual_ones = getattr(settings, section), getattr(usual, section)
        own |= {
            f"{section}.{key}": getattr(given, key) for key in keys if getattr(given, key) != getattr(usual_ones, key)
        }
    words = settings.safety.words
    return own | {f"safety.words.{kind}": words[kind] for kind in words if words[kind] != DEFAULT_WORDS[kind]}


def readers_settings(settings: Settings) -> str:
    """The settings that readers meet, as the text of a settings file; "" where they are the usual ones.

    A generation carries this text, so that a change of it is another generation and a change of the rest is none.
    """
    met = {key: value for key, value in own_values(settings).items() if "." in key and not key.startswith("desk.")}
    return "".join(f"{key} = {written(value)}\n" for key, value in met.items())


def written(value: object) -> str:
    """A value as a settings file has it.

    >>> written(("heart/*", "drafts"))
    '["heart/*", "drafts"]'
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, float):
        return f"{value:g}"
    # TOML's strings are those of JSON, but for one character that must be escaped in them.
    return json.dumps(value if isinstance(value, int) else str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
