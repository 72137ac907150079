"""Closed-class words of each language: prepositions and auxiliaries that say how act and target hang together."""

import re
from dataclasses import dataclass

from monitor.model.reports import Language


@dataclass(frozen=True, slots=True)
class Grammar:
    """Regular expressions over folded text."""

    #: "after", "due to": an act noun that follows is the cause of what stands before.
    cause: re.Pattern[str]
    #: "after", "because of" before an act noun and its modifiers: the subject of the clause did something else.
    aftermath: re.Pattern[str]
    #: "in retaliation for" before an act noun: the other side's, whichever that is.
    answered: re.Pattern[str]
    #: "was not", behind an act noun and its object: there was none.
    absent: re.Pattern[str]
    #: "on", "at", "against": what follows an act noun is what was struck.
    onto: re.Pattern[str]
    #: Auxiliaries of the passive, between a target and the participle that follows.
    passive: re.Pattern[str]
    #: Prepositions that make a country a place ("in Russia", "on Ukraine"), at the end of the text before it.
    locative: re.Pattern[str]
    #: Nouns before the genitive of a country that make it a place ("в областях України"); nothing in English.
    part_of: re.Pattern[str]
    #: "in", "on the territory of": before a country in which something happened.
    inside: re.Pattern[str]
    #: "by", before the agent of a passive.
    agent: re.Pattern[str]
    #: "held by": before whoever has something, and did not attack it.
    held: re.Pattern[str]
    #: "on", "against", "of" and modifiers, all that may stand between a governing word ("halt") and an act noun.
    governing: re.Pattern[str]
    #: "A and B": what may stand between two coordinated targets beside commas.
    joined: re.Pattern[str]
    #: A verb that stands after its object needs an auxiliary (English); elsewhere word order is free.
    fixed_order: bool
    #: "this", "the claim": what a denial may point back to; and what may follow where it says of what the claim is.
    pointing: re.Pattern[str]
    of_what: re.Pattern[str]
    #: "each other".
    each_other: re.Pattern[str]
    #: "unclear who": the text before an act whose agent is asked for; "the forces who" asks nothing.
    asked: re.Pattern[str]
    #: Forms of a force's name that are an owner, and no subject of a verb: "окупантів", "России".
    possessive: re.Pattern[str]
    #: What can be a verb behind its subject; a participle of the passive; what may stand between a verb and its object;
    #: between a participle and its means. All of words that no vocabulary lists.
    verb: re.Pattern[str]
    participle: re.Pattern[str]
    object: re.Pattern[str]
    means: re.Pattern[str]
    #: "its own", "accidentally": before or behind a weapon that its own side let fall.
    own_weapon: re.Pattern[str]
    #: Act nouns in the plural.
    plural: re.Pattern[str]


_QUOTE = r"[\"«“„']?"

_NOT_AN_OBJECT = (
    "for|about|with|from|near|over|above|under|behind|before|after|at|to|by|during|towards?|past|around|between|and|or|but|"
    "that|which|who|when|if|while|as|amid|against|not|no"
)
_NO_ENGLISH_VERB = (
    rf"{_NOT_AN_OBJECT}|a|an|the|this|these|those|in|on|of|into|onto|across|along|via|than|per|also|still|are|is|was|were|"
    r"be|been|being|have|has|had|do|does|did|will|would|can|could|may|might|must|should|then|there|here|its?|they|their|"
    r"\w+ing|\w+ly|\w+(?:or|tion|ment|age)s?|makers?|debris|units?|crews?|teams?|pilots?|parts?|factory|plants?|wars?|"
    r"threats?|fragments?|defen[cs]es?|systems?|warfare|technology|experts?"
)

