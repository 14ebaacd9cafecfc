"""What web pages call their own parts in the languages that we know: their contents, related pages, adverts."""

from __future__ import annotations

import re


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


CONTENTS = _any_of(
    r"(?:table of |page )?contents|(?:what[’']?s )?(?:on|in) this (?:page|article|section|guide|topic|leaflet)|jump to",
    r"(?:topics|what.s) covered|in this (?:video|issue)|what is in this leaflet|was in dieser packungsbeilage steht",
    r"que contient cette notice|contenido del prospecto|contenuto di questo foglio(?: illustrativo)?",
    r"o que contém este folheto|inhoud van deze bijsluiter|spis treści ulotki|oversigt over indlægssedlen",
    r"(?:das )?inhalt(?:sverzeichnis|sübersicht)?|auf dieser seite|in diesem artikel",
    r"sommaire|table des matières|dans cet article|sur cette page",
    r"(?:tabla|índice) de contenidos?|índice|contenidos?|en (?:esta página|este artículo)",
    r"conteúdos?|nest[ea] (?:artigo|página)|indice(?: dei contenuti)?|in quest[ao] (?:articolo|pagina)",
    r"inhoud(?:sopgave)?|op deze pagina|in dit artikel|innehåll(?:sförteckning)?|(?:inn|ind)hold(?:sfortegnelse)?",
    r"sisällys(?:luettelo)?|tällä sivulla|spis treści|na tej stronie|w tym artykule|obsah|cuprins|tartalom(?:jegyzék)?",
    r"içindekiler|bu (?:sayfada|yazıda)|содержание|оглавление|в этой статье|на этой странице|зміст|περιεχόμενα",
    r"目次|目录|目錄|本页内容|목차|차례|mục lục|daftar isi|विषय[- ]?सूची",
    r"(?:جدول )?المحتويات|فهرس|في هذه الصفحة|فهرست(?: مطالب)?|תוכן(?: עניינים)?",
)
"""What a list of a page's own headings is called."""

