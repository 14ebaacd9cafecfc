"""Lines that only say when a text was reviewed, in many languages."""

from __future__ import annotations

import pytest

from wellread.text.review_labels import review_line


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Date of last review: 3 December 2025", ("last reviewed", "3 December 2025")),
        ("Überprüft am 3. Mai 2025", ("last reviewed", "3. Mai 2025")),
        ("Revisado em: janeiro de 2026", ("last reviewed", "janeiro de 2026")),
        ("Revisione: aprile 2026", ("last reviewed", "aprile 2026")),
        ("Τελευταία αναθεώρηση: 20 Φεβρουαρίου 2025", ("last reviewed", "20 Φεβρουαρίου 2025")),
        ("अंतिम समीक्षा: 10 फ़रवरी 2026", ("last reviewed", "10 फ़रवरी 2026")),
        ("آخر مراجعة: 1 مارس 2026", ("last reviewed", "1 مارس 2026")),
        ("最后审核：2026年3月1日", ("last reviewed", "2026年3月1日")),
        ("Data di revisione: 12/2025", ("last reviewed", "12/2025")),
        ("Data przeglądu: kwiecień 2026", ("last reviewed", "kwiecień 2026")),
        ("Дата пересмотра: март 2026", ("last reviewed", "март 2026")),
        ("Prochaine révision : mai 2027", ("next review", "mai 2027")),
        ("Updated 2025-11-20", ("updated", "2025-11-20")),
        ("Version 2, Stand 15.09.2025", ("updated", "15.09.2025")),
        ("Aktualisiert: 15.09.2025, 10:30 Uhr", ("updated", "15.09.2025")),
        ("Обновлено: 20 ноября 2025 г.", ("updated", "20 ноября 2025")),
        ("Mis à jour le 20 novembre 2025", ("updated", "20 novembre 2025")),
    ],
)
def test_line_that_dates_a_text_is_known(line: str, found: tuple[str, str]) -> None:
    assert review_line(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "It was reviewed in 2020 by two doctors.",
        "Reviewed by Dr Roe, 3 May 2025",  # the name is to be kept
        "The rules changed in March 2024",
        "Reviewed 3 May 2025 in Leeds",
        "Dengue 2024",
    ],
)
def test_line_that_says_more_is_text(line: str) -> None:
    assert review_line(line) is None
