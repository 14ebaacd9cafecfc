"""The terms of a question that mean others of the library: HTN and hypertension, Panadol and paracetamol."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wellread.search.glossary import Entry, Glossary, Token, key_of, name_keys, tokens_of
from wellread.search.names import spelling_variants
from wellread.text.english import is_english

MOST_OTHERS = 3
"""Other terms that one term of a question may mean, at most: a question should stay longer than what is added to it."""

_FEW_CAPITALS = 3
"""A question of more words than this that is all in capitals is shouted: its capitals tell no abbreviation."""

HasTerm = Callable[[str], bool]
"""Whether the library has the words of a term, in lower case."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term as the question has it, and the terms of the library that mean the same, the commonest name first."""

    term: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as words; `shouted` where it is all in capitals."""

    text: str
    tokens: Sequence[Token]
    shouted: bool

    def holds(self, term: str) -> bool:
        """Whether the question has a term as it is spelt, with or without an s at its end."""
        keys = [token.key for token in self.tokens]
        wanted = _singular(key_of(term))
        spans = (tuple(keys[start : start + len(wanted)]) for start in range(len(keys) - len(wanted) + 1))
        return any(_singular(span) == wanted for span in spans)

    def words(self, start: int, stop: int) -> str:
        """The words of the question from one to another, as they are written."""
        return self.text[self.tokens[start].start : self.tokens[stop - 1].end]


def expand(question: str, glossary: Glossary, has_term: HasTerm) -> tuple[Expansion, ...]:
    """The terms of a question that mean other terms of the library, in the order of the question.

    The longest terms are found first, of whole words, and none inside another or inside a medical name. What the
    question says already is not added. An abbreviation with several meanings counts where the library has one of them
    only; one that is also a word, or has two letters, counts in capitals. A term is read as what it means. The other
    way round, a name is read as a term for it (ibuprofen as Nurofen) only where the library has not the name itself.
    """
    asked = _read(question)
    found: list[tuple[int, str, list[str]]] = []
    for start, stop, key in _matches(asked, glossary):
        term = asked.words(start, stop)
        found.append((start, term, _others(term, key, asked, glossary, has_term)))
    for place, token in enumerate(asked.tokens):
        found.append((place, token.text, [other for other in spelling_variants(token.key) if has_term(other)]))
    added: set[str] = set()
    expansions: list[Expansion] = []
    for _, term, others in sorted(found, key=lambda each: each[0]):
        kept = [other for other in dict.fromkeys(others) if other.lower() not in added and not asked.holds(other)]
        if kept := kept[:MOST_OTHERS]:
            added.update(map(str.lower, kept))
            expansions.append(Expansion(term, tuple(kept)))
    return tuple(expansions)


def unknown_names(question: str, glossary: Glossary, has_term: HasTerm) -> tuple[str, ...]:
    """The medical names of a question that the library has in neither spelling, nor any other term for them."""
    asked = _read(question)
    unknown: dict[str, None] = {}
    for start, stop, key in _matches(asked, glossary):
        term = asked.words(start, stop)
        entries = [entry for entry in glossary.by_term.get(key, ()) if entry.means and _is_meant(entry, term, asked)]
        meanings = dict.fromkeys([key, *(key_of(entry.means) for entry in entries)])
        is_name = key in name_keys() or any(
            entry.type == "brand" or (entry.type == "abbreviation" and key_of(entry.means) in name_keys())
            for entry in entries
        )
        same = [other.term for meaning in meanings for other in glossary.by_meaning.get(meaning, ())]
        forms = [term, " ".join(key), *(entry.means for entry in entries), *same]
        if is_name and not any(_in_library(form, has_term) for form in forms):
            unknown[term] = None
    return tuple(unknown)


def _read(question: str) -> _Question:
    """A question as words."""
    tokens = tokens_of(question)
    return _Question(question, tokens, question.isupper() and len(tokens) > _FEW_CAPITALS)


def _matches(asked: _Question, glossary: Glossary) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where terms, meanings and medical names stand in a question, and their keys: the longest at each place."""
    keys = [token.key for token in asked.tokens]
    start = 0
    while start < len(keys):
        # A phrase of a single word may be listed without the s of this one, so that one word is always looked for.
        most = max(glossary.longest_from.get(keys[start], 0), 1)
        for stop in range(min(len(keys), start + most), start, -1):
            key = tuple(keys[start:stop])
            listed = key if key in glossary.phrases else _singular(key)
            if listed in glossary.phrases and _is_whole(asked, start, stop):
                yield start, stop, listed
                start = stop
                break
        else:
            start += 1


