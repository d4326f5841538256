"""Words and beginnings that tell running text from the furniture of a page, in many languages."""

from __future__ import annotations

import re

_FUNCTION = (
    "the of and to in a is that for it with as on was be by at this are from or have an not which but had were "
    "they their his her its has been he she we you can will would there who what when if so than into also some "
    "could other then only der die das und ist von mit den im zu auf für nicht ein eine des dem sich auch als an "
    "es wie hat le la les et du un une est que qui dans pour pas sur au avec ce il elle plus par ne se el los las "
    "de en del con por para como más su al lo i di che e per non è sono della alla o do da em os no na não uma "
    "mais é van het op te dat voor zijn niet met och att det som på är av inte til af ikke w z nie się jest że и "
    "в на не что с по это как и из за от к у о для но он она они мы был была было были его её их та те який що "
    "ή το της την του των και να με από στο στη για που είναι δεν στην στον τα τις τους "
    "في من على إلى أن عن مع هذا هذه التي الذي كان لا ما هو هي قد بعد كما ولا "
    "של את על לא הוא היא זה עם כי אם גם או אל אני היה כל "
    "که در به از را این آن با است برای شد بود می یک "
    "ve bir bu için ile da çok daha olarak gibi olan yang dan di dari untuk dengan pada ini itu tidak akan "
    "ja on ei että se oli mutta kun és hogy az egy nem meg volt un în și la cu nu mai pe är ett jag du "
    "và của là có cho được không một những trong với các "
    "的 了 是 在 和 不 有 我 他 这 這 为 為 与 與 也 就 の は を が に で と も た て な る し "
    "이 그 및 수 등 것 "
)
_PERSON = "you your yours we our us i my me"
_FURNITURE = (
    "cookie cookies subscribe subscription newsletter newsletters sign signin signup login logout register share "
    "tweet follow related recommended advertisement sponsored affiliate privacy terms copyright reserved comments "
    "comment reply previous next menu search contact home skip click download cart checkout view load show more "
    "learn started trial request written posted published updated views likes tags tag category categories filed "
    "photo credit getty source popular latest trending log facebook twitter instagram linkedin pinterest youtube "
    "whatsapp email print account abonnieren anmelden datenschutz impressum teilen mehr connecter partager "
    "suscribirse suscríbete compartir iscriviti condividi connexion partilhar cookie-richtlinie weiterlesen "
    "kommentare commentaires comentarios "
    "weiter zurück suche startseite anzeige newsletteranmeldung verwandte beliebte meistgelesen warenkorb drucken "
    "accueil rechercher suivant précédent publicité abonnez inscription lire populaires panier imprimer "
    "inicio buscar siguiente anterior publicidad suscripción registrarse compartido carrito imprimir "
    "cerca successivo precedente pubblicità abbonati accedi registrati carrello stampa "
    "início pesquisar próximo anterior publicidade assine entrar carrinho imprimir "
    "delen inloggen abonneren zoeken volgende vorige advertentie reacties lees nieuwsbrief "
    "udostępnij zaloguj szukaj następny poprzedni reklama komentarze czytaj subskrybuj "
    "поделиться подписаться подписка войти регистрация поиск комментарии комментировать реклама читать далее "
    "назад вперед меню главная контакты печать популярное новости теги поділитися підписатися реклама коментарі "
    "dela logga sök nästa föregående annons kommentarer läs del søg næste annonce læs kirjaudu jaa haku mainos "
    "paylaş abone giriş ara sonraki önceki reklam yorum yorumlar devamını bagikan masuk cari berikutnya komentar "
    "κοινοποίηση σύνδεση εγγραφή αναζήτηση επόμενο προηγούμενο διαφήμιση σχόλια "
    "مشاركة شارك اشترك تسجيل الدخول بحث التالي السابق إعلان تعليقات تعليق المزيد القائمة "
    "שתף שתפו הרשמה התחבר חיפוש הבא הקודם פרסומת תגובות תפריט עוד "
    "공유 구독 로그인 회원가입 검색 댓글 광고 이전 다음 메뉴 목록 더보기 기사 제보 "
    "साझा सदस्यता खोज विज्ञापन टिप्पणी शेयर करें "
)
_MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre "
    "dicembre "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro "
    "januari februari maart mei juni augustus oktober stycznia lutego marca kwietnia maja czerwca lipca sierpnia "
    "września października listopada grudnia ledna února března dubna května června července srpna září října "
    "listopadu prosince января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня "
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
    "δεκεμβρίου ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta maret agustus desember يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر "
    "نوفمبر ديسمبر ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "月 1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월 tháng"
)
FUNCTION, PERSON, FURNITURE, MONTH, TITLE = range(5)
"""Kinds of words, as numbers of bits; `TITLE` is for the words of the page's own headline."""
LEXICON: dict[str, int] = {}
"""For a word in lower case the kinds it is of, as bits."""
for _number, _words in enumerate((_FUNCTION, _PERSON, _FURNITURE, _MONTHS)):
    for _word in _words.split():
        LEXICON[_word] = LEXICON.get(_word, 0) | 1 << _number

