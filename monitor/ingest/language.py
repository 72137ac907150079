"""Which language a report is in: Ukrainian, Russian, English, or another one, which is not read. Pure.

Letters decide where they can: і ї є ґ are Ukrainian, ы э ё ъ Russian. Where a headline has neither, short words and
word endings do. What stays undecided takes the language of its feed. A language that was stated for one report counts,
unless letters and words plainly tell of the other of the two: whole archives label both alike, and read in the wrong
language a report says nothing.
"""

import re

from monitor.model.reports import Language

#: So much of a text settles its language.
_SAMPLE = 600
_CYRILLIC = re.compile("[\u0400-\u052f]")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
#: Letters of Belarusian, Serbian, Macedonian, Kazakh, Tatar ... that neither Ukrainian nor Russian has.
_FOREIGN_CYRILLIC = re.compile("[ўјљњћђџѓќѕәғқңөұүһҳҷӯӣ]")
#: "ъ" before a consonant or at the end of a word: Bulgarian, where it is a vowel.
_BULGARIAN = re.compile(r"ъ(?![еёюя])")
_RUSSIAN_HARD_SIGN = re.compile("ъ(?=[еёюя])")
_APOSTROPHE = re.compile("[бпвмфршкндтзс]['’ʼ][яюєї]")
_GERMAN_FORMS = re.compile(
    "(?:ungen|ung|lich|liche|keit|heit|ische[nrms]?|ieren|schaft)$|tsch|schl|schw|schr|[aeiou]hl"
)
#: Letters of other languages in Latin script; English has them in names only.
_FOREIGN_LATIN = re.compile("[äöüßąćęłńóśźżéèêëàâçñčšžřěůőűășțğışáíúýøåæœõãôîďťľđ]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UK_WORDS = _words(
    """
    та що щодо щоб як де чи але бо коли вже ще його її їх є й із зі з під від
    він вона вони це цей ця ці був була було були
    буде після перед внаслідок унаслідок через тільки також немає біля понад близько майже зсу сбу дснс ова мзс
    україни україну росіяни росії рф ворог ворожий окупанти загинув загинула загинули поранено поранений наразі
    яку яка яке які якої людини людина
    ввечері вранці вночі упродовж протягом року уряд голова ради сша повідомив повідомили
    заявив заявила заявили стало відомо нова нове нових новий щодня цього тому тут там може можуть має мають
    треба проти без на не над при"""
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
#: Words that both have settle nothing.
_UK_ONLY = _UK_WORDS - _RU_WORDS
_RU_ONLY = _RU_WORDS - _UK_WORDS
_BG_WORDS = _words("е са се да от със към след че като които който беше ще или срещу няма има бъде според")
_BE_WORDS = _words("і ў з на што як гэта не ад для пра быў была былі якія беларусі мінску таксама")
_SR_WORDS = _words("је су се у на са од за да и које који која није биће после против због")

#: Endings of words, and stems of what reports are about, that only one of the two has.
_UK_FORMS = re.compile(
    r"(?:ння|ться|ють|сь?ка|ське|ського|сько[їю]|ський|ську|ських|цьк\w\w?|ено|ано|ати|ити|ува[влт]\w?\w?|уло|ець|ською|"
    r"ького|ньому|ати|или(?=ся))$|^(?:нафт|знищ|вибух|завда[нвл]|пошкод|окуп|росіян|відбул|обстріл|рятув|атакуван|в?оєн)"
)
_RU_FORMS = re.compile(
    r"(?:ни[еяю]|ци[иейюя]+|тся|ск(?:ий|ая|ое|ие|их|ого|ой|ую|им|ом)|цк(?:ий|ая|ого)|[уаи]ет|[ую]ют|ают|лся|ились|ость?ю?|"
    r"ать|ить|еть|ие|ии|ев|авиа\w+|енн?ый|ов)$|^(?:нефт|уничтож|взрыв|нанес|поврежд|оккуп|росси|украинс|разруш|воен)"
)

_EN_WORDS = _words(
    """the a an of to on and for with from by as at after over is are was were be been has have had will would could
    says said say his her its their it he she they that this these which who what why how when where into
    against amid not no new more than but or up out off about before during two three four five
    """
)
_OTHER_LATIN_WORDS = _words(
    """der die das und ist nicht ein eine einen einem einer von zu im mit auf für den dem des bei nach wie sich aus wird
    werden auch am zum zur über gegen vor sind hat haben noch als soll mehr um
    le la les des du une et est dans pour par sur avec au aux qui que pas ne ce cette son ses sont leur contre
    el los las del una por para con como más pero sus ha han entre sobre desde
    w z na do się nie jest że po od za przez jak dla przy są był było oraz przed
    il lo gli di da che per non con una nel della delle dei alla sono più anche tra
    o os as um uma em no na dos das ao à pelo pela não mais
    het een van voor op niet zijn aan naar bij ook maar worden uit
    och att det som är inte på av till den har med ett
    ve bir bu için ile olan daha çok ama da de
    si in cu din pe la nu care mai pentru este fost
    je se na da su od za koji biti protiv sa nakon"""
) - {"a", "an", "as", "at", "in", "is", "no", "on", "to", "for", "had", "has", "her", "die", "do", "by", "out", "but"}


#: How much more must speak for the other language before it outweighs the stated one.
_PLAINLY = 2


def settled(title: str, text: str | None, stated: Language | None) -> Language:
    """Return the language of a report for which one may have been stated.

    Args:
        title: the headline.
        text: what follows it, if anything.
        stated: what the record says of itself; None where it says nothing, and then the text decides (`detect`).
    """
    if stated is None:
        return detect(title, text, None)
    other = _OTHER_OF_TWO.get(stated)
    if other is None:
        return stated
    sample = _sample(title, text)
    marks = _marks(sample)
    return other if detect(title, text, stated) is other and marks[other] >= _PLAINLY * (marks[stated] + 1) else stated


_OTHER_OF_TWO = {Language.UKRAINIAN: Language.RUSSIAN, Language.RUSSIAN: Language.UKRAINIAN}


def _sample(title: str, text: str | None) -> str:
    return f"{title}\n{text}"[:_SAMPLE].lower() if text else title[:_SAMPLE].lower()


def detect(title: str, text: str | None, fallback: Language | None) -> Language:
    """Return the language of a report.

    Args:
        title: the headline.
        text: what follows it, if anything.
        fallback: the language of its feed, for what cannot be decided; None where nothing is known.
    """
    sample = _sample(title, text)
    latin = len(sample.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTERS))
    if sample.isascii():
        return _of_latin(sample, fallback) if latin else fallback or Language.OTHER
    cyrillic = len(_CYRILLIC.findall(sample))
    latin += len(_FOREIGN_LATIN.findall(sample))
    if cyrillic + latin == 0 or sum(map(str.isalpha, sample)) > 2 * (cyrillic + latin):
        return Language.OTHER if any(map(str.isalpha, sample)) else fallback or Language.OTHER
    # Names of companies and weapons are Latin within Cyrillic text; the reverse hardly occurs.
    return _of_cyrillic(sample, fallback) if cyrillic * 2 >= latin else _of_latin(sample, fallback)


