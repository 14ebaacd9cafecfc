"""Lines that only say when a text was reviewed, in many languages."""

from __future__ import annotations

import pytest

from wellread.text.review_labels import labelled_dates, review_line


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Date of last review: 3 December 2025", ("last reviewed", "3 December 2025")),
        ("Reviewed and updated on 12 August 2025", ("last reviewed", "12 August 2025")),
        ("rev. 12 Aug 2025", ("last reviewed", "12 Aug 2025")),
        ("Last reviewed: 12.08.25", ("last reviewed", "12.08.25")),
        ("Review date: March 2028", ("review date", "March 2028")),
        ("Review: June 2028", ("review date", "June 2028")),
        ("Next review due: Q3 2028", ("next review", "Q3 2028")),
        ("To be reviewed by: 08/2028", ("next review", "08/2028")),
        ("Review before 31 August 2028", ("next review", "31 August 2028")),
        ("À relire avant le 3 mai 2028", ("next review", "3 mai 2028")),
        ("Überarbeitet am 12.08.25", ("updated", "12.08.25")),
        ("Nächste Überarbeitung: 2. Quartal 2028", ("next review", "2. Quartal 2028")),
        ("Da rivedere entro maggio 2028", ("next review", "maggio 2028")),
        ("Rever até maio de 2028", ("next review", "maio de 2028")),
        ("Termin następnego przeglądu: maj 2028", ("next review", "maj 2028")),
        ("Sonraki gözden geçirme: Mart 2028", ("next review", "Mart 2028")),
        ("Ngày xem lại: 12/08/2025", ("last reviewed", "12/08/2025")),
        ("Lần xem lại tiếp theo: tháng 5/2028", ("next review", "tháng 5/2028")),
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
        ("Ultima revizuire: 5 martie 2025", ("last reviewed", "5 martie 2025")),
        ("Următoarea revizuire: martie 2027", ("next review", "martie 2027")),
        ("Felülvizsgálva: 2025. március 5-én", ("last reviewed", "2025. március 5")),
        ("Következő felülvizsgálat: 2027. március", ("next review", "2027. március")),
        ("Naposledy zkontrolováno 5. března 2025", ("last reviewed", "5. března 2025")),
        ("Příští revize: březen 2027", ("next review", "březen 2027")),
        ("Tarkistettu viimeksi 5.3.2025", ("last reviewed", "5.3.2025")),
        ("Seuraava tarkistus: maaliskuu 2027", ("next review", "maaliskuu 2027")),
        ("Paskutinį kartą peržiūrėta 2025 m. kovo 5 d.", ("last reviewed", "2025 m. kovo 5")),
        ("Sljedeći pregled: ožujak 2027.", ("next review", "ožujak 2027")),
        ("Следващ преглед: март 2027", ("next review", "март 2027")),
        ("Востаннє переглянуто 5 березня 2025 р.", ("last reviewed", "5 березня 2025")),
        ("Son gözden geçirme tarihi: 5 Mart 2025", ("last reviewed", "5 Mart 2025")),
        ("5 Mart 2025 tarihinde güncellendi", ("updated", "5 Mart 2025")),
        ("Nästa granskning: 2027-02-03", ("next review", "2027-02-03")),
        ("Zadnji pregled: 3. 2. 2026", ("last reviewed", "3. 2. 2026")),
        ("Последен преглед: 18.09.2025 г.", ("last reviewed", "18.09.2025")),
        ("Следен преглед: 18.09.2027", ("next review", "18.09.2027")),
        ("Poslednja provera: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Naredni pregled: 3.2.2028", ("next review", "3.2.2028")),
        ("Viimane ülevaatus: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Nākamā pārbaude: 3.2.2028", ("next review", "3.2.2028")),
        ("Paskutinis patikrinimas: 2026-02-03", ("last reviewed", "2026-02-03")),
        ("Остання перевірка: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Seneste gennemgang: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Opdateret d. 3. maj 2025", ("updated", "3. maj 2025")),
        ("Senest revideret pr. 3. maj 2025", ("last reviewed", "3. maj 2025")),
        ("Sist gjennomgått d. 3. mai 2025", ("last reviewed", "3. mai 2025")),
        ("Rishikimi i fundit: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Ir-reviżjoni li jmiss: 3.2.2028", ("next review", "3.2.2028")),
        ("An chéad athbhreithniú eile: 3.2.2028", ("next review", "3.2.2028")),
        ("Τελευταίος έλεγχος: 3.2.2026", ("last reviewed", "3.2.2026")),
        ("Ultima modifica: 12/03/2025", ("updated", "12/03/2025")),
        ("تاريخ المراجعة التالية: 5 آذار 2027", ("next review", "5 آذار 2027")),
        ("עודכן לאחרונה: 5 במרץ 2025", ("updated", "5 במרץ 2025")),
        ("अगली समीक्षा: मार्च 2027", ("next review", "मार्च 2027")),
        ("Lần xem xét tiếp theo: tháng 3 năm 2027", ("next review", "tháng 3 năm 2027")),
        ("Tinjauan berikutnya: Maret 2027", ("next review", "Maret 2027")),
        ("下次审核：2027年3月", ("next review", "2027年3月")),
        ("2025年3月5日更新", ("updated", "2025年3月5日")),
        ("최종 검토일: 2025년 3월 5일", ("last reviewed", "2025년 3월 5일")),
        ("ทบทวนครั้งต่อไป มีนาคม 2570", ("next review", "มีนาคม 2570")),
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
        "Next check-up: 12 May 2027",
        "Updated guidance in May 2024 says to wait",
        "Die nächste Impfung ist im März 2027",
        "5 March 2025 review of cases found",
        "Ab dem 1. Januar 2025 geändert",
    ],
)
def test_line_that_says_more_is_text(line: str) -> None:
    assert review_line(line) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Giltigt från: 2025-02-03 Version: 3 Senast granskad: 2025-02-04 Nästa granskning: 2027-02-03",
            [("", "2025-02-03"), ("last reviewed", "2025-02-04"), ("next review", "2027-02-03")],
        ),
        ("Created 3.5.2024 · geprüft 4.6.2025", [("", "2024-05-03"), ("last reviewed", "2025-06-04")]),
        ("Published: May 2024 Review date: May 2027", [("", "2024-05-01"), ("review date", "2027-05-01")]),
        ("2025-03-05 [Actualitzat :: 2025-03-06]", [("", "2025-03-05"), ("updated", "2025-03-06")]),
        (
            "3.5.2025 geprüft, 3.5.2027 nächste Prüfung",
            [("last reviewed", "2025-05-03"), ("next review", "2027-05-03")],
        ),
        ("Reviewed by: Dr Roe Valid from: 3 May 2025", [("", "2025-05-03")]),
        (
            "Last reviewed 3 May 2025, next review 3 May 2028",
            [("last reviewed", "2025-05-03"), ("next review", "2028-05-03")],
        ),
    ],
)
def test_each_date_of_a_line_has_the_label_that_stands_before_it(line: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, str(one.days and one.days.first)) for one in labelled_dates(line)] == found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Versjon 3 · Sist revidert: 12. mars 2026", "last reviewed"),
        ("Ausgabe 2, aktualisiert am 12. März 2026", "updated"),
        ("Mis à jour et relu le 12 mars 2026", "last reviewed"),
        ("Geprüft und aktualisiert: 12.3.2026", "last reviewed"),
    ],
)
def test_version_and_a_second_label_may_stand_before_the_date(line: str, kind: str) -> None:
    found = review_line(line)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("line", ["Doses reviewed and new in May 2025", "Reviewed and next review: May 2027"])
def test_other_words_beside_a_label_are_no_second_one(line: str) -> None:
    assert (review_line(line) or ("", ""))[0] != "last reviewed"


def test_next_review_behind_an_and_is_sure() -> None:
    line = "This sheet was reviewed by our team on 30 April 2025 and will be reviewed again by April 2028."
    *_, last = labelled_dates(line)
    assert (last.kind, last.only) == ("next review", True)
    line = "Your blood pressure was checked on 3 May 2025 and must be checked again by 3 June 2025."
    assert not any(one.only for one in labelled_dates(line))


@pytest.mark.parametrize("day", ["2 nd February 2026", "2nd February 2026", "2 February 2026"])
def test_day_with_a_raised_ending_is_the_day(day: str) -> None:
    (found,) = labelled_dates(f"Reviewed: {day}")
    assert found.days is not None
    assert str(found.days.first) == str(found.days.last) == "2026-02-02"