RELATED = _any_of(
    r"(?:related|recommended|suggested|similar|popular|trending|recent|latest|more|other|featured)(?: \w+)? "
    r"(?:articles?|stories|posts?|news|content|topics|reads|pages|links"
    r"|leaflets|guides|products)|more to explorer?|explore related topics|(?:related|keep) reading",
    r"(?:what to )?read (?:more|next|also)|also read|you (?:may|might) (?:also )?(?:like|be interested in)|up next",
    r"most (?:read|popular)|mest (?:lest|läst|læst)e?|meist ?gelesene?(?: artikel)?|meest gelezen|luetuimmat",
    r"les plus vus|lo más (?:leído|visto)|(?:i )?più letti|najczęściej czytane|самое (?:читаемое|популярное)",
    r"en çok okunan(?:lar)?|الأكثر قراءة",
    r"(?:mehr|weitere|ähnliche|verwandte|aktuelle|neueste|beliebte) "
    r"(?:zum thema|artikel|beiträge|themen|meldungen|inhalte|nachrichten|news)|lesen sie auch|auch interessant",
    r"das könnte (?:sie|dich) (?:auch )?interessieren|passend zum thema",
    r"(?:articles?|contenus?|sujets?|actualités?) (?:liés?|similaires?|connexes?|associés?|recommandés?|récents?)",
    r"(?:à )?lire (?:aussi|également)|sur le même (?:sujet|thème)|dans la même rubrique|les plus lus",
    r"(?:artículos|noticias|contenidos?|entradas|temas) (?:relacionad[oa]s?|recomendad[oa]s?|similares|recientes)",
    r"(?:te|le|también te|quizás te) puede interesar|le[ae] también|más (?:noticias|leíd[oa]s)|últimas noticias",
    r"(?:artigos|notícias|conteúdos?|posts|matérias) (?:relacionad[oa]s?|recomendad[oa]s?|similares|recentes)",
    r"leia (?:também|mais)|veja também|você (?:também )?pode gostar|mais lidas",
    r"(?:articoli|notizie|contenuti) (?:correlat[ie]|consigliat[ie]|simili|recenti)|leggi anche|ultime notizie",
    r"(?:ti )?potrebbe(?:ro)? (?:anche )?interessart?i?(?: anche)?|le più (?:lette|condivise)",
    r"(?:gerelateerde|verwante|andere|recente) (?:artikelen|berichten|onderwerpen)|lees ook",
    r"(?:relaterade|liknande|fler|relaterede|lignende|relaterte|flere) (?:artiklar|artikler|nyheter|nyheder)",
    r"(?:läs|læs|les) (?:också|även|også)|lue myös|aiheeseen liittyvää",
    r"(?:powiązane|podobne|polecane|inne|najnowsze) (?:artykuły|wpisy|treści)",
    r"(?:zobacz|czytaj|przeczytaj) (?:też|także|również)|(?:související|podobné|súvisiace|další) články|čtěte také",
    r"kapcsolódó (?:cikkek|tartalmak)|ajánlott cikkek|articole (?:similare|recomandate|recente)|citește și",
    r"σχετικά άρθρα|διαβάστε (?:επίσης|ακόμα|ακόμη)|(?:ilgili|benzer|son) (?:yazılar|haberler|makaleler|içerikler)",
    r"(?:похожие|связанные|другие|последние) (?:статьи|материалы|новости|записи)|(?:читайте|смотрите) также|по теме",
    r"(?:схожі|пов.язані|інші) (?:статті|матеріали|новини)|читайте також",
    r"(?:berita|artikel)(?: \w+)? (?:terkait|lainnya|terbaru|terpopuler)|baca juga|(?:tin|bài viết) liên quan|đọc thêm",
    r"(?:相关|相關|热门|最新|推荐)(?:文章|阅读|閱讀|新闻|新聞|内容)|推荐阅读|延伸阅读",
    r"(?:関連|おすすめ|人気|最新)(?:記事|コンテンツ)|あわせて読みたい",
    r"(?:관련|추천|인기|최신) ?(?:기사|글|콘텐츠)|บทความที่เกี่ยวข้อง",
    r"(?:مقالات|مواضيع|أخبار) (?:ذات صلة|مشابهة|متعلقة|أخرى|مقترحة)|اقرأ أيض[اً]+|قد يهمك(?: أيض[اً]+)?|مطالب مرتبط",
    r"כתבות (?:קשורות|נוספות)|קראו גם|संबंधित (?:लेख|खबरें)|यह भी पढ़ें",
)
"""What lists of the site's other pages are called. Not "More information" or "Resources", which name who helps."""

ABOUT_AUTHOR = _any_of(
    r"(?:about|meet) (?:the |our )?(?:authors?|writers?|contributors?)|author(?: bio(?:graphy)?)?",
    r"(?:über|zur|zum) (?:den|die|der)? ?autor(?:in|en)?|à propos de l[’']aut(?:eur|rice)",
    r"(?:sobre|acerca de) (?:el autor|la autora|o autor|a autora|los autores|os autores)|(?:l[’']autore|l[’']autrice)",
    r"over de (?:auteur|schrijver)|om (?:författaren|forfatteren)|(?:o|informacje o) autor(?:ze|ce|ovi|ce)|об авторе",
    r"про автора|yazar hakkında|关于作者|作者简介|著者(?:について|プロフィール)|저자 소개|نبذة عن الكاتب|عن الكاتب",
)
"""What stands above the lines on who wrote a page."""

READING_TIME = _any_of(
    r"\W*\d+[ -]?min(?:ute)?[sn]?\.? (?:to )?"
    r"(?:read(?:ing)?|lesezeit|leestijd|lästid|lesetid|okuma|czytania|чтения)\W*",
    r"\W*\d+ min(?:ut[eoi]s?|uti)?\.? d[ei] (?:lecture|lectura|lettura|leitura|citit)\W*",
    r"\W*\d+ ?분 ?읽기|.*阅读时间.*分钟",
    r"(?:reading time|read time|lesezeit|leestijd|lästid|lukuaika|czas czytania|время чтения|okuma süresi"
    r"|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura)\W*(?:ca\.? )?\d+ ?\w*\W*",
)
"""What says how long a page takes to read, in a line."""

