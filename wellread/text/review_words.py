"""The words of each language that say when a text was reviewed or updated, and when it is due again."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words of one language, as parts of regular expressions; each counts from the beginning of a word.

    `reviewed` and `updated` stand before or behind a date; `nouns` only mean a review where a word of `next` stands
    beside them, or one of `last` before them; `around` may stand between all these and the date, and says nothing
    of its own. `due` says by itself that a date is that of the next review.
    """

    reviewed: str
    updated: str
    next: str
    around: str
    nouns: str = ""
    last: str = ""
    due: str = ""


UNSPACED = ("ja", "ko", "th", "zh")
"""Languages that write words without spaces between them, or join them."""

WORDS = {
    "en": Words(
        r"(?:last|date|medically|clinically|page)\s+(?:last\s+)?(?:reviewed|checked|medical review)|reviewed\b"
        r"|last review\b(?! date)|date of (?:the )?(?:last )?review"
        r"|last \w+ review\b(?! date)"
        r"|(?:^|(?<=[,|·;(–-] )|(?<=\())rev\b\.?(?=\s*:?\s*(?:\d{1,2}[\s./-]\w|\w{3,9}\.? (?:\d{1,2},? )?\d{4}))",
        r"(?:last\s+)?(?:updated|modified|changed|amended|revised)|last (?:update|modification|revision|change)"
        r"|(?:date of )?last update|date of revision",
        "next",
        "this|the|page|information|content|leaflet|sheet|article|document|was|were|has|been|is|date|of|on|last|first|in"
        "|medically|clinically|version|text|due",
        "review|update|revision|check(?!-? ?up)",
        due=r"review (?:due|by|before|again)|(?:due|scheduled) (?:for|to be) review(?:ed)?|(?<![^\W\d_] )for review"
        r"|date for review|planned review"
        r"|(?:to|will|should|must) be (?:reviewed|updated|revised|checked)(?: again)?(?: by| before)?",
    ),
    "de": Words(
        "geprüft|überprüft|durchgesehen|revidiert|letzte (?:(?:über)?prüfung|durchsicht|revision)|prüfdatum",
        r"aktualisiert|zuletzt geändert|geändert am|letzte (?:änderung|aktualisierung|bearbeitung|überarbeitung)"
        r"|stand(?: der information(?:en)?)?\s*:"
        r"|(?:^|(?<=[,|·;(–-] )|(?<=\())stand(?= (?:vom )?(?:\d|\w+ \d{4}))"
        "|überarbeitet",
        "nächste[rs]?",
        "datum|am|im|in|vom|zum|geplant|für|dieser?|seite|wurde|letzte\\w*|zuletzt|text|der",
        "überprüfung|prüfung|durchsicht|revision|aktualisierung|überarbeitung",
        due="(?:über)?prüfung fällig|(?:erneut |spätestens )?zu (?:überprüfen|überarbeiten) bis",
    ),
    "fr": Words(
        r"revue?s?\b|révis|vérifié|dernière (?:vérification|relecture)|validé|relue?s?\b",
        "mis(?:e)?s? à jour|dernière mise|actualisé|modifiée?s? le|dernière (?:modification|actualisation)",
        "prochain",
        "la|le|du|en|cette|ce|page|derni\\w+|date|de|fiche|texte|a|été|prévue?|pour|au",
        "mise|vérification|revue|relecture|actualisation",
        due="à (?:relire|réviser|revoir|actualiser|mettre à jour)(?: avant| d’ici| d'ici)?",
    ),
    "es": Words(
        "revisad|revisión|verificad|comprobad|última verificación",
        "actualizad|actualización|modificad|modificación",
        "próxim|siguiente",
        "fecha|de|del|la|el|esta|página|contenido|últim\\w+|ultim\\w+|por|vez|en|prevista",
        due="a revisar(?: antes)?|(?:debe )?revisarse antes|revisar antes",
    ),
    "pt": Words(
        "revist[oa]|revisad|revisão|verificad|última verificação",
        "atualizad|atualização|alterad|alteração",
        "próxim|seguinte",
        "data|da|do|em|esta|página|últim\\w+|vez|pela|prevista",
        due="(?:a )?(?:rever|revisar) (?:até|antes)",
    ),
    "it": Words(
        r"rivist[oaie]|revisionat|ultima (?:revisione|verifica)|revisione\s*:|data di revisione|rev\.?\s*:"
        "|verificat[oa]",
        "aggiornat|aggiornamento|ultima modifica|modificat[oaie]",
        "prossim|successiv",
        "data|di|del|il|la|ultim\\w+|pagina|questa|al|in|prevista|per|entro",
        "revisione|modifica|verifica",
        due="da (?:rivedere|revisionare|aggiornare)",
    ),
    "nl": Words(
        "beoordeeld|herzien|gecontroleerd|nagekeken|revisiedatum|herzieningsdatum",
        "bijgewerkt|gewijzigd|geactualiseerd|aangepast op|laatste (?:wijziging|update|aanpassing)",
        "volgende",
        "laatst\\w*|datum|op|voor|het|van|de|den|deze|pagina|in|gepland",
        "controle|herziening|beoordeling|revisie",
        last="laatste?",
        due="(?:uiterlijk )?(?:te |opnieuw te )(?:herzien|beoordelen|controleren)(?: vóór| voor)?",
    ),
    "af": Words("hersien|nagegaan", "bygewerk|opgedateer", "volgende", "laas\\w*|datum|op", "hersiening"),
    "sv": Words(
        "granskad|granskat|granskning|faktagranskad|reviderad|kontrollerad",
        "uppdatera|uppdatering|ändrad|ändrat",
        "nästa|kommande",
        "senast\\w*|datum|den|sidan|för|planerad|i",
        nouns="översyn",
        last="senaste|sista",
        due="ska (?:granskas|revideras|ses över|uppdateras)(?: senast)?|revideras senast",
    ),
    "da": Words(
        "revideret|gennemgået|gennemset|kvalitetssikret|revision\\w*dato",
        "opdater|ændret",
        "næste",
        "sidst|senest|seneste|dato|den|for|siden|d|pr|planlagt|senest|i",
        "revision|gennemgang|revidering",
        last="sidste|seneste",
        due="skal (?:revideres|gennemgås|opdateres)(?: senest| inden)?|revideres senest",
    ),
    "nb": Words(
        "revidert|gjennomgått|kvalitetssikret|revisjonsdato",
        "oppdater|endret",
        "neste",
        "sist|dato|den|for|siden|faglig|planlagt|i",
        "revisjon|gjennomgang|revidering",
        last="siste|seneste",
        due="skal (?:revideres|gjennomgås|oppdateres)(?: senest| innen)?|revideres (?:senest|innen)",
    ),
    "is": Words(
        "yfirfari|endurskoð",
        "uppfær|breytt",
        "næst",
        "síðast|síðasta|þann|dagsetning",
        "skoð|yfirferð",
        last="síðasta?",
    ),
    "fi": Words(
        "tarkistettu|tarkastettu|tarkistus|tarkastus|tarkistuspäivä",
        "päivitetty|päivitys|muokattu|muutettu",
        "seuraava",
        "viimeksi|viimeisin|viimeisen|pvm|päivämäärä|kerran",
        due="(?:tarkistettava|tarkistetaan|päivitettävä)(?: viimeistään| uudelleen)?",
    ),
    "et": Words(
        "(?:läbi|üle) ?vaadatud|kontrollitud|läbivaatami|ülevaatami",
        "uuendatud|uuendami|ajakohastatud|muudetud",
        "järgmi",
        "viimati|viima\\w*|kuupäev",
        nouns="läbivaat|ülevaat|kontroll",
        last="viima[ns]e",
    ),
    "lv": Words(
        "pārskatī|pārbaudī|pārskatīšana",
        "atjaunin|atjaunot|aktualiz|papildināt",
        "nākam",
        "pēdēj\\w*|datums|reizi",
        nouns="pārbaud",
        last="pēdēj[āaoš]+",
    ),
    "lt": Words(
        "peržiūr|patikrint",
        "atnaujint|atnaujinim|pakeist",
        "kit[aoąs]|sekant",
        "paskutin\\w*|data|kartą",
        nouns="patikrinim",
        last="paskutin\\w+",
    ),
    "pl": Words(
        r"zweryfikowan|przejrzan|sprawdzon|zrecenzowan|(?:data )?przegląd\w*\s*:|(?:data|ostatnia) weryfikacj\w*",
        r"zaktualizowan|aktualizacj|zmodyfikowan|ostatni\w+ (?:zmian|modyfikacj)",
        "następn|kolejn",
        "ostatni\\w*|data|dnia|w|z|dn|termin|planowan\\w*",
        "przegląd|weryfikacj|kontrol",
        last="ostatni\\w*",
        due="do (?:przeglądu|weryfikacji|aktualizacji) (?:do|w)",
    ),
    "cs": Words(
        "zkontrolován|kontrolován|revidován|revize|přezkoumán|ověřen",
        "aktualizov|aktualizac|upraven|změněn|poslední (?:změna|úprava)",
        "příští|další",
        "posledn\\w*|naposledy?|datum|dne|ke|dni|stránka|byla|k|termín|plánovan\\w*",
        "kontrol",
        last="posledn\\w+",
        due="(?:nutno|třeba) (?:revidovat|zkontrolovat|aktualizovat) do",
    ),
    "sk": Words(
        "skontrolovan|kontrolovan|revidovan|preskúman|revízi|overen|preveren",
        "aktualizov|aktualizác|upraven|zmenen|posledná (?:zmena|úprava)",
        "ďalši|nasledujúc|najbližši|budúc",
        "posledn\\w*|naposledy|dátum|dňa|stránka|bola|termín|plánovan\\w*",
        "kontrol",
        last="posledn\\w+",
    ),
    "sl": Words(
        "pregledan|revidiran|preverjen",
        "posodob|spremenjen",
        "naslednj",
        "zadnj\\w*|nazadnje|datum|dne",
        "pregled",
        last="zadnj\\w+",
    ),
    "hr": Words(
        "pregledan|revidiran|provjeren|proveren|recenziran|проверен|revizij|ревидиран|прегледан|ревизиј",
        "ažuriran|izmijenjen|izmenjen|ажурира|измењен",
        "sljedeć|sledeć|iduć|naredn|следећ|наредн",
        "posljednj\\w*|poslednj\\w*|zadnj\\w*|datum|dana|put|последњ\\w*|датум|пут",
        "pregled|provjer|prover|преглед|провер",
        last="(?:posljednj|poslednj|zadnj|последњ)\\w+",
    ),
    "mk": Words(
        "прегледан|ревидиран|ревизиј",
        "ажурира|изменет",
        "следн|следен",
        "последн\\w*|последен|датум|на",
        "преглед|проверк",
        last="последн\\w+|последен",
    ),
    "bg": Words(
        "прегледан|проверен|ревизия|преработен",
        "актуализ|обновен|променен",
        "следващ",
        "последн\\w*|последен|дата|на",
        "преглед|преглежд|проверк",
        last="последн\\w+|последен",
    ),
    "ru": Words(
        "проверен|рецензирован|пересмотрен|последн\\w+ (?:проверк|пересмотр)|дата (?:пересмотра|проверки)",
        "обновл|актуализ|изменен|последн\\w+ (?:обновлени|изменени)|редакция от",
        "следующ|очередн",
        "последн\\w*|дата|от|в|раз|на|страница|была|статья",
        "проверк|пересмотр",
        due="подлежит (?:пересмотру|проверке)|пересмотреть до|срок (?:следующего )?пересмотра",
    ),
    "uk": Words(
        "переглянут|перевірен|дата перегляду",
        "оновлен|актуаліз|змінен",
        "наступн",
        "останн\\w*|дата|від|востаннє|сторінку|раз",
        "перегляд|перевірк",
        last="останн\\w+",
        due="підлягає перегляду|переглянути до",
    ),
    "be": Words(
        "прагледжан|прагледзе|правераны?", "абноўлен", "наступн", "апошн\\w*|дата", "прагляд|праверк", last="апошн\\w+"
    ),
    "ro": Words(
        "revizuit|revizuir|revăzut|verificat|revizi[ae]",
        "actualiz|modificat|ultima modificare",
        "următo|viitoare",
        "ultim\\w*|data|dată|la|pe|din|de|în|oară|pagina|medical\\w*|a|fost",
        "verific",
        last="ultim\\w+",
        due="de (?:revizuit|revăzut|actualizat) (?:până)",
    ),
    "hu": Words(
        "felülvizsgál|ellenőr[iz]|lektorál|átnéz|áttekint",
        "frissít|frissül|módosít|aktualizál",
        "következő",
        "utolsó|utoljára|legutóbb\\w*|legutolsó|dátum\\w*|ideje|időpontja|napja|szakmai\\w*|orvosi\\w*|a|az|esedékes",
        due="felülvizsgálandó|felülvizsgálat (?:határideje|esedékes\\w*)",
    ),
    "sq": Words(
        "rishiku|rishikim|shqyrtuar|kontrolluar|verifikuar|kontrolli i fundit",
        "përditës",
        "ardhsh|tjetër|radhës",
        "i fundit|fundit|fundmi|së|data|më|herën|e",
        nouns="kontroll",
    ),
    "el": Words(
        "αναθεώρ|αναθεωρ|ελέγχθηκε",
        "ενημερώ|ενημέρ|επικαιροπ|τροποπ",
        "επόμεν",
        "τελευταία|ημερομηνία|στις|φορά|τον",
        nouns="έλεγχ",
        last="τελευταί\\w+",
        due="να αναθεωρηθεί|προς αναθεώρηση",
    ),
    "tr": Words(
        "gözden geçir|incelen|inceleme|kontrol ed|denetlen|revizyon",
        "güncelle|değiştiril",
        "sonraki|gelecek",
        "son|en|tarih\\w*|bir|tıbbi|olarak",
        nouns="kontrol",
        last="son",
        due="gözden geçirilecek|gözden geçirilmesi gereken",
    ),
    "az": Words("nəzərdən keç|yoxlan", "yenilən", "növbəti", "son|axırıncı|tarix\\w*"),
    "ca": Words(
        "revisa[td]|comprova[td]|revisió",
        "actualitza|modifica[td]",
        "propera|pròxima|següent",
        "darrer\\w*|últim\\w*|data",
    ),
    "gl": Words("revisad|comprobad|revisión", "actualizad|actualización", "próxim|seguinte", "últim\\w*|data|o"),
    "eu": Words("berrikus|egiaztatu", "eguneratu|eguneratze", "hurrengo", "azken\\w*|data"),
    "cy": Words("adolyg|gwiri", "diweddar(?:wyd|iad)", "nesaf", "olaf|dd?iwethaf|dyddiad|ar|yr"),
    "ga": Words("athbhreithn|seiceáil", "nuashonr", "chéad|seo chugainn", "deireanach|dáta|an|arna|eile"),
    "mt": Words("rivedut|iċċekkja|reviżjoni", "aġġorna", "li jmiss", "l-aħħar|data|ir|tar|fi"),
    "ar": Words(
        "(?:ال)?مراجعة|(?:تمت )?مراجعته|روجع|راجعه",
        "(?:آخر )?(?:ال)?تحديث|حُدّث|حدثت|آخر تعديل",
        "(?:ال)?قادمة|(?:ال)?تالية|(?:ال)?مقبلة|(?:ال)?قادم|(?:ال)?تالي",
        "تمت|تم|آخر|تاريخ|في|بتاريخ|الطبية|يوم",
    ),
    "fa": Words(
        "بازبینی|بازنگری", "به.?روز.?رسانی|بروز.?رسانی|روزآمد", "بعدی|آینده", "آخرین|تاریخ|شده|در|پزشکی", "بررسی"
    ),
    "ur": Words("نظر ?ثانی|جائزہ", "اپ ?ڈیٹ|تجدید", "اگلی|اگلا|اگلے|آئندہ", "آخری|تاریخ|بار|کی|کا"),
    "ckb": Words("پێداچوونەوە", "نوێکردنەوە|نوێکراوەتەوە", "داهاتوو", "دوایین|کۆتا|بەروار\\w*"),
    "he": Words(
        "נבדק|נסקר|(?:ה)?סקירה|(?:ה)?ביקורת",
        "עודכן|עודכנה|עדכון|מעודכן",
        "הבאה?",
        "אחרו\\w*|לאחרונה|תאריך|ב|בתאריך",
    ),
    "hi": Words(
        "समीक्षा|पुनरीक्षण|जाँच|जांच",
        "अपडेट|अद्यतन|संशोधित",
        "अगली|अगला|आगामी",
        "अंतिम|पिछली|को|की|में|तारीख|तिथि|दिनांक|बार|आखिरी",
    ),
    "mr": Words("पुनरावलोकन|तपासणी", "अद्यतनित|अद्ययावत", "पुढील|पुढचे", "शेवटचे|शेवटची|दिनांक"),
    "ne": Words("पुनरावलोकन", "अद्यावधिक", "अर्को", "मिति|पछिल्लो"),
    "bn": Words("পর্যালোচনা|পুনর্মূল্যায়ন", "হালনাগাদ|আপডেট", "পরবর্তী", "সর্বশেষ|শেষ|তারিখ|করা"),
    "pa": Words("ਸਮੀਖਿਆ", "ਅੱਪਡੇਟ|ਅਪਡੇਟ", "ਅਗਲੀ", "ਆਖਰੀ|ਆਖ਼ਰੀ|ਮਿਤੀ|ਪਿਛਲੀ"),
    "gu": Words("સમીક્ષા", "અપડેટ", "આગામી|આગલી", "છેલ્લી|છેલ્લે|તારીખ"),
    "ta": Words("மதிப்பாய்வு|மீளாய்வு|சரிபார்க்க", "புதுப்பி", "அடுத்த", "கடைசியாக|கடைசி|இறுதியாக|இறுதி|தேதி|செய்யப்பட்டது"),
    "te": Words("సమీక్ష", "నవీకర|అప్.?డేట్", "తదుపరి", "చివరి\\w*|తేదీ"),
    "kn": Words("ಪರಿಶೀಲ|ವಿಮರ್ಶೆ", "ನವೀಕರ", "ಮುಂದಿನ", "ಕೊನೆಯ\\w*|ದಿನಾಂಕ"),
    "ml": Words("അവലോകന|പുനഃപരിശോധ", "പുതുക്കി|അപ്.?ഡേറ്റ്", "അടുത്ത", "അവസാന\\w*|തീയതി"),
    "si": Words("සමාලෝචන", "යාවත්කාලීන", "ඊළඟ", "අවසන්|අවසාන\\w*|දිනය"),
    "vi": Words(
        "xem xét|rà soát|thẩm định|kiểm duyệt|duyệt|xem lại",
        "cập nhật|sửa đổi|chỉnh sửa",
        "tiếp theo|kế tiếp|lần tới|sắp tới",
        "lần|cuối|cùng|ngày|được|lúc|gần|nhất|mới|vào|y|khoa",
        due="cần (?:được )?xem xét lại|cần xem lại",
    ),
    "id": Words(
        "ditinjau|tinjauan|disemak|semakan|direvisi|dikaji",
        "diperbarui|diperbaharui|pembaruan|dikemas ?kini|kemas ?kini|dimutakhirkan",
        "berikutnya|seterusnya|selanjutnya|akan datang",
        "terakhir|pada|tanggal|tarikh|kali|tgl|secara|medis",
        due="(?:harus|akan|perlu) (?:ditinjau|disemak)(?: kembali| semula)?",
    ),
    "fil": Words("sinuri|nasuri|pagsusuri|nirepaso", "na-?update|in-?update", "susunod", "huling|noong|petsa|na"),
    "sw": Words(
        "imekaguliwa|kukaguliwa|ukaguzi|imepitiwa|mapitio|ilikaguliwa",
        "imesasishwa|kusasishwa|ilisasishwa|sasisho",
        "ijayo|yajayo|unaofuata|yanayofuata",
        "mwisho|mara|ya|tarehe|wa",
    ),
    "so": Words("dib (?:u eeg|loo eeg)", "la cusboon|cusboon", "xigta|soo socda", "ugu|dambe\\w*|taariikhda|markii"),
    "am": Words("ተገምግሟል|ግምገማ", "ተዘምኗል|ዝማኔ|የዘመነ", "ቀጣይ", "የመጨረሻ|ለመጨረሻ|ጊዜ|ቀን"),
    "hy": Words("վերանայ", "թարմաց", "հաջորդ", "վերջին|անգամ"),
    "ka": Words("გადახედ|გადამოწმ", "განახლ", "შემდეგი", "ბოლო\\w*"),
    "kk": Words("қаралған|тексерілген|қарау", "жаңарт", "келесі", "соңғы|рет|күні"),
    "ja": Words("レビュー|確認|見直し", "更新|改訂|改定", "次回", "最終|最新|日|年月"),
    "ko": Words("검토|감수", "업데이트|갱신|수정|개정", "다음|차기", "최종|마지막|최근|일자|날짜|일"),
    "th": Words("ทบทวน|ตรวจทาน|ตรวจสอบ", "ปรับปรุง|อัปเดต|อัพเดท|แก้ไข", "ครั้งต่อไป|ครั้งถัดไป", "ล่าสุด|ครั้งสุดท้าย|เมื่อ|วันที่"),
    "zh": Words(
        "审核|审查|审阅|复核|复审|審核|審查|審閱|覆核|複審|複核",
        "更新|修订|修訂|修改",
        "下次|下一次",
        "最后|最後|最近|最新|上次|日期|时间|時間|于|於|日|医学|醫學",
    ),
}
"""By language. "Revision" of a document is a review of it. Serbian stands with Croatian, Malay with Indonesian."""
