"""What site generators call the parts of a web page that are no text of it, in class and id."""

from __future__ import annotations

import re

_SIZES = r"\d|x*s\b|x*l\b|sm|md|lg|tiny|x*small|regular|normal|base|medium|x*large"
"""How style sheets call the size of a text, "text-size-regular"; a tool that changes it has another name."""

_NAMED: tuple[tuple[str, int, str], ...] = (
    ("cookie notice", 400, "cookies? consent gdpr ccpa onetrust cookiebot cookiebanner cookie-?law"),
    (
        "cookie notice",
        400,
        (
            "tarteaucitron\\w* didomi\\w* axeptio\\w* usercentrics\\w* borlabs-?cookie\\w* cky klaro osano "
            "cmplz(?!-(?:placeholder|blocked-content-container)) "
            "qc-?cmp\\w* iubenda-?cs\\w* termly\\w* truste trustarc\\w* (?:sp|sourcepoint)-message\\w* moove-gdpr\\w* "
            "cookiefirst\\w* consentmanager\\w* cmpbox\\w*"
        ),
    ),
    ("breadcrumb", 40, "breadcrumbs? crumbs? fil-ariane ariane pathway you-are-here brotkrumen? migas rootline"),
    (
        "share links",
        30,
        (
            "share sharing shares social(?!-?(?:care|work|service|support|anxiety|security)) socials addtoany "
            "sharethis sharedaddy addthis sharebar teilen email-?icon"
        ),
    ),
    ("newsletter", 120, "newsletter subscribe subscription mailchimp mc4wp optin signup sign-up lettre-info"),
    ("subscription offer", 40, "(?:paywall|subscri\\w+|abo)-(?:teaser|message|banner|prompt|notice|cta|offer|box)"),
    ("skip link", 10, "skip skiplink skip-?links? skipnav skip-?to-?content jump jump-?link"),
    (
        "page tools",
        20,
        (
            "print printer noprint print-?icon toolbar page-?tools "
            f"(?:text|font)-?size(?!-?(?:{_SIZES})) back-?to-?top edit-?section cite-backlink "
            "editsection screen-?tools edit-this-page "
            "(?:content|page|article|site|reader|user)-?(?:tools|options|functions)"
        ),
    ),
    ("page tools", 0, "\\w*-?actions toolbox icons outils herramientas werkzeuge ferramentas strumenti"),
    ("search form", 12, "search-?(?:box|form|bar|hint|field|input|wrapper|container) no-?results?"),
    ("contents list", 6, "toc toc-?container table-of-contents contents-?list"),
    (
        "author and date",
        25,
        (
            "byline post-?author author-?box posted-on post-?date entry-?date publish(?:ed|ing)?-?date entry-?meta "
            "(?:post|entry)-?footer article-?info create-?date modify-?date create-?by node-?meta node-submitted "
            "git-revision-\\w+ source-file last-?updated page-?metadata "
            "page-?details elementor-post-info"
        ),
    ),
    (
        "about the author",
        150,
        "(?:author|writer|contributor|autor)-?(?:bio|biography|info|description|profile|card) about-?(?:the-?)?author",
    ),
    ("comments", 20, "comments?-?(?:section|container|area|wrapper|form|thread)"),
    ("comments", 100_000, "comments comment-?list comment-?respond (?<![-_])respond(?![-_]) disqus disqus-?thread"),
    (
        "advertisement",
        80,
        (
            "ads? advert adverts advertisement advertising adsense sponsored sponsor werbung publicite anzeige "
            "encart-?pub(?:licite|licitaire)? publicidad publicidade pubblicita reklam[ay]?"
        ),
    ),
    ("feedback", 80, "feedback survey ratings? likes-?section likes was-this-helpful page-?feedback helpful vote"),
    ("sign-in", 50, "login logon signin sign-in user-?menu"),
    (
        "related pages",
        0,
        (
            "related related-?\\w* recommended recommendations see-?also more-?like-?this teasers? trending popular "
            "latest most-?read promo promotions? mehr-zum-thema jp-relatedposts read-?next you-?may-?like"
        ),
    ),
    ("related pages", 20, "navbox"),
    (
        "navigation",
        0,
        (
            "menu submenu navbar navigation nav sidenav subnav metanav sitemap mega-?menu language-?switcher "
            "lang-?switcher languages? quick-?links"
        ),
    ),
    ("notice about the page", 60, "(?:site|local|central)-?notice"),
    ("navigation", 6, "(?:side|left)-?nav nav-?links pagination pager paging page-?nav post-?navigation"),
    ("sidebar", 0, "sidebar side-?bar aside widgets? rail right-?col\\w*"),
    (
        "tags",
        4,
        (
            "tags? keywords labels-section no-labels tag-?cloud tag-?list categories post-?meta cat-?links "
            "post-?labels taxonomy"
        ),
    ),
    ("page header", 0, "header masthead banner topbar top-?bar site-?header logo site-?branding page-?top"),
    ("page footer", 40, "footer site-?footer colophon copyright printfooter site-?info legal"),
)
"""Kinds by the names that site generators give them in class and id (WordPress, Drupal, Joomla, SharePoint, MediaWiki,
TYPO3, Blogger, Bootstrap), and how many words outside links such an element may have. More are text of the page."""

KINDS = [
    (kind, most, re.compile(rf"(?:^|.*[-_])(?:{'|'.join(names.split())})(?:$|[-_].*)")) for kind, most, names in _NAMED
]
FOOT = re.compile(
    r"(?:.*[-_])?(?:\w*fu(?:ss|ß)(?:zeile|bereich|leiste)|seitenfu(?:ss|ß)|rodape|pe-?de-?pagina|pie|pie-?(?:de-?|di-?)?pagina"
    r"|pied|(?:bas|pied)-?de-?page|voet|\w*voettekst|paginavoet|stopka|sidfot|bunntekst|sidefod|alatunniste|paticka"
    r"|zapati|lablec|subsol|alt-?bilgi|подвал|podval|تذييل|foot|footer|bottom)(?:[-_].*)?"
)
"""What sites of many languages call the foot of a page, without accents; some of these words mean other things too."""
