"""What stands beside a name and says what it means: prepositions, kinds of settlement, titles, region words."""

import re

_I = re.IGNORECASE
#: After a region's adjective or bare name: what makes it a region.
_AREA = (
    r"(?:област\w*|обл\b\.?|край\b|кра[юяїєе]м?\b|регион\w*|регіон\w*|губерни\w*|республик\w*|республік\w*|"
    r"автономн\w+ округ\w*|АО\b|О[ВД]А\b|ОГА\b|обласн\w+ (?:державн\w+ |військов\w+ )?адміністрац\w+|"
    r"областн\w+ (?:военн\w+ )?администрац\w+|адміністрац\w+|"
    r"(?:oblast|region|province|krai|kray|territory|republic|autonomous okrug|RMA|OVA|regional|RSA)\w*)"
)
#: Between the adjectives of a list that share one region word: "Харківській, Сумській та Одеській областях".
_LIST = (
    r"(?:(?:\s*,\s*(?:and\s+|та\s+|и\s+|і\s+)?|\s+(?:та|і|й|и|and|or|а также|а також)\s+)"
    r"(?:(?:в|у|на|the)\s+)?[A-ZА-ЯҐЄІЇЁ][\w'’\-]+(?:\s(?:City|Rih|Novgorod))?){0,12}"
)
AREA_NEXT = re.compile(rf"[\"»”]?\s+({_AREA})", _I)
AREA_AFTER_LIST = re.compile(rf"{_LIST}\s+({_AREA})")
#: After an adjective or a bare name: what makes it a district.
DISTRICT_NEXT = re.compile(
    r"[\"»”]?\s+((?:город\w+ |міськ\w+ |муниципальн\w+ |сільськ\w+ |селищн\w+ |територіальн\w+ )?"
    r"(?:район\w*|р-н\w*|округ\w*|громад\w*|общин\w*|ТГ\b|ОТГ\b)|(?:urban )?(?:district|raion|rayon|community|"
    r"hromada|municipality)\b)",
    _I,
)
#: The name of a district, up to the town that it is a part of.
BOROUGH = re.compile(
    r"[\w'’ʼ-]+[\"»”]?\s+(?:район\w*|р-н\w*|округ\w*|(?:urban )?(?:district|raion|rayon)\b)\s+"
    r"(?:of\s+|in\s+|(?:м|г)\.\s?|міста\s+|города\s+)?",
    _I,
)
#: Before a name that is a river's as well as a town's: "на берегу Днепра", "the left bank of the Dnipro".
BANK_BEFORE = re.compile(
    r"\b(?:берег\w*|бере[жз]\w{1,3}|приток\w*|русл\w*|річк\w+|рек\w{1,3}|усть\w+|гирл\w+|дельт\w+|пойм\w+|заплав\w+|"
    r"долин\w+|вод\w*|через|вздовж|вдоль|уздовж|"
    r"(?:(?:banks?|side|mouth|delta|waters)(?:\s+of)?|river)(?:\s+the)?|(?:across|along|over|on)\s+the)\s+$",
    _I,
)
#: After such a name: "the Dnipro river".
RIVER_BEHIND = re.compile(r"\s(?:river|річк\w+|рек\w+)\b", _I)
RIVER_AND_TOWN = re.compile(r"(?:дн[еі]пр|dnipro|dnieper|самар|samara)", _I)
#: After the first adjective of a list: "Борисовского и Грайворонского районов", "Sumy and Shostka districts".
_DISTRICT_AFTER_LIST = re.compile(
    rf"{_LIST}\s+(?:район(?:и|ы|ов|ах|ам|ами|ів)|громад(?:и|ах|ам|ами)?|округ(?:ов|ах|ам)|общин(?:ах|ам)?|districts|communities|"
    r"hromadas|raions)\b"
)
IN_PLACE = re.compile(
    r"(?:^|[\s(«\"“„])(?:в|у|во|під|под|біля|возле|около|поблизу|вблизи|неподалік(?: від)?|недалеко от|"
    r"у районі|в районе|"
    r"окупован\w+|оккупирован\w+|подконтрольн\w+|підконтрольн\w+|"
    r"(?:\w+-)?(?:held|occupied|controlled)|in|at|near|outside|around|inside|occupied|over|above|над)\s+[«\"“„]?$",
    _I,
)
TO_PLACE = re.compile(
    r"(?:^|[\s(«\"“„])(?:по|на|з|із|зі|из|с|до|від|от|через|к|проти|против|за|між|между|"
    r"of|on|to|from|for|across|against|between|through|towards?|"
    r"(?:strik|hit|attack|shell|bomb|pound|target|pummel|hammer|batter|rock)\w*|"
    r"(?:атак|обстріл|обстрел|вдар|удар|бомб)\w*|міськ\w+|городск\w+|центр\w*|околиц\w*|окраин\w*|"
    r"берег\w*|районі?|районі?в|вулиц\w*|улиц\w*|мешканц\w*|жител\w*|передміст\w*|пригород\w*|м[иі]крорайон\w*|"
    r"половин\w*|квартал\w*)\s+[«\"“„]?$",
    _I,
)
#: Before a town's name in the genitive: who heads it.
#: Before a town in the genitive: who heads it, or a site that is called after it.
HEAD_OF = re.compile(
    r"\b(?:мер|мэр|голова|глава|начальник|губернатор|НПЗ|ТЭЦ|ТЕЦ|ТЭС|ТЕС|ГРЭС|АЭС|АЕС|(?:нефте|нафто)баз\w+|"
    r"(?:аэро|аеро)?порт\w{0,2}|подстанци\w+|підстанці\w+|энергетик\w|енергетик\w|энергосистем\w|енергосистем\w)\s+$",
    _I,
)
GENITIVE = re.compile(r"[аяиіїы]$")
NEAR_PLACE = re.compile(
    r"(?:під|под|біля|возле|около|поблизу|вблизи|неподалік(?: від)?|недалеко от|у районі|в районе|передміст\w+|"
    r"пригород\w*|околиц\w*|окраин\w*(?: города| міста)?|окрестност\w+|район[іе]|in the area of|"
    r"near|outside|close to|(?:outskirts|suburbs?|vicinity) of|not far from)\s+(?:г\.|м\.)?\s*[«\"“„]?$",
    _I,
)
SETTLEMENT_BEFORE = re.compile(
    r"(?:\b(?:м|г|с|п|пос|дер|ст|х|н\.\s?п|пгт|смт)\.|\b(?:пгт|смт|міст(?:о|а|і|у|ом|ечк\w+)|город(?:а|у|е|ом|"
    r"ке|ок|ка)?|"
    r"сел(?:о|а|і|е|у|ом|ищ\w+)|пос[её]л(?:ок|к\w+)|станиц\w+|хутор\w*|деревн\w+|населен\w+ пункт\w*|"
    r"насел[её]нн\w+ пункт\w*|"
    r"(?:village|town|city|settlement|stanitsa|hamlet|port|district)(?: of)?))\s+[«\"“„]?$",
    _I,
)
#: Before or after a name: words that make it a village, and no city of the same name.
VILLAGE_BEFORE = re.compile(
    r"(?:\b(?:с|дер|х)\.|\b(?:сел(?:о|а|і|е|у|ом|ищ\w+)|хутор\w*|деревн\w+|станиц\w+|village(?: of)?|hamlet(?: of)?))"
    r"\s+[«\"“„]?$",
    _I,
)
VILLAGE_AFTER = re.compile(r"[»\"”]?\s+(?:village|hamlet)\b", _I)
SETTLEMENT_AFTER = re.compile(r"\s+(?:city|village|town|settlement|stanitsa)\b", _I)
PERSON_BEFORE = re.compile(
    r"(?:\b[A-ZА-ЯҐЄІЇЁ]\.\s?|\b(?:президент\w*|прем.{0,2}єр\w*|премьер\w*|министр\w*|міністр\w*|"
    r"губернатор\w*|мер\w{0,2}|"
    r"мэр\w{0,2}|глав\w|голов\w|депутат\w*|генерал\w*|полковник\w*|посол\w*|спикер\w*|речник\w*|пан\w?|господин\w*|"
    r"president|minister|governor|mayor|general|colonel|spokes\w+|Mr|Mrs|Ms|Dr|ambassador|senator|secretary)\.?\s+)$",
    _I,
)
#: Before or after a name: words that make it somebody who speaks.
SAID_BEFORE = re.compile(
    r"\b(?:said|says?|told|tells|according to|wrote|writes|"
    r"заяв\w+|сообщ\w+|повідом\w+|каж(?:е|уть)|говор\w+|сказа\w+|"
    r"поясни\w+|уточни\w+|зазнач\w+|отмет\w+|написа\w+|пише|пишет|підтверд\w+|подтверд\w+|за словами|по словам)\s+$",
    _I,
)
SAYS_NEXT = re.compile(
    r",?\s+(?:also |has )?(?:said|says|told|tells|wrote|заяв\w+|сообщ\w+|повідом\w+|каже|говорит|сказа\w+|поясни\w+|"
    r"уточни\w+|зазнач\w+|отмет\w+|написа\w+|пише|пишет|підтверд\w+|подтверд\w+|обвин\w+|звинува\w+|accus\w+)",
    _I,
)
PREVIOUS_WORD = re.compile(r"([^\W\d_]+(?:['’ʼ][^\W\d_]+)?)\s+$")
SENTENCE_START = re.compile(r"(?:^|[.!?…:;|\n—–]\s*|[\"«“„(])\s*$")
_FIRST_NAMES = frozenset(
    [
        "владимир",
        "володимир",
        "олег",
        "игорь",
        "ігор",
        "сергей",
        "сергій",
        "андрей",
        "андрій",
        "александр",
        "олександр",
        "виталий",
        "віталій",
        "дмитрий",
        "дмитро",
        "максим",
        "михаил",
        "михайло",
        "иван",
        "іван",
        "роман",
        "артем",
        "денис",
        "евгений",
        "євген",
        "юрий",
        "юрій",
        "виктор",
        "віктор",
        "василий",
        "василь",
        "павел",
        "павло",
        "николай",
        "микола",
        "алексей",
        "олексій",
        "борис",
        "богдан",
        "константин",
        "костянтин",
        "станислав",
        "станіслав",
        "вячеслав",
        "вадим",
        "анатолий",
        "анатолій",
        "валерий",
        "валерій",
        "петр",
        "петро",
        "григорий",
        "григорій",
        "геннадий",
        "геннадій",
        "леонид",
        "леонід",
        "тарас",
        "руслан",
        "тимур",
        "рустем",
        "ольга",
        "елена",
        "олена",
        "наталья",
        "наталія",
        "ирина",
        "ірина",
        "мария",
        "марія",
        "анна",
        "ганна",
        "юлия",
        "юлія",
        "светлана",
        "світлана",
        "екатерина",
        "vladimir",
        "volodymyr",
        "oleh",
        "oleg",
        "ihor",
        "igor",
        "serhii",
        "sergei",
        "sergey",
        "andrii",
        "andriy",
        "andrei",
        "alexander",
        "oleksandr",
        "vitalii",
        "vitaly",
        "dmytro",
        "dmitry",
        "maksym",
        "maxim",
        "mykhailo",
        "mikhail",
        "ivan",
        "roman",
        "artem",
        "denys",
        "denis",
        "yevhen",
        "yevgeny",
        "yurii",
        "yuri",
        "viktor",
        "vasyl",
        "pavlo",
        "pavel",
        "mykola",
        "nikolai",
        "oleksii",
        "alexei",
        "borys",
        "boris",
        "bohdan",
        "valerii",
        "valery",
        "vyacheslav",
        "vadym",
        "kyrylo",
        "kirill",
        "rustem",
        "olha",
        "olga",
        "olena",
        "elena",
        "nataliia",
        "natalia",
        "iryna",
        "irina",
        "mariia",
        "maria",
        "anna",
        "yuliia",
        "julia",
        "svitlana",
        "svetlana",
        "hanna",
    ]
)


