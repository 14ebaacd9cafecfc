"""Titles that name no subject."""

from __future__ import annotations

import pytest

from wellread.articles.titles import names_no_subject


@pytest.mark.parametrize(
    "title",
    [
        "Patient information",
        "Patients' information leaflet",
        "Information for patients and carers",
        "Untitled document",
        "[Article title here]",
        "Click or tap here to enter text.",
        "Patienteninformation",
        "Información para pacientes",
        "Royal Park Hospital",
        "Hospital of St Anne",
        "Park and Hill University Hospitals NHS Foundation Trust",
        "Universitätsklinikum Neustadt",
        "CHU de Neuville",
        "Overview",
    ],
)
def test_name_of_a_kind_of_text_or_of_a_hospital_is_no_subject(title: str) -> None:
    assert names_no_subject(title)


@pytest.mark.parametrize(
    "title",
    [
        "Patient information: hay fever",
        "Information for carers of people with asthma",
        "Your stay in hospital",
        "Day Hospital",
        "Fracture Clinic",
        "Hospital passport",
        "Surgery at the Royal Infirmary",
        "General anaesthetic",
        "St John's wort",
        "Hôpital de jour",
        "Text neck",
    ],
)
def test_title_that_names_a_subject_is_one(title: str) -> None:
    assert not names_no_subject(title)