GRAMMARS = {
    Language.ENGLISH: Grammar(
        cause=re.compile(
            r"\b(?:after|following|due to|because of|by|from|in|amid|during|as a result of|with|caused by|since)\b"
        ),
        aftermath=re.compile(
            r"\b(?:after|following|due to|because of|amid|over|as a result of|in the wake of|in response to|since)"
            r"(?:\s[\w'’-]+){0,4}\s*$"
        ),
        answered=re.compile(r"\b(?:retaliat\w+ for|respon\w+ to|answer\w* to|revenge for)(?:\s[\w'’-]+){0,4}\s*$"),
        absent=re.compile(
            r"[^,;:.!?]{0,60}?\b(?:did not (?:happen|take place|occur)|never (?:happened|took place|occurred)|"
            r"(?:was|were|have been|has been) not (?:recorded|registered|detected|observed|noted))\b"
        ),
        onto=re.compile(r"\s*(?:on|at|against|in|into|to|targeting|across|damag\w+|that|which|hit\w*|struck)\b"),
        passive=re.compile(r"\b(?:was|were|been|being|is|are|got|be|has|have|had|reportedly)\b"),
        locative=re.compile(
            r"\b(?:in|on|against|at|into|across|inside|within|over|(?<!due )(?<!owing )to|from|for|with|"
            r"southern|northern|eastern|western|central|parts of|occupied|of)\s+(?:the\s+)?(?:southern|northern|"
            r"eastern|western|central|parts of|temporarily occupied|occupied)?\s*" + _QUOTE + "$"
        ),
        part_of=re.compile(r"(?!)"),
        inside=re.compile(r"\b(?:in|inside|across|within|over|on the territory of)\s(?:\w+ern\s)?$"),
        agent=re.compile(r"\b(?:by|from)\s+(?:the\s+)?" + _QUOTE + "$"),
        held=re.compile(
            r"\b(?:held|controlled|occupied|annexed|captured|seized|retaken|recaptured|liberated|taken|claimed|owned|operated|"
            r"run|administered|governed|managed|guarded|defended|used|installed|appointed|backed|supplied|fed|returned|"
            r"denied|cited|quoted|reported|accused|bought|imported|exported|received|demanded|gas|oil|electricity|power)"
            r"(?:\s\w+ly|\ssince\s\w+)?\s(?:by|from)\s+(?:the\s+)?" + _QUOTE + "$"
        ),
        governing=re.compile(
            r"^(?:[\s,]*(?:on|against|of|to|from|in|all|any|its|their|the|such|further|mutual|"
            r"long-range|missile|drone|deep|air|large-scale|attacks?|and|russian|ukrainian|russia's|"
            r"ukraine's|energy|carry\w*|out|launch\w*|conduct\w*|us|temporary|temporarily|30-day|\d+|"
            r"days?|for)\b)*[\s-]*$"
        ),
        joined=re.compile(r"^[\s\w'\"«»“”.-]{0,60}?(?:,|\band\b|\bor\b|\bas well as\b|&)[\s\w'\"«»“”,.-]{0,60}$"),
        fixed_order=True,
        pointing=re.compile(
            r"\b(?:claims?|accusations?|allegations?|assertions?|statements?|reports?|charges|version|involvement|"
            r"responsibility|information|suggestions?|(?:these|those|such)\s(?:strikes?|attacks?)|"
            r"(?:this|that|it|them)(?=\s*(?:[,.;:!?)”\"]|$)|\s(?:as|in|on|and|but|an?|nonsense|absurd)\b)|"
            r"(?<![\w,]\s)(?:this|that|it|all this)\s(?:is|was|were|has been))\b"
        ),
        of_what=re.compile(
            r"(?:\s(?!(?:and|but|as|said|says|saying|by)\b)[\w'’-]+){0,3}?\s(?:that|about|of|regarding|it)\b|"
            r"(?:(?<=involvement)\sin|(?<=responsibility)\sfor)\b"
        ),
        asked=re.compile(
            r"\b(?:clear|unclear|known|unknown|establish\w*|determin\w+|identif\w+|investigat\w+|question of|"
            r"(?:not|n't|cannot|could not|did not|declined to)\s(?:say|said|tell|comment on))"
            r"\s(?:\w+\s){0,2}(?:who|whose)\b[^,;:]*$"
        ),
        possessive=re.compile(r"['’]s?$"),
        verb=re.compile(
            rf"(?!(?:{_NO_ENGLISH_VERB})$)[a-z]{{3,}}"  # right behind a weapon's name hardly anything else can stand
        ),
        participle=re.compile(r"[a-z]{3,}ed|torn|blown|shot|rent|riven|cut"),
        object=re.compile(rf"(?:\s(?!(?:{_NOT_AN_OBJECT})\b)[\w'’-]+)*\s"),
        means=re.compile(r"\s(?:apart\s|up\s)?(?:by|with)\s(?:[\w'’-]+\s){0,3}"),
        own_weapon=re.compile(
            r"\b(?:its|their|russia's|moscow's)\sown\s(?:[\w-]+\s){0,2}(?:bomb|missile|rocket|shell|drone|munition|aircraft|jet)|"
            r"\baccidental(?:ly)?\s(?:[\w'-]+\s){0,3}(?:releas|drop|f[ae]ll|discharg|bomb|strik|struck|hit)|"
            r"\b(?:releas|drop|f[ae]ll|discharg)\w*\s(?:[\w'-]+\s){0,4}(?:accidentally|by accident|by mistake)\b"
        ),
        plural=re.compile(r"(?:strikes|attacks|hits|raids|blows|assaults|bombardments|striking|attacking)$"),
        each_other=re.compile(
            r"\b(?:each other|one another|trad(?:ed?|es|ing) (?:blame|accusations)|mutual accusations|blame game|"
            r"point(?:s|ed|ing)? (?:the )?fingers?|finger-pointing)\b"
        ),
    ),
    Language.UKRAINIAN: Grammar(
        cause=re.compile(
            r"\b(?:після|внаслідок|унаслідок|через|від|у результаті|в результаті|під час|з-за|наслідок|"
            r"наслідком|спричинен\w+|в ході)\b"
        ),
        aftermath=re.compile(
            r"\b(?:після|внаслідок|унаслідок|через|у результаті|в результаті|у відповідь на|на тлі|з-за)"
            r"(?:\s[\w'’ʼ-]+){0,3}\s*$"
        ),
        answered=re.compile(r"\b(?:відповід\w+ на|відповіл[аи] на|відповів на|помст\w+ за)(?:\s[\w'’ʼ-]+){0,3}\s*$"),
        absent=re.compile(
            r"[^,;:.!?]{0,60}?\s(?:(?:нема|немає)\b(?=\s*(?:[,.;:!)»”\"—–]|$))|не (?:було|сталося|відбулося|"
            r"відбува\w+|(?:за)?фікс(?:ован|ува)\w+|"
            r"виявлен\w+|зареєстрован\w+|відзначен\w+|спостеріга\w+)\b)"
        ),
        onto=re.compile(r"\s*(?:по|на|у|в|об|проти|до)\b"),
        passive=re.compile(r"\b(?:був|була|було|були|буде)\b"),
        locative=re.compile(
            r"\b(?:в|у|на|по|над|проти|з|із|зі|до|для|від|для|про|між|всій|окупован\w+)\s+" + _QUOTE + "$"
        ),
        part_of=re.compile(
            r"\b(?:територі\w+|схід\w*|півд\w*|північ\w*|центр\w*|захід\w*|президент\w*|мзс|мво|міноборони|банк\w*|"
            r"прем'єр\w*|міністр\w*|рада|посол\w*|частин\w+|област\w*|кра[йїю]|район\w*|регіон\w*|республі\w+|"
            r"міст[аоіу])\s+" + _QUOTE + "$"
        ),
        inside=re.compile(r"\b(?:[ув]|на території|над)\s(?:\w+(?:ій|ому)\s)?$"),
        agent=re.compile(
            r"\b(?:з боку|від|завда(?:в|ла|ли|но)|здійсни(?:в|ла|ли)|зроби(?:в|ла|ли)|вчини(?:в|ла|ли))\s+"
            + _QUOTE
            + "$"
        ),
        held=re.compile(
            r"\b(?:(?:під)?контрольован\w+|підконтрольн\w+|окупован\w+|захоплен\w+|утримуван\w+|зайнят\w+|анексован\w+|"
            r"призначен\w+|звільнен\w+)\s+" + _QUOTE + "$"
        ),
        governing=re.compile(
            r"^(?:[\s,]*(?:на|по|в|у|щодо|про|від|усіх|всіх|взаємних|взаємні|ракетних|повітряних|"
            r"далекобійних|завдання|завдавання|завдавати|нанесення|будь-яких|російських|українських|рф|"
            r"зсу|тимчасов\w+|та|і|й|своїх|їхніх|повн\w+)\b)*[\s-]*$"
        ),
        joined=re.compile(
            r"^[\s\w'\"«»“”.()-]{0,70}?(?:,|\bта\b|\bі\b|\bй\b|\bабо\b|\bтакож\b)[\s\w'\"«»“”,.()-]{0,70}$"
        ),
        fixed_order=False,
        pointing=re.compile(
            r"\b(?:звинуваченн\w+|заяв(?:а|у|и|ою|ам|ах)|повідомленн\w+|твердженн\w+|інформаці\w+|причетніст\w+|слова|"
            r"цих (?:удар|атак|обстріл)\w*|(?:це|цього|цьому)(?!\s[\w'-]*(?:[еіа]ння|ття|ство|ове|ське)\b))\b"
        ),
        of_what=re.compile(
            r"(?:\s[\w'’ʼ-]+){0,3}?(?:\s(?:про|щодо)|,\s(?:що|ніби|нібито|начебто))\b|"
            r"(?<=причетність)\sдо\b|(?<=звинувачення)(?:\s[\w-]+)?\s[ув]\s(?!києв|москв|кремл|генштаб|міноборон|мзс|офіс)"
        ),
        asked=re.compile(r"(?<!\bт[іиу], )(?<!\bтой, )(?<!\bтих, )\b(?:хто|чиї|чий|чия|ким|чиїм\w*)\b[^,;:]*$"),
        possessive=re.compile(r"(?:[ії]в|ого|ої|их|росіян|(?:росі|украї)(?:ї|ни))$"),
        verb=re.compile(r"\w{2,}(?:[аеиіїоуя]в|ла|ли|ло|в?ся|лася|лась|лися|лись|лося|лось)"),
        participle=re.compile(r"\w{3,}(?:но|то|ний|на|не|ні|тий|та|те|ті|ло)"),
        object=re.compile(
            r"(?:\s(?:у|в|по|на|об))?(?:\s(?!(?:для|про|щодо|із|з|від|біля|над|під|за|перед|до|і|й|та|але)\b)[\w'’ʼ«\"-]+)*\s[«\"]?"
        ),
        means=re.compile(r"\s(?:[\w'’ʼ-]+\s){0,2}"),
        own_weapon=re.compile(
            r"\b(?:власн\w+|сво(?:я|ю|єю|їми|їх|ї|їм|го|єї|єму|й|ги|є)|своїх)(?:\sж)?[»\"]?\s[«\"]?(?:\w+\s){0,2}?"
            r"(?:каб|фаб|авіабомб|бомб|ракет|снаряд|дрон|бпла|безпілотн|літак)|"
            r"\b(?:нештатн|позаштатн|аварійн|випадков)\w*\s(?:\w+\s)?(?:сход|схід|скид|скин|впа|пад)"
        ),
        plural=re.compile(r"(?:удар(?:и|ів|ам|ами|ах)|атак(?:|и|ам|ами|ах)|обстріл(?:и|ів|ам|ами|ах))$"),
        each_other=re.compile(
            r"\bодин (?:на )?одного\b|\bодна (?:на )?одну\b|\bодне на одного\b|\bодне одного\b|\bвзаємн\w+ звинувач\w+"
        ),
    ),
    Language.RUSSIAN: Grammar(
        cause=re.compile(
            r"\b(?:после|вследствие|в результате|из-за|от|при|во время|в ходе|результат\w*|последствия|вызван\w+)\b"
        ),
        aftermath=re.compile(r"\b(?:после|вследствие|в результате|из-за|в ответ на|на фоне)(?:\s[\w-]+){0,3}\s*$"),
        answered=re.compile(r"\b(?:ответ\w* на|месть за|мест[ия] за)(?:\s[\w-]+){0,3}\s*$"),
        absent=re.compile(
            r"[^,;:.!?]{0,60}?\s(?:нет\b(?=\s*(?:[,.;:!)»”\"—–]|$))|не (?:было|произошло|происходило|"
            r"случилось|(?:за)?фиксирова\w+|выявлен\w+|"
            r"зарегистрирован\w+|отмечен\w+|отмечал\w+|наблюда\w+)\b)"
        ),
        onto=re.compile(r"\s*(?:по|на|в|во|об|против)\b"),
        passive=re.compile(r"\b(?:был|была|было|были|будет)\b"),
        locative=re.compile(
            r"\b(?:в|во|на|по|над|против|из|со|с|до|для|от|о|об|между|всей|оккупирован\w+)\s+" + _QUOTE + "$"
        ),
        part_of=re.compile(
            r"\b(?:территори\w+|восток\w*|юг\w*|север\w*|центр\w*|запад\w*|президент\w*|мид|минобороны|банк\w*|"
            r"премьер\w*|министр\w*|рада|посол\w*|мо|ск|фсб|част\w+|област\w*|кра[йяюе]|район\w*|регион\w*|"
            r"республик\w+|город[аеу]?)\s+" + _QUOTE + "$"
        ),
        inside=re.compile(r"\b(?:во?|на территории|над)\s(?:\w+(?:ой|ом)\s)?$"),
        agent=re.compile(
            r"\b(?:со стороны|от|нан[её]с(?:ла|ли|ён|ена|ены|ено|ен)?|соверши(?:л|ла|ли)|сделал(?:а|и)?)\s+"
            + _QUOTE
            + "$"
        ),
        held=re.compile(
            r"\b(?:подконтрольн\w+|контролируем\w+|оккупирован\w+|захваченн?\w+|удерживаем\w+|занят\w+|аннексирован\w+|"
            r"назначенн?\w+|освобожд[её]нн?\w+)\s+" + _QUOTE + "$"
        ),
        governing=re.compile(
            r"^(?:[\s,]*(?:на|по|в|во|о|об|от|всех|взаимных|взаимные|ракетных|воздушных|дальнобойных|"
            r"нанесения|нанесение|наносить|любых|российских|украинских|рф|всу|временн\w+|и|своих|"
            r"полн\w+)\b)*[\s-]*$"
        ),
        joined=re.compile(r"^[\s\w'\"«»“”.()-]{0,70}?(?:,|\bи\b|\bили\b|\bа также\b)[\s\w'\"«»“”,.()-]{0,70}$"),
        fixed_order=False,
        pointing=re.compile(
            r"\b(?:обвинени\w+|заявлени\w+|сообщени\w+|утверждени\w+|информаци\w+|причастност\w+|слова|"
            r"этих (?:удар|атак|обстрел)\w*|(?:это|этого|этому)(?!\s[\w-]*(?:ени[ея]|ств[оа]|ое|ее|ого|его)\b))\b"
        ),
        of_what=re.compile(
            r"(?:\s[\w-]+){0,3}?(?:\s(?:о|об|про)|,\s(?:что|будто|якобы))\b|"
            r"(?<=причастность)\sк\b|(?<=обвинения)(?:\s[\w-]+)?\sв\s(?!киев|москв|кремл|генштаб|минобор|мид|офис)"
        ),
        asked=re.compile(r"(?<!\bте, )(?<!\bтот, )(?<!\bтех, )(?<!\bвсех, )\b(?:кто|чьи|чей|чья|кем|чьими?)\b[^,;:]*$"),
        possessive=re.compile(r"(?:[ое]в|ого|ой|их|россиян|(?:росси|украин)[иы])$"),
        verb=re.compile(r"\w{2,}(?:[аеиоуыяё]л|ла|ли|ло|лся|лась|лись|лось)"),
        participle=re.compile(r"\w{3,}(?:ен|ена|ено|ены|ан|ана|ано|аны|ят|ята|ято|яты|ут|ута|уто|уты|ло)"),
        object=re.compile(
            r"(?:\s(?:в|во|по|на|об))?(?:\s(?!(?:для|про|о|об|из|с|от|около|над|под|за|перед|до|и|но)\b)[\w«\"-]+)*\s[«\"]?"
        ),
        means=re.compile(r"\s(?:[\w-]+\s){0,2}"),
        own_weapon=re.compile(
            r"\b(?:собственн\w+|сво(?:я|ю|ей|ими|их|и|им|его|ему|й|е))(?:\sже)?[»\"]?\s[«\"]?(?:\w+\s){0,2}?"
            r"(?:каб|фаб|авиабомб|бомб|ракет|снаряд|дрон|бпла|беспилотн|самол)|"
            r"\b(?:нештатн|внештатн|аварийн|случайн)\w*\s(?:\w+\s)?(?:сход|сброс|упа|паде)"
        ),
        plural=re.compile(r"(?:удар(?:ы|ов|ам|ами|ах)|атак(?:|и|ам|ами|ах)|обстрел(?:ы|ов|ам|ами|ах))$"),
        each_other=re.compile(r"\bдруг (?:на )?друга\b|\bвзаимн\w+ обвинени\w+"),
    ),
}
