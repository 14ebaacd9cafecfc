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

_POISON = (
    r"(?:bleach|(?:drain|oven|toilet|bathroom|floor|window) (?:cleaner|unblocker)|descaler|detergent|bath salts"
    r"|(?:laundry|washing|dish ?washer) (?:\w+ )?(?:pods?|capsules?|tabs?|tablets?|liquid|powder)|anti ?freeze"
    r"|weed ?killer|(?:rat|mouse|ant|insect) (?:poison|bait|powder|spray)|slug pellets|pesticides?|insecticides?"
    r"|white spirits?|turps|turpentine|thinners?|petrol|gasoline|diesel|paraffin|kerosene|lamp oil|lighter fluid|meths"
    r"|screen ?wash|caustic soda|battery acid|moth ?balls?|(?:nail (?:varnish|polish)|paint) (?:remover|stripper)"
    r"|vape (?:liquid|juice)|e ?liquids?|(?:button |coin |round |small |little |tiny |watch )*batter(?:y|ies)|magnets?)"
)
"""What nobody should swallow, by its plain names."""

_INGESTED = (
    r"(?:drank|drunk|drinks?|drinking|swallow(?:ed|s)?|ate|eats?|eaten|sucked|chewed|bit into|mouthful of|sip of)"
)
_CHILD = (
    r"(?:child|kid|toddler|baby|infant|son|daughter|boy|girl|grandson|granddaughter|grandchild|little one"
    r"|(?:\w+ )?(?:year|yr|month) old)"
)
_HARM = (
    r"hurt(?:ing)?|harm(?:ing)?|shak(?:e|ing)|kill(?:ing)?|smother(?:ing)?|drown(?:ing)?|stab(?:bing)?|throw(?:ing)?"
)
_SOMEBODYS = (
    r"(?:my|our|(?:his|her|their) (?:mum|mom|dad|gran|nan|granny|grandad|sister|brother)s?"
    r"|(?:mum|mom|dad|nan|gran|grann?y|grandma|grandad|grandpa)s|some|several|a few|a handful of|all|\d+)"
)

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
    _rule(
        "self_harm",
        r"\bbetter off (?:dead|without me)\b"
        r"|\b(?:kids|children|family|everyone|everybody|you|world)\b.{0,15}\bbetter off without (?:her|him|them)\b",
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
        r"\bvoices?\b.{0,25}\b(?:tell|say|order|want)\w*\b.{0,20}\b(?:jump|kill|hurt|harm|die|cut|drown|burn|stab|end)\b",
        r"\b(?:husband|wife|people|teacher|voice coach)\b",
    ),
    _rule(
        "self_harm",
        r"\b(?:fine|easier|happier|manage|free)\b.*"
        r"\b(?:without me|(?:once|when|after) im (?:gone|dead|not here|out of the way))\b"
        r"|\b(?:its|it is|this is) my last (?:night|day|evening)\b(?! (?:of|at|in|on)\b)",
        r"\bholiday\b|\bat work\b",
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
    # Ten times the dose, or that of many days.
    _rule(
        "overdose",
        r"\b(?:took|take|taken|gave|given|give|injected|put|drew|drank|swallowed|dialled|dialed|had)\b.*"
        r"(?:\b(\d+)0 ?[a-z]*\b.{0,30}\binstead of (?:\w+ )?\1 ?[a-z]*\b|\b(\d) ?[a-z]*\b.{0,30}\binstead of 0?\.\2\b"
        r"|\b(?:ten|10|five|5) times (?:too much|the (?:dose|amount)|as much|more)\b)",
        r"\b(?:doctors?|gp|prescri\w+|pharmacist)\b|\b(?:can|could|should|may) (?:i|you|we|he|she|they)\b",
    ),
    _rule(
        "overdose",
        r"\b(?:took|taken|swallowed|ate|eaten|had)\b.{0,40}"
        r"(?:\bweeks? worth\b|\b(?:monday|all) (?:to|till|until) (?:\w+day)\b|\bwhole weeks? (?:of|pills|tablets)\b)",
    ),
    # Poison in the mouth or the eyes, and medicines in a child's.
    _rule(
        "poisoning",
        rf"\b{_INGESTED} (?:\w+ ){{0,3}}?{_POISON}\b",
        r"\b(?:can|could|may|should|do|would) (?:i|you|we|they|he|she|it)\b|\b(?:dog|cat|puppy|kitten)s?\b"
        r"|^(?:why|which|when|does|is|did)\b|\bnobody\b|\bvideo\b|\b(?:powered|operated|toothbrush|charger)\b",
    ),
    _rule(
        "poisoning",
        rf"\b{_CHILD}\b.{{0,30}}\b(?:swallowed|swallow|ate|eaten|chewed|sucked|got into|got hold of|took|drank) "
        rf"(?:(?:of |in )?{_SOMEBODYS} (?:\w+ ){{0,3}}?|iron |adult )(?:{_PILLS}|medicines?|meds|medication|patch)\b",
        r"\b(?:can|could|may|should|do|would) (?:i|you|we|they|he|she|it|my)\b|\b(?:dog|cat)s?\b|^(?:how|why)\b"
        r"|\bvitamins?\b",
    ),
    _rule(
        "poisoning",
        rf"\b(?:{_POISON}|acid|ammonia|cement|lime|plaster|(?:\w+ )?cleaner|super ?glue)\b.{{0,30}}"
        r"\b(?:in|into|to) (?:my |his |her |their |the |both |one )?eyes?\b",
        r"\b(?:can|could|if|smell|fumes|vapou?r|goggles|years)\b|\b(?:hyaluronic|uric|folic|fatty|lactic) acid\b",
    ),
    # Harm to a child that somebody thinks of doing.
    _rule(
        "other",
        rf"\b(?:thoughts?|urges?|images|visions|flashes|voices?|thinking|think|dream\w*) (?:\w+ ){{0,3}}?"
        rf"(?:{_HARM}|dropping) (?:my|the|our|him|her)\b"
        r"|\bi (?:think )?(?:i )?(?:am |m |will |ll )?(?:going to|gonna|about to|might|want to|wanna|feel like|could) "
        rf"(?:\w+ )?(?:{_HARM}) (?:my |the |our )?(?:{_CHILD}|newborn|children|kids|him|her)\b"
        r"|^(?:(?:i|im|am|scared|afraid|of|keep|feel|feeling|like|want|to) )*"
        rf"(?:{_HARM}) my (?:own )?(?:{_CHILD}|newborn|children|kids)\W*$",
        r"\bwhen (?:i|we|she|he)\b|\bby (?:\w+ing|accident)\b|\bin the womb\b|\bpregnan\w+\b|\bsex\b|\bbreast\w*\b",
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
    _rule(
        "not_breathing",
        r"\b(?:one|two|few) words? at a time\b|\btoo (?:breathless|short of breath) to (?:speak|talk|eat|drink|feed)\b"
        r"|\b(?:fighting|struggling|gasping) for (?:air|breath)\b",
        r"\bnight\b|\bnose\b|\bread\w*\b|\blearn\w*\b|\bwhen (?:i|he|she) (?:runs?|climbs?|exercises?)\b",
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
    _rule(
        "other",
        r"\b(?:rash|spots?|dots|marks)\b.*\b(?:doesnt|dont|does not|do not|wont|not|isnt|arent) (?:\w+ )?"
        r"(?:go|going|fade|fading|disappear\w*|vanish\w*|blanch\w*)\b.*\b(?:glass|tumbler|press\w*)\b",
        r"^(?:how|what|why)\b",
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