def district_end(text: str, end: int) -> int | None:
    """Return where a district's name ends whose adjective ends at a position; None where it names no district."""
    following = DISTRICT_NEXT.match(text, end)
    if following is not None:
        return following.end(1)
    return end if _DISTRICT_AFTER_LIST.match(text, end) else None


def is_first_name(folded: str) -> bool:
    """Return whether a folded word is a first name that often stands before a surname."""
    return folded in _FIRST_NAMES


_DISTRICT_WORDS = (
    *("район", "р-н", "округ", "громад", "общин"),
    *("district", "raion", "rayon", "community", "hromada", "municipality"),
)
#: What ends the nickname of a district: "Нікопольщина", "Марганеччина", "Криворіжжя".
NICKNAME = re.compile(r"(?:[щч]ин(?:а|и|ы|і|е|у|ою|ой)|ж(?:жя|жі|жю|жям|ье|ья|ью|ьи|ьем))(?!\w)", _I)
#: What words for the people of a town end in: "белгородцев", "херсонці".
PEOPLE = re.compile(r"(?:ц(?:і|ів|ям|ями|ях|ы|ев|ам|ами|ах)|чан[аие]?)(?!\w)", _I)
#: A settlement's name right before its region, at the end of the searched stretch.
VILLAGE_OF_REGION = re.compile(
    r"(?:\bс\.|\b(?:пгт|смт|сел(?:о|а|і|е|у|ом|ищ\w+)|пос[её]л(?:ок|к\w+)|станиц\w+|хутор\w*|деревн\w+|"
    r"village(?: of)?|settlement(?: of)?))"
    r"\s+[«\"“„]?([A-ZА-ЯҐЄІЇЁ][^\W\d_]+(?:[-'’ ][A-ZА-ЯҐЄІЇЁ][^\W\d_]+)?)[»\"”]?[\s,(]{1,3}(?:[A-ZА-ЯҐЄІЇЁ]\w+(?:ск|"
    r"ськ|цьк)\w+ (?:район|округ)\w*[\s,]+)?(?:в |у |in )?\Z"
)
#: After a town's name or adjective: a stretch of the front named by it.
DIRECTION_NEXT = re.compile(r"\s+(?:напрям\w*|направлени\w+|direction|sector|axis|front)\b", _I)
#: Between a name and the region that it lies in: "Любимовка Курской области", "Sudzha, Kursk region".
OF_REGION = re.compile(r"[\s,(]{1,3}(?:в |у |in (?:the )?|of (?:the )?)?")
SURNAME_NEXT = re.compile(r"\s+(?:[A-ZА-ЯҐЄІЇ]\.\s*)?[A-ZА-ЯҐЄІЇЁ][^\W\d_]{2,}")
NOUN_NEXT = re.compile(r"\s+[a-zа-яґєіїё]{4,}")
CLAUSE_END = re.compile(r"[.!?…]\s+(?=[A-ZА-ЯҐЄІЇЁ«\"“])|\n")


def names_district(text: str) -> bool:
    """Return whether a text has a word for a district; several times as fast as an expression that ignores case."""
    lowered = text.lower()
    return any(word in lowered for word in _DISTRICT_WORDS)
