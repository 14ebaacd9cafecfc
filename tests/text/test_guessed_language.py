"""Tells the language of a text by its words only where that is sure."""

import re
from pathlib import Path

import pytest

from wellread.articles.library import read_kb
from wellread.text.guessed_language import guess_language, languages_beside

SLOVAK = (
    "Astma je dlhodobé ochorenie priedušiek. Pri záchvate sa priedušky zúžia a človek ťažko dýcha. Úľavový inhalátor "
    "noste vždy pri sebe. Ak sa dýchanie nezlepší do pätnástich minút, volajte záchrannú službu."
)
ESTONIAN = (
    "Astma on pikaajaline hingamisteede haigus. Hoo ajal hingamisteed ahenevad ja inimesel on raske hingata. Kandke "
    "kiiretoimelist inhalaatorit alati kaasas. Kui hingamine viieteistkümne minuti jooksul ei "
    "parane, helistage kiirabisse."
)
BULGARIAN = (
    "Астмата е продължително заболяване на дихателните пътища. При пристъп дихателните пътища се стесняват и човек "
    "диша трудно. Носете винаги със себе си инхалатора за бърза помощ. Не пушете и избягвайте праха."
)
CATALAN = (
    "L'asma és una malaltia crònica de les vies respiratòries. Durant una crisi les vies s'estrenyen i a la persona li "
    "costa respirar. Porteu sempre a sobre l'inhalador de rescat. Si la respiració no millora, truqueu a urgències."
)
BOSNIAN = (
    "Astma je dugotrajna bolest disajnih puteva. Tokom napada disajni putevi se sužavaju i čovjek teško diše. "
    "Inhalator za brzu pomoć uvijek nosite sa sobom. Ako se disanje ne popravi, pozovite hitnu pomoć."
)
TIGRINYA = (
    "አስማ ናይ መተንፈሲ መትረብ ነዊሕ ዝጸንሕ ሕማም እዩ። ኣብ ግዜ መጥቃዕቲ መትረብ ምስትንፋስ ይጸብብ እሞ ሰብ ንምስትንፋስ ይጽገም። መተንፈሲ መድሃኒትካ ኩሉ ግዜ ምሳኻ ሓዞ። "
    "ምስትንፋስ ኣብ ውሽጢ ዓሰርተ ሓሙሽተ ደቒቕ እንተዘይተመሓይሹ ኣምቡላንስ ጸውዕ። ሽጋራ ኣይትትክኽ ካብ ደሮና ድማ ርሓቕ። ሕማም እንተጸኒዑካ ናብ ሓኪም ኪድ።"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [(SLOVAK, "sk"), (ESTONIAN, "et"), (BULGARIAN, "bg"), (CATALAN, "ca")],
    ids=["sk", "et", "bg", "ca"],
)
def test_language_of_a_text_is_told_though_questions_are_not_told_in_it(text: str, code: str) -> None:
    assert guess_language(text) == (code, (f'by its words the text is in "{code}"',))


@pytest.mark.parametrize("text", [TIGRINYA, "Mg 250. " * 40], ids=["not known", "no words"])
def test_language_that_is_not_sure_is_not_told(text: str) -> None:
    assert guess_language(text) == ("", ())


def test_language_that_may_be_one_of_near_kin_is_asked_for() -> None:
    assert guess_language(BOSNIAN) == ("", ('by its words the text is in one of "bs", "hr", "sr": write which',))


