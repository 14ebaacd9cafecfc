"""Keeps what was fetched last, so that a question does not fetch it twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """So many values by their keys, those that were asked for last; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Those of some keys that are kept."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
            return found

    def keep(self, values: Mapping[Key, Value]) -> None:
        """Keep some, in place of those asked for longest ago."""
        with self._lock:
            self._kept |= values
            for key in values:
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
