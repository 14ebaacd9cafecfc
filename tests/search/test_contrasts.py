"""Which headings name the other side of what a question names, which the same, and which say nothing about it."""

from __future__ import annotations

import pytest

from wellread.search.contrasts import contrast

OTHER, NEITHER, SAME = -1, 0, 1

CASES = [
    # High and low: only of the same thing.
    ("what to do about high blood sugar", "Low blood sugar", (), OTHER),
    ("what to do about high blood sugar", "High blood sugar", (), SAME),
    ("what to do about high blood sugar", "Low blood pressure", (), NEITHER),
    ("my sugar is too high", "Low blood sugar", (), OTHER),
    ("my blood sugar level was low this morning", "Low blood sugar", (), SAME),
    ("high and low blood sugar", "Low blood sugar", (), NEITHER),
    ("hypoglycaemia at night", "High blood sugar", (), OTHER),
    ("hypoglycaemia at night", "Low blood sugar", (), SAME),
    ("can a hypo make me shake", "Low blood sugar", (), SAME),
    ("can a hypo make me shake", "Hyperglycaemia", (), OTHER),
    ("hypertension and salt", "Low blood pressure", (), OTHER),
    ("hypertension and salt", "High blood pressure", (), SAME),
    ("hyperkalaemia", "Hypokalaemia", (), OTHER),
    ("hyperkalemia", "Low potassium", (), OTHER),
    ("hyperthyroidism", "Underactive thyroid", (), OTHER),
    ("overactive thyroid and eyes", "Overactive thyroid", (), SAME),
    ("my thyroid is underactive", "Overactive thyroid", (), OTHER),
    ("overactive bladder", "Underactive thyroid", (), NEITHER),
    ("low sugar drinks", "High blood sugar", (), NEITHER),
    ("high or low blood pressure, which is worse", "High blood pressure", (), NEITHER),
    # Types.
    ("does type 2 diabetes need insulin", "Type 1 diabetes", (), OTHER),
    ("does type 1 diabetes need insulin", "Type 1 diabetes", ("Insulin",), SAME),
    ("t2dm and fruit", "Type 1 diabetes", (), OTHER),
    ("type ii diabetes", "Diabetes", ("Type 2",), SAME),
    ("type one or type two", "Type 1 diabetes", (), NEITHER),
    ("diabetes", "Type 1 diabetes", (), NEITHER),
    # Ages.
    ("what do I do when a baby is choking?", "Choking", ("Child of 1 to 8 years", "Step 2: belly thrusts"), OTHER),
    ("what do I do when a baby is choking?", "Choking", ("Baby under 1 year", "Step 2: back blows"), SAME),
    ("how do I help a choking infant?", "Choking", ("Children from 1 year",), OTHER),
    ("my 2 year old is choking", "Choking", ("Baby under 1 year",), OTHER),
    ("my 2 year old is choking", "Choking", ("Child of 1 to 8 years",), SAME),
    ("my 8 month old has a fever", "Fever in adults", (), OTHER),
    ("my 8 month old has a fever", "Fever", ("Babies",), SAME),
    ("my 18mnth old is itching", "Chickenpox", ("Toddlers",), SAME),
    ("my son is 7, how much ibuprofen", "Ibuprofen for adults", (), OTHER),
    ("my son is 7, how much ibuprofen", "Ibuprofen for children", (), SAME),
    ("my son is 35, how much ibuprofen", "Ibuprofen for children", (), OTHER),
    ("my son is 7 kg, how much ibuprofen", "Ibuprofen for children", (), SAME),
    ("how much paracetamol for an adult", "Paracetamol for children", (), OTHER),
    ("how much paracetamol for a child", "Paracetamol", ("Adults and children over 12",), NEITHER),
    ("my daughter is 14", "Paracetamol", ("Adults and children over 12",), SAME),
    ("my husband has asthma", "Asthma in children", (), OTHER),
    ("my husband has asthma", "Asthma in adults", (), SAME),
    ("my baby has a fever", "Fever in children", (), NEITHER),
    ("my child has reflux", "Reflux in babies", (), NEITHER),
    ("a grown-up dose", "Ibuprofen for children", (), OTHER),
    ("I'm 8 months pregnant, is it safe for the baby", "Ibuprofen for children", (), OTHER),
    ("can I take ibuprofen while breastfeeding my baby", "Ibuprofen for children", (), NEITHER),
    ("after having a baby I am sore", "Pain in children", (), NEITHER),
    ("my mum says my baby has colic", "Colic", ("Babies",), SAME),
    ("child or adult dose", "Ibuprofen for children", (), NEITHER),
    ("he has had a cough for 3 weeks", "Cough in adults", (), NEITHER),
    # Before and after.
    ("what can I eat before my operation", "Hip replacement", ("After the operation",), OTHER),
    ("what can I eat before my operation", "Hip replacement", ("Preparing for your operation",), SAME),
    ("how long is recovery after surgery", "Hip replacement", ("Before your operation",), OTHER),
    ("walking after a hip replacement", "Hip replacement", ("Recovery",), SAME),
    ("before meals", "Insulin", ("After meals",), OTHER),
    ("after meals", "Gastroscopy", ("Before the test",), NEITHER),
    # What must be done, and what must not.
    ("what must I not put on a burn?", "Burns", ("What to do",), OTHER),
    ("what must I not put on a burn?", "Burns", ("What not to do",), SAME),
    ("what should I do with a burn?", "Burns", ("What not to do",), OTHER),
    ("what should I do with a burn?", "Burns", ("What to do",), SAME),
    ("which foods should I avoid with gout", "Gout", ("Foods to eat",), OTHER),
    ("which foods should I avoid with gout", "Gout", ("Foods to avoid",), SAME),
    ("what can I eat with gout", "Gout", ("Avoid",), OTHER),
    ("what should I not eat with gout", "Gout", ("What to eat",), OTHER),
    ("what shouldn't I eat with gout", "Gout", ("What to eat",), OTHER),
    ("who should not take naproxen", "Naproxen", ("Who can take naproxen",), OTHER),
    ("who should not take naproxen", "Naproxen", ("Who should not take naproxen",), SAME),
    ("what should I do if it does not stop", "Nosebleeds", ("What to do",), SAME),
    ("how can I avoid catching it", "Measles", ("What to do",), NEITHER),
    ("what to do and what not to do", "Burns", ("What not to do",), NEITHER),
    ("what must I not put on a burn?", "Burns", ("Cover the burn",), NEITHER),
    # Words.
    ("severe croup", "Croup", ("Mild croup",), OTHER),
    ("mild croup", "Croup", ("Mild to severe croup",), SAME),
    ("acute pancreatitis", "Chronic pancreatitis", (), OTHER),
    ("chronic pancreatitis", "Chronic pancreatitis", (), SAME),
    ("chest pain in women", "Chest pain", ("Men",), OTHER),
    ("my wife has chest pain", "Chest pain", ("In women",), SAME),
    ("can I take it when pregnant", "Codeine", ("Breastfeeding",), OTHER),
    ("can I take it when pregnant", "Codeine", ("Pregnancy and breastfeeding",), SAME),
    ("while breastfeeding", "Codeine", ("Pregnancy",), OTHER),
    ("is bacterial tonsillitis catching", "Viral sore throat", (), OTHER),
    ("dry cough", "Chesty cough", (), OTHER),
    ("preventer side effects", "Asthma", ("Reliever inhaler",), OTHER),
    # Several at once: the wrong side of one is wrong.
    ("my 2 year old has low blood sugar", "Low blood sugar", ("Adults",), OTHER),
    ("my 2 year old has low blood sugar", "Low blood sugar", ("Children",), SAME),
    ("", "", (), NEITHER),
    ("how long does it last", "Migraine", ("How long it lasts",), NEITHER),
]


@pytest.mark.parametrize(("question", "title", "path", "side"), CASES)
def test_a_heading_names_the_other_side_or_the_same(
    question: str, title: str, path: tuple[str, ...], side: int
) -> None:
    assert contrast(question, title, path) == side
    assert contrast(question.upper(), title, path) == side


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60