def _is_whole(asked: _Question, start: int, stop: int) -> bool:
    """Whether words stand together, and are no part of a longer word with a hyphen."""
    text, tokens = asked.text, asked.tokens
    for left, right in zip(tokens[start:stop], tokens[start + 1 : stop], strict=False):
        between = text[left.end : right.start].strip()
        if between not in ("", "-", ",", "/") and not (between == "." and len(left.text) == 1):
            return False
    before, after = text[: tokens[start].start][-2:], text[tokens[stop - 1].end :][:2]
    joined_before = len(before) == 2 and before[1] == "-" and before[0].isalnum()
    joined_after = len(after) == 2 and after[0] == "-" and after[1].isalnum()
    return not joined_before and not joined_after


def _others(term: str, key: tuple[str, ...], asked: _Question, glossary: Glossary, has_term: HasTerm) -> list[str]:
    """What a term of a question means, as far as the library has it; if it has neither, what else means the same."""
    entries = [entry for entry in glossary.by_term.get(key, ()) if entry.means and _is_meant(entry, term, asked)]
    meanings = list(dict.fromkeys(entry.means for entry in entries))
    if any(entry.type == "abbreviation" for entry in entries) and len(meanings) > 1:
        meanings = [meaning for meaning in meanings if _in_library(meaning, has_term)]
        if len(meanings) > 1:
            return []
    meanings += [
        entry.means
        for meaning in meanings
        for entry in glossary.by_term.get(key_of(meaning), ())
        if entry.type == "lay" and key_of(entry.means) != key
    ]
    others = [form for other in meanings if (form := _in_library(other, has_term))]
    if others or _in_library(" ".join(key), has_term):
        return others
    same = [entry for meaning in (key, *map(key_of, meanings)) for entry in glossary.by_meaning.get(meaning, ())]
    same.sort(key=lambda entry: entry.type == "brand")
    terms = [entry.term for entry in same if key_of(entry.term) != key and _means_one_thing(entry, glossary)]
    return [form for other in terms if (form := _in_library(other, has_term))]


def _is_meant(entry: Entry, term: str, asked: _Question) -> bool:
    """Whether a term of a question can be an entry's: an abbreviation that is also a word needs its capitals."""
    if entry.type != "abbreviation" or entry.term.islower():
        return True
    is_word = len(term) <= 2 or is_english(term.lower()) or is_english(term.lower().removesuffix("s"))
    capitals = [char for char in term if char.isupper()]
    return not is_word or (not asked.shouted and len(capitals) > 1)


def _means_one_thing(entry: Entry, glossary: Glossary) -> bool:
    """Whether the library's word for a meaning surely has that meaning: it has no other, and is no short form."""
    if entry.type == "abbreviation" and (len(entry.term) <= 2 or is_english(entry.term.lower())):
        return False
    return len({other.means for other in glossary.by_term[key_of(entry.term)]}) == 1


def _in_library(term: str, has_term: HasTerm) -> str | None:
    """A term in the spelling that the library has it in, or None."""
    if has_term(term.lower()):
        return term
    return next((form for form in spelling_variants(term.lower()) if has_term(form)), None)


def _singular(key: tuple[str, ...]) -> tuple[str, ...]:
    """A key without the s at the end of its last word."""
    last = key[-1] if key else ""
    return (*key[:-1], last[:-1]) if len(last) > 3 and last.endswith("s") and not last.endswith("ss") else key
