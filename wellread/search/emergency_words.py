"""Words of the rules for emergencies, as parts of patterns: amounts, medicines, poisons, people, harm."""

from __future__ import annotations

NUMBER = r"(?:1[0-9]|[2-9][0-9]|[1-4][0-9][0-9]|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|dozens?(?: of)?)"
TAKEN = r"(?:took|taken|take|swallow|swallowed|ate|eaten|eat|popped|necked|downed|drank|drunk|had|gave|given|got)"
PILLS = (
    r"(?:pills?|tablets?|tabs|capsules?|paracetamols?|panadols?|tylenols?|aspirins?|ibuprofens?|nurofens?|advils?"
    r"|codeines?|co[- ]?codamols?|pain ?killers?|tramadols?|sleepers|sleeping \w+|antidepressants?|sertralines?"
    r"|amitriptylines?)"
)
ALL_OF = r"(?:every|all|whole|entire|full|most of|half|too many|to many|too much|the lot)"
PACK = (
    r"(?:pills?|tablets?|tabs|strip|box|bottle|pack|packet|blisters?|bottles|boxes|medicines?|meds|medication|cabinet)"
)
MEDICINES = (
    rf"(?:{PILLS}|medicines?|meds|warfarins?|insulin|metformins?|diazepams?|valiums?|morphine|methadone|lithium|digoxin"
    r"|(?:levo)?thyroxine|propranolols?|naproxens?|antihistamines?|calpol|blood thinners?)"
)
ONE = (
    r"(?:half|whole|full|entire)(?: of)?(?: an?| the| one| my| his| her)? (?:pill|tablet|tab|capsule)\b(?! bottle| box)"
)
NOT_WANTED = r"(?<!going to )(?<!want to )(?<!wants to )(?<!about to )(?<!gonna )(?<!wanna )(?<!will )(?<!ll )"
"""What stands before a habit ("I take all my tablets at breakfast"), and not before a plan."""

POISON = (
    r"(?:bleach|(?:drain|oven|toilet|bathroom|floor|window) (?:cleaner|unblocker)|descaler|detergent|bath salts"
    r"|(?:laundry|washing|dish ?washer) (?:\w+ )?(?:pods?|capsules?|tabs?|tablets?|liquid|powder)|anti ?freeze"
    r"|weed ?killer|(?:rat|mouse|ant|insect) (?:poison|bait|powder|spray)|slug pellets|pesticides?|insecticides?"
    r"|white spirits?|turps|turpentine|thinners?|petrol|gasoline|diesel|paraffin|kerosene|lamp oil|lighter fluid|meths"
    r"|screen ?wash|caustic soda|battery acid|moth ?balls?|(?:nail (?:varnish|polish)|paint) (?:remover|stripper)"
    r"|vape (?:liquid|juice)|e ?liquids?|(?:button |coin |round |small |little |tiny |watch )*batter(?:y|ies)|magnets?)"
)
"""What nobody should swallow, by its plain names."""

INGESTED = (
    r"(?:drank|drunk|drinks?|drinking|swallow(?:ed|s)?|ate|eats?|eaten|sucked|chewed|bit into|mouthful of|sip of)"
)
CHILD = (
    r"(?:child|kid|toddler|baby|infant|son|daughter|boy|girl|grandson|granddaughter|grandchild|little one"
    r"|(?:\w+ )?(?:year|yr|month) old)"
)
CHILDREN = rf"(?:{CHILD}|newborn|children|kids)"
HARM = r"(?:hurt(?:ing)?|harm(?:ing)?|shak(?:e|ing)|kill(?:ing)?|smother(?:ing)?|drown(?:ing)?|stab(?:bing)?)"
SOMEBODYS = (
    r"(?:my|our|(?:his|her|their) (?:mum|mom|dad|gran|nan|granny|grandad|sister|brother)s?"
    r"|(?:mum|mom|dad|nan|gran|grann?y|grandma|grandad|grandpa)s)"
)
"""Whose medicines a child should not have."""

SELF = r"(?:my ?self|him ?self|her ?self|them ?sel\w+)"
THEY = r"(?:he|she|hes|shes|they|it|baby|newborn|mum|mom|dad|nan|gran|wife|husband|son|daughter|child|friend|man|kid)"
BREATHING = r"breath?(?:e|es|ing|ng)?"