KIN = {
    "hr": "Liječnik će vam jednom tjedno izmjeriti tlak. Uvijek nosite inhalator. Ako se disanje ne popravi za "
    "petnaest minuta, nazovite hitnu pomoć. Tijekom napadaja dišni se putovi suze i čovjek teško diše, pa "
    "sjednite uspravno.",
    "sr": "Lekar će vam posle dve nedelje izmeriti pritisak. Uvek nosite inhalator sa sobom. Ako se disanje ne "
    "popravi, pozovite hitnu pomoć. Tokom napada disajni putevi se sužavaju i dete teško diše, pa sedite "
    "uspravno.",
    "bs": "Ljekar će vam jednom sedmično izmjeriti pritisak. Uvijek nosite inhalator sa sobom. Ako se disanje "
    "ne popravi, pozovite hitnu pomoć. Nakon dvije sedmice dođite na pregled, a ljekar odlučuje šta treba "
    "dalje.",
    "id": "Dokter akan memeriksa kesehatan Anda karena obat bisa berubah. Selalu bawa obat pelega. Jika napas "
    "tidak membaik setelah lima belas menit, hubungi ambulans. Saat serangan, saluran napas menyempit dan "
    "duduklah tegak.",
    "ms": "Doktor akan memeriksa kesihatan anda kerana ubat mungkin berubah. Sentiasa bawa ubat pelega. Jika "
    "pernafasan tidak pulih selepas lima belas minit, hubungi ambulans. Semasa serangan, duduk tegak dan "
    "tarik nafas perlahan.",
    "ar": "الربو مرض مزمن يصيب المسالك الهوائية. أثناء النوبة تضيق المسالك ويصعب على المريض أن يتنفس. احمل "
    "دائما البخاخ معك. إذا لم يتحسن التنفس خلال خمس عشرة دقيقة فاتصل بالإسعاف. يخبرك الطبيب متى تعود إليه "
    "وكيف تأخذ الدواء.",
    "mr": "दमा हा श्वसनमार्गाचा दीर्घकाळ चालणारा आजार आहे. झटका आल्यावर श्वसनमार्ग अरुंद होतो आणि रुग्णाला "
    "श्वास घेणे कठीण जाते. इनहेलर नेहमी सोबत ठेवा. पंधरा मिनिटांत श्वास सुधारला नाही तर रुग्णवाहिका "
    "बोलवा. औषध डॉक्टर सांगतील.",
}


@pytest.mark.parametrize("code", KIN)
def test_near_kin_are_told_apart_by_words_that_only_one_of_them_has(code: str) -> None:
    assert guess_language(KIN[code])[0] == code


ENGLISH = (
    "In an attack the airways narrow and it is hard to breathe. Always carry your inhaler with you. If your breathing "
    "is no better after fifteen minutes, call an ambulance. The doctor will tell you when to come back. "
)
WELSH = (
    "Mewn pwl mae'r llwybrau'n culhau ac mae'n anodd anadlu. Cariwch eich anadlydd gyda chi bob amser. Os nad yw eich "
    "anadlu'n well ar ôl pymtheg munud, ffoniwch am ambiwlans. Bydd y meddyg yn dweud wrthych pryd i ddod yn ôl. "
)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (3 * ENGLISH + 3 * WELSH, "en", r'"en" and "cy" \(as in "… [^"]+ …"\), and "en", the first one, is taken'),
        (3 * WELSH + 3 * ENGLISH, "cy", '"cy" and "en" .*, and "cy", the first one, is taken'),
        (40 * ENGLISH + 40 * WELSH, "en", '"en" and "cy" .*, and "en", the first one, is taken'),
        (3 * (ENGLISH + WELSH), "", '"cy" and "en", and none is taken'),
        (7 * ENGLISH + 3 * WELSH, "en", '"en" and "cy" .*, and "en", the larger one, is taken'),
    ],
    ids=["halves", "halves turned", "long halves", "in turns", "more English"],
)
def test_text_in_two_languages_is_told_of(text: str, code: str, said: str) -> None:
    found, (note,) = guess_language(text)
    assert found == code
    assert re.fullmatch(f"by its words the text is in {said}: make an article of each", note)


@pytest.mark.parametrize("named", ["en-GB", "cy"])
def test_language_that_a_file_names_is_the_first_of_two_halves(named: str) -> None:
    found, (note,) = languages_beside(3 * ENGLISH + 3 * WELSH, named)
    assert found == {"cy": "en"}.get(named, named)
    assert '"en", the first one, is taken' in note


@pytest.mark.parametrize(
    "text",
    [
        9 * ENGLISH + WELSH,
        9 * ENGLISH + "Metformin 500 mg, Gliclazid 80 mg, Ramipril 5 mg, Simvastatin 40 mg, Bisoprolol 2.5 mg. " * 4,
        3 * ENGLISH,
    ],
    ids=["a paragraph of another", "names of medicines", "one"],
)
def test_language_that_a_file_names_is_kept_without_a_note_where_the_rest_is_small(text: str) -> None:
    assert languages_beside(text, "en-GB") == ("en-GB", ())


def test_language_that_a_text_only_quotes_is_passed_over() -> None:
    assert guess_language(5 * ENGLISH + "Polski, Română, العربية, 中文, Soomaali, Cymraeg")[0] == "en"


def test_article_in_one_of_near_kin_is_to_say_which(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Astma\n\n" + BOSNIAN, "utf-8")
    article = read_kb(tmp_path)[0]
    assert article.language == ""
    assert [(note.code, note.message) for note in article.notes if note.code.startswith("language")] == [
        (
            "language-unsure",
            'the article names no language: by its words the text is in one of "bs", "hr", "sr": write which',
        )
    ]
