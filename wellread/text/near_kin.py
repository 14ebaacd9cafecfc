"""Tells languages apart that are near kin, by words that only one of them writes so."""

from __future__ import annotations

import re
from collections import Counter

KIN = (frozenset({"hr", "bs", "sr"}), frozenset({"id", "ms"}), frozenset({"no", "nn", "da"}))
"""Languages that the model takes for each other, though it is sure that a text is in one of them."""

_OWN = {
    "hr": "tijekom tjedan tjedna tjedana tjedno liječnik liječnika liječniku liječnikom liječnici tlak tlaka "
    "uporaba uporabu tko netko nitko ljekarna ljekarni ljekarnik kisik kisika sustav sustava žlica žlicu "
    "točno opće uopće uvjet uvjeti uvjetima tvrtka",
    "bs": "sedmica sedmice sedmicu sedmično ljekar ljekara ljekaru ljekarom ljekari lahko lahka mehko mehka "
    "polahko historija hljeb sahat kahva hiljada općenito obezbijediti uposlenik ćelija ćelije",
    "sr": "lekar lekara lekaru lekarom lekari dete deteta deca dece decu uvek vreme vremena mleko lek lekove "
    "lekova leku posle pre gde negde ovde nedelja nedelje nedelju telo tela primer razumeti videti voleti "
    "promena promene sledeći sledeće poslednji izveštaj obaveštenje greška vrednost vrednosti zahteva",
    "id": "karena bisa dokter obat pasien bahwa kesehatan perawat setelah adalah rumah perawatan apakah kalau "
    "saat gejalanya berkas galat antarmuka diizinkan tanggal",
    "ms": "kerana doktor ubat ubat-ubatan pesakit bahawa kesihatan jururawat selepas ialah rawatan hospital "
    "kanak-kanak mesti sekiranya hendaklah perubatan simptom manakala awak fail ralat dibenarkan tarikh "
    "semasa",
    "da": "af efter nogle noget meget blive bliver læge lægen lægens gør hvad mellem uden tage ud måde uge uger "
    "nej dig mig lige mod køre kun sygehus hovedpine",
    "no": "av etter noen noe mye bli blir lege legen legens gjør hva mellom uten ta ut måte uke uker nei deg "
    "meg like mot kjøre sykehus hodepine",
    "nn": "ikkje eg frå ein eit dei noko nokon meir mykje vere vert berre heile sjå òg korleis kva kven då bør dykk",
}
"""Words of each language that none of its kin has."""

_LEAST = 3
"""Words of its own that a text has at least, where it is told."""
_TIMES = 4
"""How often more than the next one's; a Croatian text has a word of Bosnian here and there."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def tell_apart(text: str, kin: frozenset[str]) -> str:
    """Return the code of the one of some near kin whose own words a text has, or "" where that is not sure.

    >>> tell_apart("Za vrijeme liječenja liječnik mjeri tlak svaki tjedan.", KIN[0])
    'hr'
    >>> tell_apart("Pesakit mesti makan ubat selepas makan, kerana itu.", KIN[1])
    'ms'
    """
    words = Counter(_WORD.findall(text.lower()))
    counts = [(sum(words[word] for word in _OWN[code].split()), code) for code in kin]
    (most, code), (next_most, _) = sorted(counts, reverse=True)[:2]
    return code if most >= _LEAST and most >= _TIMES * next_most else ""
