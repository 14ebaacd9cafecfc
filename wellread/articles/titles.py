"""Tells titles and headings that name no subject: "Overview", "Patient information", the name of a hospital."""

from __future__ import annotations

import re

from wellread.articles.anchors import slug, without_number
from wellread.articles.bare_lists import is_section_name

_VAGUE = frozenset(
    "introduction intro overview general general-information information more-information further-information "
    "additional-information other-information more more-details further-details details other others miscellaneous "
    "untitled heading new-heading title section text content contents conclusion "
    "einleitung einführung übersicht überblick allgemeines weitere-informationen sonstiges "
    "introducción información-general más-información otros conclusión "
    "aperçu informations-générales plus-dinformations autres "
    "introduzione panoramica altre-informazioni altro introdução visão-geral mais-informações outros "
    "مقدمة المزيد-من-المعلومات معلومات-عامة".split()
)
_MOST_WORDS = 2
"""Words of a title that is only what sections are called, "Side effects"; "Causes of gout" names its subject."""
_BETWEEN_NAMES = re.compile(r",?\s+(?:and|und|y|et|e|en|&)\s+|,\s+", re.IGNORECASE)
_COUNTED = re.compile(r"(?:(?:section|part|chapter|heading|page|abschnitt|teil|kapitel|sección|parte|partie)-?)?\d+")

_KIND_OF_TEXT = re.compile(
    r"(?:(?:a|the|your|this|our|new|blank|draft|sample|example|insert|enter|add|type|click (?:or tap )?here to"
    r"|untitled)\s+)*"
    r"(?:article|page|post|document|leaflet|fact ?sheet|brochure|booklet|handout|flyer|poster|template|title|text"
    r"|information(?: sheet| leaflet| booklet| for patients(?: and (?:families|carers|relatives|visitors))?)?"
    r"|(?:patient|health)(?:s['’]|['’]s)? (?:information|education|advice|guide|leaflet|handout)"
    r"(?: (?:sheet|leaflet|booklet|handout|series|guide))?|(?:article|page|document|leaflet) title)(?:\s+here)?"
    r"|patienteninformation(?:en)?|informationsblatt|merkblatt|aufklärungsbogen"
    r"|(?:fiche )?(?:d['’])?information (?:du |au |des |aux |pour les? )?patients?"
    r"|(?:hoja|folleto) informativ[ao]|información (?:para|al) (?:el |los )?pacientes?(?: y familiares)?"
    r"|informaç(?:ão|ões) (?:para|ao|aos) (?:o |os )?(?:doente|utente|paciente)s?"
    r"|foglio informativo|informazioni per (?:il paziente|i pazienti)|pati[eë]nteninformatie|patientinformation"
    r"|pasientinformasjon|potilasohje|informacja dla pacjent(?:a|ów)|informace pro pacienty",
    re.IGNORECASE,
)
"""What texts for patients are called, in twelve languages, and what templates say where a title belongs."""
_PARTICLES = "of|and|the|de|del|della|di|da|do|dos|das|des|du|la|le|les|van|der|den|für|und|y|e|et"
_NAME = rf"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|{_PARTICLES}|&)"
_INSTITUTION = re.compile(
    rf"(?:{_NAME}[ ,]+)*(?:NHS (?:Foundation )?Trust|Hospitals? Trust|(?:Teaching )?Health Board|Health Authority)"
    rf"|(?:{_NAME} )*(?:University|General|Royal|Memorial|Regional|Children['’]s|St\.?|Saint|County|Teaching)"
    rf"(?: {_NAME})*? (?:Hospitals?|Infirmary|Medical Cent(?:er|re))|Hospitals? of(?: {_NAME})+"
    rf"|(?:Universitätsk|K)linikum(?: {_NAME})+|(?:Centre hospitalier|CHU|CHRU)(?: {_NAME})+"
    rf"|Hospital (?:General|Universitari[ao]|Universitário|Clínico|Regional)(?: {_NAME})*"
    rf"|Azienda [Oo]spedaliera(?: {_NAME})*"
)
"""The name of a hospital or of who runs some; "Fracture Clinic" and "Day Hospital" may be subjects."""


def names_no_subject(title: str) -> bool:
    """Tell whether a title does not say what its text is about.

    >>> names_no_subject("Patient information leaflet"), names_no_subject("Royal Park Hospital NHS Trust")
    (True, True)
    >>> names_no_subject("Patient information: hay fever"), names_no_subject("Your stay in hospital")
    (False, False)
    """
    names = [*filter(None, _BETWEEN_NAMES.split(title))]
    only_sections = names and all(is_section_name(name) and len(name.split()) <= _MOST_WORDS for name in names)
    called = title.strip(" .:–-[]{}<>()*_")
    kind = _KIND_OF_TEXT.fullmatch(called) or _INSTITUTION.fullmatch(called)
    return says_nothing(title) or bool(only_sections) or kind is not None


def says_nothing(heading: str) -> bool:
    """Tell whether a heading only says what any text has, as "Introduction" does, or counts."""
    name = slug(without_number(heading))
    return name in _VAGUE or not name or _COUNTED.fullmatch(name) is not None