ANNOUNCEMENTS = {
    "related": (
        r"related|recommended|more (?:from|on|in|about|stories|posts|articles)|you (?:may|might)|"
        r"read (?:next|more|also)|see also|also (?:read|on)|popular|trending|latest|recent|similar|"
        r"up next|don.t miss|what to read|keep reading|mehr\b|auch interessant|lesen sie|à lire|"
        r"sur le même|te puede|leggi anche|customers? (?:also|who)"
        r"|mehr zum thema|das könnte sie|weitere (?:artikel|themen|meldungen)|meistgelesen|à lire aussi|"
        r"lire aussi|voir aussi|"
        r"articles? (?:liés|similaires)|les plus lus|más (?:sobre|noticias|leídas)|relacionad|lea también|ver también|"
        r"leia (?:também|mais)|mais lidas|potrebbe interessarti|articoli correlati|lees ook|meer over|"
        r"zobacz (?:też|także)|"
        r"czytaj (?:też|także|więcej)|powiązane|läs (?:också|även|mer)|les også|læs også|lue myös|čtěte také|"
        r"читайте также|читать также|по теме|ещё по теме|похожие|популярное|самое читаемое|читайте також|"
        r"διαβάστε (?:επίσης|ακόμη|περισσότερα)|σχετικά|اقرأ (?:أيضا|أيضًا|المزيد)|مواضيع ذات|ذات صلة|الأكثر|"
        r"קראו (?:גם|עוד)|"
        r"עוד ב|כתבות נוספות|ilgili (?:haber|içerik)|baca juga|berita terkait|xem thêm|tin liên quan|यह भी पढ़ें|संबंधित|"
        r"関連|あわせて読みたい|おすすめ|人気|アクセスランキング|ランキング|最新|新着|相关|相關|推荐|推薦|热门|熱門|延伸阅读|延伸閱讀|"
        r"更多|관련|많이 본|인기|추천|최신|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง"
    ),
    "comments": (
        r"(?:\d+ )?(?:comments?|replies|responses|kommentare?|commentaires?|comentarios)\b|leave a|"
        r"join the|discussion"
        r"|(?:\d+ )?(?:commenti|reacties|комментари|коментар|σχόλια|komentarze|kommentarer|yorumlar|komentar|תגובות|"
        r"تعليقات|コメント|评论|評論|댓글|bình luận|टिप्पणि)"
    ),
    "author": (
        r"about (?:the )?(?:author|us)|author|written by|contributors?|meet the|contact|media contact|"
        r"über (?:den|uns)"
        r"|zur person|à propos de|sobre (?:el|la|o|a) autor|l.autore|over de auteur|o autorze|об авторе|про автора|"
        r"عن الكاتب|על המחבר|著者|筆者|作者|记者|記者|기자"
    ),
    "newsletter": (
        r"(?:\w+ ){0,4}?(?:newsletter|subscribe|sign up|inbox|e-?mails?)\b|stay (?:up|in)|get (?:the|our|"
        r"your)|join (?:our|us)"
        r"|newsletter abonnieren|inscrivez-vous|suscríbete|iscriviti|assine|подпис|підпис|اشترك|הירשמו|メルマガ|"
        r"ニュースレター|订阅|訂閱|구독"
    ),
    "sources": (
        r"(?:references|sources|notes|footnotes|bibliography|citations|works cited|further reading|"
        r"external links|resources|disclaimer|disclosure)\b"
        r"|quellen|literatur|einzelnachweise|références|notes et références|bibliographie|referencias|fuentes|"
        r"bibliografía|fonti|referências|bronnen|źródł|przypisy|källor|referenser|источники|примечания|литература|"
        r"джерела|примітки|مراجع|المراجع|מקורות|参考|參考|脚注|出典|注释|참고"
    ),
    "questions": r"(?:frequently asked|faqs?|questions)\b",
    "contents": (
        r"(?:table of contents|contents|in this (?:article|post|guide|page)|on this page|jump to|"
        r"key takeaways|summary|tl;?dr|conclusion|introduction|overview)\b"
    ),
    "share": (
        r"(?:share|follow|tweet|print)\b|teilen|partager|compartir|condividi|compartilh|delen|udostępnij|поделиться|"
        r"поділитися|شارك|שתפו|paylaş|シェア|分享|공유"
    ),
    "product": (
        r"(?:features?|specifications?|details|description|product|reviews?|customer|shipping|"
        r"what.s included)\b"
    ),
}
"""What short texts announce at their beginning."""
ANNOUNCED = tuple(ANNOUNCEMENTS)
_ANNOUNCEMENT = re.compile("|".join(f"({pattern})" for pattern in ANNOUNCEMENTS.values()))
_ANNOUNCING = 100  # characters of a text that may announce something


def announced(text: str) -> int:
    """What a lower-case text announces: 1 + its place in `ANNOUNCED`; 0: nothing."""
    if not text or len(text) >= _ANNOUNCING:
        return 0
    found = _ANNOUNCEMENT.match(text)
    return found.lastindex or 0 if found else 0
