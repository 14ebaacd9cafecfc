"""The emergencies that no classifier may overlook: a small table of what people write when one of them is happening.

A rule is a pattern and what speaks against it. Both are looked for in the question in lower case without apostrophes.
The rules are for what is written most plainly; all else is the classifier's, so that a rule can be read at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wellread.datatypes import EmergencyKind

_NOT_NOW = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:years?|months?|weeks?) (?:ago|back)\b|\blast (?:year|month|week|winter|summer|spring)\b"
    r"|\b(?:as|when i was|was) an? (?:child|kid|teen|teenager|toddler|baby|boy|girl)\b|\bused to\b"
    r"|\b(?:lol|haha|rates?|statistics|prevent\w*|hazards?|risks?|training|for school|myth|meaning)\b"
    r"|\b(?:what|how|why) (?:is|are|do|does|did|to|can|happens|would)\b.*\b(?:if|when|someone|somebody|people|a)\b"
    r"|^(?:which|how can you|what do they) |\b(?:signs?|symptoms?)\?|\bnever thought\b"
    r"|\b(?:what if|in case|suppose|imagine|scared of|afraid of|worried about|fear of)\b"
)
"""What tells of the past, or of something only thought of."""

_STORY = re.compile(
    r"\b(?:films?|movies?|songs?|lyrics|books?|novels?|essays?|homework|exam|course|poster|leaflet)\b"
    r"|\b(?:nurs\w+ student|article|joke)\b"
)
"""What tells of a story."""

_NUMBER = r"(?:1[0-9]|[2-9][0-9]|[1-4][0-9][0-9]|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|dozens?(?: of)?)"
_TAKEN = r"(?:took|taken|take|swallow|swallowed|ate|eaten|eat|popped|necked|downed|drank|drunk|had|gave|given|got)"
_PILLS = (
    r"(?:pills?|tablets?|tabs|capsules?|paracetamols?|panadols?|tylenols?|aspirins?|ibuprofens?|nurofens?|advils?"
    r"|codeines?|co[- ]?codamols?|pain ?killers?|tramadols?|sleepers|sleeping \w+|antidepressants?|sertralines?"
    r"|amitriptylines?)"
)
_ALL_OF = r"(?:every|all|whole|entire|full|most of|half|too many|to many|too much|the lot)"
_PACK = (
    r"(?:pills?|tablets?|tabs|strip|box|bottle|pack|packet|blisters?|bottles|boxes|medicines?|meds|medication|cabinet)"
)
_MEDICINES = (
    rf"(?:{_PILLS}|medicines?|meds|warfarins?|insulin|metformins?|diazepams?|valiums?|morphine|methadone|lithium|digoxin"
    r"|(?:levo)?thyroxine|propranolols?|naproxens?|antihistamines?|calpol|blood thinners?)"
)
_ONE = (
    r"(?:half|whole|full|entire)(?: of)?(?: an?| the| one| my| his| her)? (?:pill|tablet|tab|capsule)\b(?! bottle| box)"
)
_NOT_WANTED = r"(?<!going to )(?<!want to )(?<!wants to )(?<!about to )(?<!gonna )(?<!wanna )(?<!will )(?<!ll )"
"""What stands before a habit ("I take all my tablets at breakfast"), and not before a plan."""

_SELF = r"(?:my ?self|him ?self|her ?self|them ?sel\w+)"
_THEY = r"(?:he|she|hes|shes|they|it|baby|newborn|mum|mom|dad|nan|gran|wife|husband|son|daughter|child|friend|man|kid)"
_BREATHING = r"breath?(?:e|es|ing|ng)?"


@dataclass(frozen=True, slots=True)
class Rule:
    """A question is of this kind where `pattern` is found, unless `but` is."""

    kind: EmergencyKind
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None = None


def _rule(kind: EmergencyKind, pattern: str, but: str = "") -> Rule:
    return Rule(kind, re.compile(pattern), re.compile(but) if but else None)


RULES: Sequence[Rule] = (
    # A wish to die, or harm that somebody does to themselves.
    _rule(
        "self_harm",
        r"\b(?:want|wanna|wish|going|gonna|plan|need|decided|ready|like|about|of|will|to|tried|he'?ll|she'?ll) "
        rf"(?:to )?(?:die\b|be dead|kill(?:ing)? {_SELF}|hang(?:ing)? {_SELF}|drown(?:ing)? {_SELF}"
        rf"|hurt(?:ing)? {_SELF}|harm(?:ing)? {_SELF}|end(?:ing)? (?:it all|it tonight|my life|his life|her life))",
        r"\bdie (?:of|from|out)\b|\b(?:likely|going|sure|about|afraid|fear|feel like im going) to die\b"
        r"|\bthan have\b|\bmakes? me want to die\b",
    ),
    _rule(
        "self_harm",
        r"\b(?:dont|do not|no longer|not) (?:want|wanna|wish) (?:to )?(?:be here|live|exist|be alive|wake up)",
    ),
    _rule("self_harm", r"\bno (?:more )?want (?:to )?live|\bno want live|\btak(?:e|ing) my (?:own )?life\b"),
    _rule(
        "self_harm",
        r"\b(?:im|i am|feel|feeling|hes|shes|is) (?:so |very |really )?suicidal\b",
        r"^(?:what|how|when|why)\b",
    ),
    _rule("self_harm", r"\bbetter off (?:dead|without me)\b"),
    _rule(
        "self_harm", r"\bno (?:point|reason|sense)(?: left)?(?: in| to| of)? (?:living|live|staying? alive|stay alive)"
    ),
    _rule(
        "self_harm",
        r"\b(?:and|to|i|hope|would) never (?:to )?wake\b|\bnot wake up (?:tomorrow|again|any ?more)\b"
        r"|\bso i (?:dont|never) wake up\b",
    ),
    _rule(
        "self_harm",
        r"\b(?:nobody|no ?one) (?:would|will|wud|ll) (?:even )?(?:miss|notice|care|know)\b.*\b(?:me|i|gone|dead)\b",
    ),
    _rule(
        "self_harm",
        r"\bhow (?:many|much)\b.{0,40}\b(?:to die|to kill (?:me|my ?self)|kills? (?:you|me)|(?:not|dont|never) wake)\b"
        r"|\bhow (?:many|much) of (?:my|these|those) \w+ (?:would it take|do i need (?:to|so))\b",
        r"\b(?:dog|cat|germs|a day|per day)\b",
    ),
    _rule(
        "self_harm",
        r"\b(?:written|wrote|left) (?:the |a |my |all )?(?:goodbye |suicide )?(?:letters?|notes?)\b.*"
        r"\b(?:goodbye|tonight|gone|end|without me)\b",
    ),
    _rule("self_harm", r"\b(?:cut|cutting|went|gone)\b.*\btoo deep\b", r"\b(?:onion|paper|nail|kitchen|hair)\w*\b"),
    _rule("self_harm", r"\b(?:cut|slit|slashed) (?:my|her|his) wrists?\b"),
    _rule(
        "self_harm", r"\b(?:on|off|from) (?:the|a) (?:bridge|ledge|roof|platform)\b.*\b(?:jump|end)|^im on the bridge"
    ),
    # An overdose that was taken, or given.
    _rule("overdose", r"\b(?:taken|took|had|has|given|gave)(?: \w+)? an overdose\b", r"\b(?:opinion|who|ever)\b"),
    _rule("overdose", r"\b(?:overdosed|odd) on\b", r"\b(?:who|ever|music|telly)\b"),
    _rule(
        "overdose",
        rf"\b(?!had|got){_TAKEN} (?:\w+ ){{0,3}}?{_ALL_OF} (?:\w+ ){{0,3}}?{_PACK}\b",
        rf"\b(?:can|do) i\b|\bshould\b|\bfinish|\b{_ONE}"
        rf"|{_NOT_WANTED}\b(?:take|eat) all (?:of )?(?:my|his|her|their|the) \w+ "
        r"(?:at|in|with|every|each|together|before|after)\b",
    ),
    _rule(
        "overdose",
        rf"\b(?!got|take\b|eat\b){_TAKEN} (?:\w+ ){{0,2}}?too? (?:many|much) (?:of )?(?:\w+ ){{0,2}}?{_MEDICINES}\b",
        r"\b(?:can|should|could|if) (?:i|you|we|he|she|they|someone)\b|\bhow (?:many|much)\b",
    ),
    _rule(
        "overdose",
        rf"\b{_TAKEN} (?:\w+ ){{0,4}}?{_NUMBER} (?:x )?(?:of )?(?:\w+ ){{0,2}}?{_PILLS}",
        r"\b(?:a day|per day|daily|every day|each day|a week|mg of|different)\b|\bmg\b",
    ),
    # No breath, no pulse, no answer.
    _rule(
        "not_breathing",
        rf"\b(?:isnt|is not|not|aint|stopped|doesnt|does not|dont|wont|no longer) {_BREATHING}\b",
        r"\bnose\b|\bin (?:her|his|my) sleep for\b|\bproperly at night\b|\bnot breathing well at night\b",
    ),
    _rule(
        "not_breathing",
        r"\b(?:no|cant (?:feel|find) (?:a|any|his|her|the)) (?:pulse|heartbeat)\b",
        r"\bscan\b|\bwatch\b",
    ),
    _rule(
        "not_breathing",
        r"\b(?:cant|cannot|can not|cudnt) (?:breathe?|breth|breath?|get (?:\w+ )?(?:breath|air))\b",
        r"\bnose\b|\bnight\b|\blaugh|\bmask\b|\bwhen i (?:run|climb|lie|exercise)|\bstairs\b|\bswim",
    ),
    _rule("not_breathing", rf"\b{_THEY} (?:has |have |is |just )*(?:gone |turned |turning |going )(?:blue|purple)\b"),
    # Something in the throat now.
    _rule(
        "choking",
        r"\b(?:is|im|hes|shes|are|baby|son|daughter|wife|husband|dad|mum|now) choking\b",
        r"\bgagging or\b|\bor choking",
    ),
    _rule(
        "choking",
        r"\bstuck in (?:my|his|her|the) (?:throat|windpipe|airway)\b.*\b(?:breath|breth|sound|talk|speak|blue|help)",
    ),
    # A fit now, and nobody answers.
    _rule(
        "fit",
        r"\b(?:is|hes|shes|im|still|been|started|keeps) "
        r"(?:having a (?:fit|seizure|convulsion)|fitting|convulsing|seizing)\b",
    ),
    _rule(
        "other",
        r"\b(?:cant|cannot|wont|not) (?:be )?(?:wak(?:e|ing)(?: (?:him|her|them|it|mum|dad|up))|rous(?:e|ing))\b",
        r"\bfor school\b|\bin the morning\b|\bnight feed",
    ),
    _rule("stroke", r"\b(?:is|im|am|think|hes|shes)(?: \w+)? having a stroke\b"),
    _rule(
        "chest_pain",
        r"\bhaving a heart attack\b|\belephant (?:is )?(?:sitting )?on my chest\b",
        r"\bafter having\b|\bof having\b",
    ),
    _rule(
        "bleeding",
        r"\b(?:wont|doesnt|not|cant|cannot) stop (?:the )?bleeding\b"
        r"|\b(?:blood|its|it is) (?:is )?(?:pumping|spurting|squirting|gushing)\b",
        r"\bgums?\b|\bpiles\b",
    ),
    _rule(
        "allergy",
        r"\b(?:throat|tongue) (?:is )?(?:closing|swelling|getting (?:bigger|tighter)|swollen)\b",
        r"\bsore\b|\bglands?\b",
    ),
)
"""Every rule, the gravest kinds first."""


def rule_kind(question: str) -> EmergencyKind | None:
    """The kind of emergency that a question plainly tells of, or None."""
    text = re.sub(r"['’‘]", "", question.lower())
    if _STORY.search(text):
        return None
    past = _NOT_NOW.search(text) is not None
    for rule in RULES:
        # Who wants to die tells of the past too: "it started last year and now I want to die".
        if past and rule.kind != "self_harm":
            continue
        if rule.pattern.search(text) and not (rule.but and rule.but.search(text)):
            return rule.kind
    return None