def _of_cyrillic(sample: str, fallback: Language | None) -> Language:
    """Let letters decide where they agree, and words and endings where they do not."""
    ukrainian, russian = _letters(sample)
    foreign = bool(_FOREIGN_CYRILLIC.search(sample) or _BULGARIAN.search(sample))
    if not foreign and bool(ukrainian) != bool(russian):
        return Language.UKRAINIAN if ukrainian else Language.RUSSIAN
    return _by_words(sample, fallback)


def _letters(sample: str) -> tuple[int, int]:
    """Count the letters that only Ukrainian has, and those that only Russian has."""
    return _count(sample, "іїєґ"), _count(sample, "ыэё") + len(_RUSSIAN_HARD_SIGN.findall(sample))


def _marks(sample: str) -> dict[Language, int]:
    """Weigh what speaks for Ukrainian and what for Russian: letters, short words, and endings of words."""
    ukrainian, russian = _letters(sample)
    words = _WORD.findall(sample)
    distinct = set(words)
    return {
        Language.UKRAINIAN: 3 * ukrainian
        + 2 * len(distinct & _UK_ONLY)
        + 3 * len(_APOSTROPHE.findall(sample))
        + sum(bool(_UK_FORMS.search(word)) for word in words),
        Language.RUSSIAN: 3 * russian
        + 2 * len(distinct & _RU_ONLY)
        + sum(bool(_RU_FORMS.search(word)) for word in words),
    }


def _by_words(sample: str, fallback: Language | None) -> Language:
    marks = _marks(sample)
    ukrainian, russian = marks[Language.UKRAINIAN], marks[Language.RUSSIAN]
    other = 4 * (len(_FOREIGN_CYRILLIC.findall(sample)) + len(_BULGARIAN.findall(sample)))
    if all(_letters(sample)) and "и" not in sample:
        other += 3 * sum(_letters(sample))  # Belarusian: і beside ы and э, and never и
    distinct = set(_WORD.findall(sample))
    other += max(len(distinct & known) for known in (_BG_WORDS, _BE_WORDS, _SR_WORDS))
    if other > ukrainian and other > russian:
        return Language.OTHER
    if ukrainian != russian:
        return Language.UKRAINIAN if ukrainian > russian else Language.RUSSIAN
    # Without a single mark it is rather Russian: few Ukrainian sentences do without і, ї and є.
    return fallback if fallback is Language.UKRAINIAN else Language.RUSSIAN


def _of_latin(sample: str, fallback: Language | None) -> Language:
    words = set(_WORD.findall(sample))
    english = len(words & _EN_WORDS) + ("'s " in sample or "’s " in sample)
    other = len(words & _OTHER_LATIN_WORDS)
    if not sample.isascii():
        other += len(_FOREIGN_LATIN.findall(sample))
    if english <= other:
        other += sum(bool(_GERMAN_FORMS.search(word)) for word in words)
    if english == other:
        return fallback if english == 0 and fallback is Language.OTHER else Language.ENGLISH
    return Language.ENGLISH if english > other else Language.OTHER


def _count(sample: str, letters: str) -> int:
    return sum(map(sample.count, letters))