COMMENTING = _any_of(
    r"(?:no |all |latest |\d+ )?comments?(?: ?\(\d+\))?(?: on .+)?",
    r"(?:\d+ )?(?:responses|replies|thoughts) (?:to|on) .+",
    r"(?:leave|post|write|add) a (?:comment|reply)|join the (?:conversation|discussion)",
    r"(?:\d+ )?kommentare?(?: ?\(\d+\))?(?: zu .+)?|(?:schreiben sie|schreibe) einen kommentar",
    r"kommentar (?:schreiben|verfassen|hinterlassen)|commentaires?(?: ?\(\d+\))?|(?:laisser|laissez) un commentaire",
    r"comentarios(?: ?\(\d+\))?|(?:deja|dejar|deje) (?:un comentario|una respuesta)|comentários(?: ?\(\d+\))?",
    r"deixe (?:um comentário|uma resposta)",
    r"commenti|lascia un commento|reacties|(?:geef|laat) een reactie(?: achter)?|kommentarer|lämna (?:en )?kommentar",
    r"kommentit|(?:komentarze|komentáře)(?: ?\(\d+\))?(?: do .+)?|(?:zostaw|dodaj|napisz) komentarz|hozzászólások",
    r"comentarii|lasă un comentariu|σχόλια|комментарии(?: ?\(\d+\))?|(?:добавить|оставить) комментарий|коментарі",
    r"yorumlar|(?:bir )?yorum yap(?:ın)?|komentar|bình luận|评论|評論|发表评论|コメント|댓글|التعليقات|تعليقات|תגובות",
)
"""What stands above what readers say of a page."""

ADVERTS = _any_of(
    r"advert(?:isement|ising|s)?|sponsored(?: ads?| content)?|anzeige|werbung|publicité|publicidade?|pubblicità",
    r"advertentie|annons|annonse|annonce|reklama?|iklan|реклама|广告|廣告|広告|광고|إعلان|विज्ञापन|quảng cáo",
    r"scroll to continue with content|continue reading below",
    r"(?:story|article) continues (?:after|below)(?: (?:this )?(?:ad|advertisement))?",
)
"""What stands over an advert, and stays where the advert itself is drawn by a script."""

_NO_PAGE = (
    r"(?!(?:your |normal |the |l.|la |het )?(?:work|school|sports?|play\b|driving|exercise|training|sleep|normal"
    r"|activit|running|life\b|arb|schule|alltag|travail|école|vie\b|trabaj|colegio|escuela|deporte|trabalho|escola"
    r"|esporte|lavoro|scuola|attività|werk|jobb|skol|idrott|prac[aęy]\b|szko))"
)
"""Not what people go back to after an illness: a leaflet may be called "Back to work"."""
BACK = _any_of(
    rf"[←«‹<⟵⇐](?!.*[»›]|\s*\d).*|(?:go )?back(?: to {_NO_PAGE}.+)?|return to {_NO_PAGE}.+",
    rf"zurück(?: zu[rm]? {_NO_PAGE}.+)?|retour(?: (?:à|au|aux) {_NO_PAGE}.+)?|volver(?: (?:a|al) {_NO_PAGE}.+)?",
    rf"voltar(?: (?:para|à|ao) {_NO_PAGE}.+)?|torna (?:indietro|(?:a|alla) {_NO_PAGE}.+)|indietro",
    rf"terug(?: naar {_NO_PAGE}.+)?|tillbaka(?: till {_NO_PAGE}.+)?|tilba[gk]e(?: til {_NO_PAGE}.+)?",
    rf"takaisin|powrót(?: do {_NO_PAGE}.+)?|wstecz|zpět|vissza",
    r"(?:вернуться )?назад|вернуться .+|geri(?: dön)?|înapoi|πίσω|戻る|もどる|返回|뒤로|رجوع|العودة|חזרה",
)
"""What a link back to the page before is called, where it is a line of its own."""

