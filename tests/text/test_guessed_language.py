"""Tells the language of a text by its words only where that is sure."""

import pytest

from wellread.text.guessed_language import guess_language

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
    assert guess_language(text) == (code, (f'the language was told by the words: "{code}"',))


@pytest.mark.parametrize("text", [BOSNIAN, TIGRINYA, SLOVAK + " " + ESTONIAN], ids=["near kin", "not known", "mixed"])
def test_language_that_is_not_sure_is_not_told(text: str) -> None:
    assert guess_language(text) == ("", ())
