"""Which language a report is in: Ukrainian, Russian, English, or another one, which is not read. Pure.

Letters decide where they can: і ї є ґ are Ukrainian, ы э ё ъ Russian. Where a headline has neither, short words and
word endings do. What stays undecided takes the language of its feed.
"""

import re

from monitor.model.reports import Language

#: So much of a text settles its language.
_SAMPLE = 600
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
#: Letters of Belarusian, Serbian, Macedonian, Kazakh, Tatar ... that neither Ukrainian nor Russian has.
_FOREIGN_CYRILLIC = re.compile("[ўјљњћђџѓќѕәғқңөұүһҳҷӯӣ]")
#: "ъ" before a consonant or at the end of a word: Bulgarian, where it is a vowel.
_BULGARIAN = re.compile(r"ъ(?![еёюя])")
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэёъ]")
_APOSTROPHE = re.compile("[бпвмфршкн]['’ʼ][яюєї]")
_FOREIGN_LATIN = re.compile("[äöüßąćęłńóśźżéèêëàâçñčšžřěůőűășțğışáíúýøåæœõãôîďťľđ]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UK_WORDS = _words(
    """
    та що щодо щоб як де чи але бо коли вже ще його її їх є й із зі з під від він вона вони це цей ця ці був була було були
    буде після перед внаслідок унаслідок через тільки також немає біля понад близько майже зсу сбу дснс ова мзс
    україни україну росіяни росії рф ворог ворожий окупанти загинув загинула загинули поранено поранений наразі
    ввечері вранці вночі упродовж протягом року уряд голова ради сша повідомив повідомили заявив заявила заявили
    стало відомо нова нове нових новий щодня цього тому тут там може можуть має мають треба проти без"""
)
_RU_WORDS = _words(
    """
    и что как где или но если когда уже еще его её их с со во из изо от ото об обо к ко о это этот эта эти был
    была было
    были будет после перед из-за только также нет около более почти всу мчс мид рф россии украины украину погиб
    погибла погибли ранен ранены сейчас вечером утром ночью в течение года правительство глава сша сообщил
    сообщила сообщили заявил заявила заявили стало известно новая новое новых новый этого тому здесь может могут
    имеет против без при который которые которых под над между через нужно надо он она они мы вы все всё
    не на"""
)
#: Words that both have: they settle nothing.
_BOTH = _UK_WORDS & _RU_WORDS
_BG_WORDS = _words("е са се да от със към след че като които който беше ще или срещу няма има бъде според")
_BE_WORDS = _words("і ў з на што як гэта не ад для пра быў была былі якія беларусі мінску таксама")
_SR_WORDS = _words("је су се у на са од за да и које који која није биће после против због")

_UK_ENDINGS = re.compile(
    r"(?:ння|ться|ться|ють|ська|ське|ського|ській|ський|ську|ською|ські|ських|цька|цький|цького|цьку|ено|ано|єно|ати|ити|"
    r"увати|увала|ували|ував|ець|ості|ість|ою|ього|ьому)$"
)
_RU_ENDINGS = re.compile(
    r"(?:ние|ния|нию|нием|ции|ция|цию|ций|тся|ский|ская|ское|ские|ских|ского|ской|скую|ским|цкий|цкая|цкого|ую|юю|ает|яет|"
    r"ует|ают|яют|уют|ится|ился|ась|ись|ость|ости|остью|ать|ить|еть|ять|ение|ления|лся|ии|ие|ев|иев|ого|его|ему|ому)$"
)

_EN_WORDS = _words(
    """the a an of to in on and for with from by as at after over is are was were be been has have had will would could
    says said say his her its their it he she they that this these which who what why how when where into
    against amid not no new more than but or up out off about before during two three four five
    """
)
_OTHER_LATIN_WORDS = _words(
    """der die das und ist nicht ein eine einen einem einer von zu im mit auf für den dem des bei nach wie sich aus wird
    werden auch am zum zur über gegen vor sind hat haben noch als soll mehr um
    le la les des du une et est dans pour par sur avec au aux qui que pas ne ce cette son ses sont leur plus contre
    el los las del una por para con como más pero sus ha han entre sobre desde
    w z na do się nie jest że po od za przez jak dla przy są był było oraz przed
    il lo gli di da che per non con una nel della delle dei alla sono più anche tra
    o os as um uma em no na dos das ao à pelo pela não mais
    het een van voor met op niet zijn aan naar bij ook maar worden uit
    och att det som är inte på av till den har med ett
    ve bir bu için ile olan daha çok ama da de
    si in cu din pe la nu care mai pentru este fost
    je se na da su od za koji biti protiv sa nakon"""
) - {"a", "an", "as", "at", "in", "is", "no", "on", "to", "for", "had", "has", "her", "die", "do", "by", "out", "but"}


def detect(title: str, text: str | None, fallback: Language | None) -> Language:
    """Return the language of a report.

    Args:
        title: the headline.
        text: what follows it, if anything.
        fallback: the language of its feed, for what cannot be decided; None where nothing is known.
    """
    sample = f"{title}\n{text or ''}"[:_SAMPLE].lower()
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    others = sum(map(str.isalpha, sample)) - cyrillic - latin if not sample.isascii() else 0
    if cyrillic + latin == 0 and others == 0:
        return fallback or Language.OTHER
    if others > cyrillic + latin:
        return Language.OTHER
    # Names of companies and weapons are Latin within Cyrillic text; the reverse hardly occurs.
    return _of_cyrillic(sample, fallback) if cyrillic * 2 >= latin else _of_latin(sample, fallback)


def _of_cyrillic(sample: str, fallback: Language | None) -> Language:
    words = _WORD.findall(sample)
    ukrainian = 3 * len(_UKRAINIAN.findall(sample)) + 3 * len(_APOSTROPHE.findall(sample))
    russian = 3 * len(_RUSSIAN.findall(sample))
    other = 4 * len(_FOREIGN_CYRILLIC.findall(sample)) + 4 * len(_BULGARIAN.findall(sample))
    if ukrainian and russian and "и" not in sample:
        other += ukrainian + russian  # Belarusian: і beside ы and э, and never и
    for word in words:
        if word not in _BOTH:
            ukrainian += 2 * (word in _UK_WORDS)
            russian += 2 * (word in _RU_WORDS)
        other += (word in _BG_WORDS) + (word in _BE_WORDS) + (word in _SR_WORDS)
    if not ukrainian or not russian:
        ukrainian += sum(1 for word in words if len(word) > 4 and _UK_ENDINGS.search(word))
        russian += sum(1 for word in words if len(word) > 4 and _RU_ENDINGS.search(word))
    if other > ukrainian and other > russian:
        return Language.OTHER
    if ukrainian == russian:
        undecided = fallback if fallback in (Language.UKRAINIAN, Language.RUSSIAN) else None
        return undecided or Language.RUSSIAN
    return Language.UKRAINIAN if ukrainian > russian else Language.RUSSIAN


def _of_latin(sample: str, fallback: Language | None) -> Language:
    words = _WORD.findall(sample)
    english = sum(word in _EN_WORDS or word.endswith(("'s", "’s")) for word in words)
    other = sum(word in _OTHER_LATIN_WORDS for word in words) + 0.5 * len(_FOREIGN_LATIN.findall(sample))
    if english == other:
        return fallback if english == 0 and fallback is Language.OTHER else Language.ENGLISH
    return Language.ENGLISH if english > other else Language.OTHER