SHOW_MORE = _any_of(
    r"(?:show|read|see|view|load) (?:more|all|less)|weiterlesen|alles anzeigen",
    r"mehr (?:(?:an)?zeigen|lesen|erfahren)",
    r"(?:voir|afficher|lire|en savoir) (?:plus|moins|tout)|lire la suite",
    r"(?:ver|leer|mostrar|cargar) (?:más|todo|menos)",
    r"(?:ver|ler|leia|mostrar) (?:mais|tudo|menos)|(?:mostra|leggi|vedi|carica) (?:altro|di più|tutto|meno)",
    r"(?:toon|lees|bekijk) (?:meer|alles)|meer (?:tonen|lezen)|(?:visa|läs|vis|les|læs|se) (?:mera?|alt|allt|alla?)",
    r"näytä (?:lisää|kaikki)|lue lisää|(?:pokaż|czytaj|zobacz|rozwiń) (?:więcej|wszystko|dalej)|rozwiń",
    r"(?:zobrazit|zobraziť|číst|čítať|ukázat) (?:více|viac|vše|ďalej|dále)|(?:mutass|tovább) (?:többet|olvasom)",
    r"(?:arată|citește|vezi) (?:mai mult(?:e)?|tot)|(?:prikaži|pročitaj) (?:više|sve)|прикажи више",
    r"daha fazla(?:sı| göster)?|devamını (?:oku|göster)|подробнее",
    r"(?:показать|читать|смотреть) (?:ещё|еще|больше|далее|всё|полностью)",
    r"(?:показати|читати) (?:більше|далі|ще)|(?:δείτε|διαβάστε) περισσότερα|(?:(?:اقرأ|عرض|قراءة) )?المزيد",
    r"(?:نمایش بیشتر|ادامه مطلب)|(?:הצג|קרא) עוד",
    r"और (?:देखें|पढ़ें)|আরও (?:দেখুন|পড়ুন)",
    r"(?:xem|đọc) thêm|(?:lihat|baca|tampilkan) (?:lebih banyak|selengkapnya|semua)|selengkapnya",
    r"ดูเพิ่มเติม|อ่านเพิ่มเติม",
    r"(?:展开|展開|查看|显示|顯示|阅读)(?:更多|全部|全文)?|更多",
    r"もっと(?:見る|読む)|続きを(?:読む|見る)|더 ?보기|더 ?읽기|펼치기",
)
"""What a button is called that shows the rest of what is above it, and so heads nothing of its own."""

HELPFUL = _any_of(
    r"(?:was|is) this (?:page|article|information|content|leaflet) (?:helpful|useful)"
    r"|did you find (?:what you|this (?:page|article|information|content|leaflet|topic|helpful|useful))",
    r"\brate this\b|war (?:diese|der|dieser) .{3,20}hilfreich|cette page vous a",
    r"\b(?:te|le) (?:ha )?(?:resultó|resultado|sido) útil",
    r"(?:fue|ha sido|es) útil est[ae] (?:página|artículo|información)|questa pagina (?:è|ti è) (?:stata )?utile",
    r"esta página foi útil|was deze (?:pagina|informatie) nuttig",
    r"(?:hade|var) du (?:nytta|hjälp) av|fant du det du lette|oliko tästä (?:sivusta )?(?:hyötyä|apua)",
    r"czy ta (?:strona|informacja|treść) .{0,15}(?:pomocna|przydatna)|bu (?:sayfa|bilgi) .{0,15}(?:yararlı|faydalı)",
    r"была ли (?:эта |данная )?(?:страница|статья|информация) полезна|чи була (?:ця )?(?:сторінка|стаття) корисною",
    r"هل (?:كانت|وجدت) هذه (?:الصفحة|المعلومات|المقالة) (?:مفيدة|مفيداً)",
    r"क्या यह (?:पृष्ठ|पेज|लेख|जानकारी) (?:उपयोगी|मददगार)",
    r"(?:[本此]页|[本此]頁|这篇文章|這篇文章).{0,8}(?:有帮助|有幫助|有用)|このページは.{0,4}役に立",
)
"""What asks whether a page was of use, at the beginning of a line or in it."""

