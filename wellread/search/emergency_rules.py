"""The emergencies that no classifier may overlook: a small table of what people write when one of them is happening.

A rule is a pattern and what speaks against it. Both are looked for in the question in lower case without apostrophes.
The rules are for what is written most plainly; all else is the classifier's, so that a rule can be read at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wellread.datatypes import EmergencyKind
from wellread.search.emergency_words import (
    ALL_OF,
    BREATHING,
    CHILD,
    CHILDREN,
    HARM,
    INGESTED,
    MEDICINES,
    NOT_WANTED,
    NUMBER,
    ONE,
    PACK,
    PILLS,
    POISON,
    SELF,
    SOMEBODYS,
    TAKEN,
    THEY,
)

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


_NOT_WISHED = re.compile(r"\b(?:dont|do not|didnt|doesnt|does not) (?:want|wish) to (?:die|be dead)\b")
"""What says the opposite of a wish to die; it is read as "fear death" beside what somebody feels in the body.

Alone, "I don't want to die, I just want the pain to stop", it is said by who may do so.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A question is of this kind where `pattern` is found, unless `but` is."""

    kind: EmergencyKind
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None = None


def _rule(kind: EmergencyKind, pattern: str, but: str = "") -> Rule:
    return Rule(kind, re.compile(pattern), re.compile(but) if but else None)


_BODY = (
    r"\bheart (?:is |just |keeps? )?(?:so |very )?(?:rac|pound|beat|thump|flutter|stopp|jump)"
    r"|\b(?:racing|pounding) heart\b|\bpalpitations\b|\bchest\b|\b(?:cant|cannot|hard to|short of) breath"
)
"""What somebody feels in the body who fears to die of it; a broken heart is none."""
_WILL_DIE = (
    r"\b(?:(?:i|he|she|we) (?:will|(?:am |is |are )?(?:going to|gonna))|(?:im|hes|shes) (?:going to|gonna)) die\b"
    r"|\bfear death\b"
)
"""What somebody says then."""
_PARTING = r"goodbyes?|(?:wrote|written|leaves?|leaving|left) (?:\w+ )?notes?"
"""What somebody leaves who means to die."""

RULES: Sequence[Rule] = (
    # A wish to die, or harm that somebody does to themselves.
    _rule(
        "self_harm",
        r"\b(?:want|wanna|wish|going|gonna|plan|need|decided|ready|like|about|of|will|to|tried|he'?ll|she'?ll) "
        rf"(?:to )?(?:die\b|be dead|kill(?:ing)? {SELF}|hang(?:ing)? {SELF}|drown(?:ing)? {SELF}"
        rf"|hurt(?:ing)? {SELF}|harm(?:ing)? {SELF}|end(?:ing)? (?:it all|it tonight|my life|his life|her life))",
        r"\bdie (?:of|from|out)\b|\b(?:likely|going|sure|about|afraid|fear|feel like im going) to die\b"
        r"|\bthan have\b|\bmakes? me want to die\b"
        # Who fears to die of a racing heart is no danger to themselves, unless they also wish it.
        rf"|^(?!.*\b(?:want|wanna|wish|plan|decid|tried|tries|trying|pills|tablets|end(?:ing)? (?:it|my|his|her)"
        rf"|to die|be dead|{_PARTING}|(?:kill|hurt|harm|hang|drown)(?:ing)? {SELF}))"
        rf".*(?:{_BODY})",
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
    _rule(
        "self_harm",
        r"\bbetter off (?:dead|without me)\b"
        r"|\b(?:kids|children|family|everyone|everybody|world) (?:would|will|wud) (?:all )?be better off "
        r"without (?:her|him)\b",
    ),
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
    _rule(
        "self_harm",
        r"\bvoices?\b.{0,25}\b(?:tell|say|order)\w*\b.{0,20}\b(?:jump|kill|hurt|harm|die|cut|drown|burn|stab)\b",
        r"\b(?:husband|wife|people|doctors?|teacher|voice coach)\b",
    ),
    _rule(
        "self_harm",
        r"\b(?:fine|easier|happier|manage|free)\b.*"
        r"\b(?:once|when|after) im (?:gone(?! to\b| for\b)|dead|out of the way)\b"
        r"|\b(?:its|it is|this is) my last night(?: alive| on earth|(?= ?(?:[,.!?]|$)))",
        r"\bholiday\b|\bwork\b|\bshift\b",
    ),
    # An overdose that was taken, or given.
    _rule("overdose", r"\b(?:taken|took|had|has|given|gave)(?: \w+)? an overdose\b", r"\b(?:opinion|who|ever)\b"),
    _rule("overdose", r"\b(?:overdosed|odd) on\b", r"\b(?:who|ever|music|telly)\b"),
    _rule(
        "overdose",
        rf"\b(?!had|got){TAKEN} (?:\w+ ){{0,3}}?{ALL_OF} (?:\w+ ){{0,3}}?{PACK}\b",
        rf"\b(?:can|do) i\b|\bshould\b|\bfinish|\b{ONE}"
        rf"|{NOT_WANTED}\b(?:take|eat) all (?:of )?(?:my|his|her|their|the) \w+ "
        r"(?:at|in|with|every|each|together|before|after)\b",
    ),
    _rule(
        "overdose",
        rf"\b(?!got|take\b|eat\b){TAKEN} (?:\w+ ){{0,2}}?too? (?:many|much) (?:of )?(?:\w+ ){{0,2}}?{MEDICINES}\b",
        r"\b(?:can|should|could|if) (?:i|you|we|he|she|they|someone)\b|\bhow (?:many|much)\b",
    ),
    _rule(
        "overdose",
        rf"\b{TAKEN} (?:\w+ ){{0,4}}?{NUMBER} (?:x )?(?:of )?(?:\w+ ){{0,2}}?{PILLS}",
        r"\b(?:a day|per day|daily|every day|each day|a week|mg of|different)\b|\bmg\b",
    ),
    # Ten times the dose, or that of many days.
    _rule(
        "overdose",
        r"\b(?:took|taken|gave|given|injected|put|drew|drank|swallowed|dialled|dialed)\b.*"
        r"(?:\b(\d+)0 ?[a-z]*\b.{0,30}\binstead of (?:\w+ )?\1 ?[a-z]*\b|\b(\d) ?[a-z]*\b.{0,30}\binstead of 0?\.\2\b)",
        r"\b(?:doctors?|gp|prescri\w+|pharmacist)\b|\b(?:can|could|should|may) (?:i|you|we|he|she|they)\b"
        r"|\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|steps|miles|kilos?|kg|km|pounds?|stone)\b",
    ),
    _rule(
        "overdose",
        r"\b(?:took|taken|gave|given|injected|swallowed)\b.*"
        r"\b(?:ten|10|five|5) times (?:too much|the (?:dose|amount))\b",
        r"\b(?:doctors?|gp|prescri\w+|pharmacist)\b|\b(?:can|could|should|may|if) (?:i|you|we|he|she|they)\b",
    ),
    _rule(
        "overdose",
        r"\b(?:took|taken|swallowed|ate|eaten)\b.{0,40}"
        r"(?:\bweeks? worth\b|\b(?:monday|all) (?:to|till|until) (?:\w+day)\b)"
        r".{0,40}\b(?:at once|in one go|together|this morning|today|tonight|by mistake)\b",
    ),
    # Poison in the mouth or the eyes, and medicines in a child's.
    _rule(
        "poisoning",
        rf"\b{INGESTED} (?:\w+ ){{0,3}}?{POISON}\b",
        r"\b(?:can|could|may|should|do|would) (?:i|you|we|they|he|she|it)\b|\b(?:dog|cat|puppy|kitten)s?\b"
        r"|^(?:why|which|when|does|is|did)\b|\bnobody\b|\bvideo\b|\b(?:powered|operated|toothbrush|charger)\b",
    ),
    _rule(
        "poisoning",
        rf"\b{CHILD}\b.{{0,30}}\b(?:(?:swallow|swallowed|ate|eaten|chewed|sucked|got into|got hold of) "
        rf"(?:(?:of |in )?(?:{SOMEBODYS}|a handful of) (?:\w+ ){{0,2}}?|iron |adult )|took {SOMEBODYS} (?:\w+ )?"
        rf"|(?:ate|eaten|chewed) (?:some|several|a few|all|\d+) (?:of )?(?:\w+ ){{0,2}}?)"
        rf"(?:{PILLS}|medicines?|meds|medication|patch)\b",
        r"\b(?:can|could|may|should|do|would) (?:i|you|we|they|he|she|it|my)\b|\b(?:dog|cat)s?\b|^(?:how|why)\b"
        r"|\bvitamins?\b",
    ),
    _rule(
        "poisoning",
        rf"\b(?:{POISON}|acid|ammonia|cement|lime|plaster|(?:\w+ )?cleaner|super ?glue)\b.{{0,30}}"
        r"\b(?:in|into|to) (?:my |his |her |their |the |both |one )?eyes?\b",
        r"\b(?:can|could|if|smell|fumes|vapou?r|goggles|years)\b|\b(?:hyaluronic|uric|folic|fatty|lactic) acid\b",
    ),
    # Harm to a child that somebody thinks of doing.
    _rule(
        "other",
        rf"\b(?:thoughts?|urges?|images|visions|flashes|thinking|dream\w*) (?:of |about |to )(?:\w+ )?{HARM} "
        rf"(?:(?:my|the|our) (?:\w+ )?{CHILDREN}|him|her)\b"
        r"|\bi (?:think )?(?:i )?(?:am |m |will |ll )?(?:going to|gonna|about to|might|want to|wanna|feel like|could) "
        rf"(?:\w+ )?{HARM} (?:(?:my|the|our) {CHILDREN}|him|her)\b"
        rf"|^(?:(?:i|im|am|scared|afraid|of|keep|feel|feeling|like|want|to) )*{HARM} my (?:own )?{CHILDREN}\W*$",
        r"\b(?:if|when)\b|\bby (?:\w+ing|accident)\b|\bin the womb\b|\bpregnan\w+\b|\bsex\b|\bbreast\w*\b",
    ),
    # No breath, no pulse, no answer.
    _rule(
        "not_breathing",
        rf"\b(?:isnt|is not|not|aint|stopped|doesnt|does not|dont|wont|no longer) {BREATHING}\b",
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
    _rule(
        "not_breathing",
        r"^(?=.*\b(?:breath\w*|asthma\w*|inhaler|puffer|wheez\w*)\b).*\b(?:one|two|few) words? at a time\b"
        r"|\btoo (?:breathless|short of breath) to (?:speak|talk|eat|drink|feed)\b"
        r"|\b(?:fighting|struggling|gasping) for (?:air|breath)\b",
        r"\bnight\b|\bnose\b|\blaugh\w*\b|\bstairs\b|\bhills?\b|\bweeks\b|\bmonths\b"
        r"|\bwhen (?:i|he|she) (?:runs?|walks?|climbs?|exercises?)\b",
    ),
    _rule("not_breathing", rf"\b{THEY} (?:has |have |is |just )*(?:gone |turned |turning |going )(?:blue|purple)\b"),
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
    _rule(
        "other",
        r"\b(?:rash|spots?|dots|marks)\b.*\b(?:doesnt|dont|does not|do not|wont|not|isnt|arent) (?:\w+ )?"
        r"(?:go|going|fade|fading|disappear\w*|vanish\w*|blanch\w*)\b.*\b(?:glass|tumbler|press(?:ed|ing)?)\b",
        r"^(?:how|what|why)\b",
    ),
    _rule("stroke", r"\b(?:is|im|am|think|hes|shes)(?: \w+)? having a stroke\b"),
    _rule("other", rf"(?:{_WILL_DIE}).*(?:{_BODY})|(?:{_BODY}).*(?:{_WILL_DIE})"),
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
    if re.search(_BODY, text):
        text = _NOT_WISHED.sub("fear death", text)
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