PRINTING = _any_of(
    r"(?:(?:view|open|show|see|get) )?(?:a |the )?(?:print(?: this)?|print(?:able|(?:er)?[- ]friendly)\b.*)",
    r"(?:(?:view|open|show|see|get) )?(?:the )?print (?:(?:this|the|whole) )*"
    r"(?:page|article|version|view|leaflet|guide|topic|section)\b.*",
    r"druck(?:en|version|ansicht)",
    r"(?:diese )?(?:seite|artikel|text) drucken|imprimer(?: .+)?|version imprimable|imprimir(?: .+)?",
    r"versión imprimible|versi(?:ón|on) para imprimir|versão para impressão|stampa(?: .+)?|versione stampabile",
    r"(?:pagina )?(?:afdrukken|printen)|skriv ut(?: .+)?|udskriv(?: .+)?|tulosta(?: .+)?",
    r"drukuj(?: .+)?|wersja do druku|vytisknout(?: .+)?|nyomtatás",
    r"верси[яї] для (?:печати|друку)|версія для друку|распечатать(?: .+)?|yazdır|打印.*|印刷.*|인쇄.*|طباعة.*",
)
"""What a link to a page for a printer is called, where it is a line of its own."""

MAILING = re.compile(
    r"mail|subscri|inbox|abonn|courri|correo|bolet[ií]n|suscri|assinat|inschrij|nieuwsbrief|nyhetsbrev"
    r"|nyhedsbrev|uutiskirje|wiadomo|odběr|hírlev|рассыл|письм|розсил|bülten|posta|邮件|メール|메일|بريد",
    re.IGNORECASE,
)
"""In a sentence that says why one gets such a mail, or what the link does."""

UNSUBSCRIBING = _any_of(
    r"unsubscribe(?: .+)?|(?:newsletter )?abmelden|(?:se )?désabonner|se désinscrire|désinscription",
    r"dar(?:se|me)? de baja|cancelar (?:la )?(?:suscripción|inscrição|assinatura)",
    r"disiscri(?:viti|zione)|annulla (?:l.)?iscrizione",
    r"uitschrijven|afmelden|afmeld(?: .+)?|avregistrera(?: .+)?|meld deg av",
    r"peruuta tilaus|wypisz się|odhlásit(?: se)?|leiratkozás",
    r"отписаться(?: .+)?|відписатися(?: .+)?|abonelikten çık|退订|配信停止|수신거부|إلغاء الاشتراك",
)
"""What ends a mail that is sent to many, in a link."""

SHARE = _any_of(
    r"share(?: (?:this|on|it|article|page|post|story)){0,2}|tweet|teilen|partager|compartir|compartilhar|condividi",
    r"delen|dela|udostępnij|sdílet|jaa|del|paylaş|поделиться|поширити|分享|共有|공유|مشاركة|שתף|κοινοποίηση",
)
"""What stands alone above the signs of social networks, "Share"; a line that says more says something."""

SHARING = _any_of(
    r"pinterest\.[a-z.]+/pin/create|facebook\.com/(?:sharer|dialog/(?:share|feed|send))|(?:twitter|//x)\.com/(?:intent/|share)",
    r"linkedin\.com/(?:sharing|shareArticle|cws/share)|wa\.me/\?|whatsapp\.com/send|whatsapp:/*send|reddit\.com/submit",
    r"(?:t|telegram)\.me/share|vk\.com/share|xing\.com/(?:spi/shares|app/user\?op=share)|addtoany\.com/share",
    r"tumblr\.com/(?:share|widgets/share)|line\.me/(?:R/|lineit/share)|fb-messenger:/*share",
)
"""In the addresses by which social networks take a page that is shared, anywhere."""
