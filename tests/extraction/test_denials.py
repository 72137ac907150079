"""Where a text denies, nobody is accused: each denial beside a twin that tells of a strike."""

import pytest

from monitor.model.claims import Confidence, Stance
from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # a cause that is ruled out
        ("en", "Police rule out sabotage after substation fire in Moscow region"),
        ("en", "Fire at Tula substation not linked to drone attack, governor says"),
        ("en", "Sabotage has been ruled out in the blaze at the Omsk refinery"),
        ("en", "Rostov oil depot fire was caused by static electricity, not drones"),
        ("en", "Outage in Lviv was unrelated to the shelling, the grid operator said"),
        ("en", "The version of an attack on the Ryazan refinery was not confirmed"),
        ("uk", "На підстанції на Київщині пожежа, диверсію виключають"),
        ("uk", "Вибух на ТЕЦ у Києві не пов'язаний з атакою, кажуть у КМВА"),
        ("uk", "Пожежа на нафтобазі у Черкасах не пов'язана з обстрілом"),
        ("uk", "Версія про удар по нафтобазі не підтвердилася"),
        ("ru", "Пожар на подстанции в Туле: версия о диверсии не подтвердилась"),
        ("ru", "Пожар на подстанции в Туле не связан с атакой БПЛА, заявил губернатор"),
        ("ru", "На подстанции в Подмосковье произошёл пожар, диверсия исключена"),
        ("ru", "Версия атаки на подстанцию в Туле исключена, сообщили в МЧС"),
        # a calm report
        ("en", "No energy facilities were hit in Belgorod region overnight, governor says"),
        ("en", "None of the substations was damaged in the drone attack on Belgorod"),
        ("en", "Not a single power plant was struck overnight, the ministry said"),
        ("en", "No substations or gas pipelines were hit by drones, the governor said"),
        ("en", "Strikes on energy facilities were not recorded overnight, the ministry said"),
        ("uk", "Влучань в енергооб'єкти не було, повідомили в ОВА"),
        ("uk", "За добу ударів по енергетиці не зафіксовано"),
        ("uk", "Жодної підстанції на Сумщині дрони не вразили"),
        ("uk", "Жодна з підстанцій Херсона не була атакована"),
        ("ru", "За сутки ударов по энергообъектам России не зафиксировано — Минобороны"),
        ("ru", "Спикер: удара по подстанции не было"),
        ("ru", "Ни один энергообъект не был поражён, сообщил губернатор"),
        ("ru", "Ни одна из подстанций Белгорода не атакована"),
    ],
)
def test_what_was_ruled_out_or_did_not_happen_accuses_nobody(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police rule out an accident after drones hit a substation in Moscow region"),
        ("en", "Not only homes but a substation in Sumy was hit by Russian drones"),
        ("en", "Russian drones not only struck the substation in Sumy but set fire to homes"),
        ("en", "No casualties after Russian drones hit a substation in Sumy"),
        ("en", "Russian drones hit a substation in Sumy; no casualties"),
        ("en", "No power in Sumy after Russian drones hit a substation"),
        ("en", "The Sumy substation was set ablaze not by a drone but by a missile"),
        ("uk", "Росіяни не лише вдарили по підстанції в Сумах, а й по лікарні"),
        ("uk", "Жодної ночі без обстрілів: росіяни вдарили по підстанції в Сумах"),
        ("uk", "За версією слідства, підстанцію в Сумах атакував російський дрон"),
        ("uk", "Після удару по підстанції в Сумах світла не було"),
        ("ru", "После удара по подстанции света не было: ВСУ атаковали Шебекино"),
        ("ru", "Власти не исключают повторных атак после удара дронов по подстанции в Шебекино"),
        ("ru", "По версии следствия, подстанцию в Шебекино атаковал украинский дрон"),
        ("ru", "ВСУ ударили по подстанции в Шебекино, никаких сомнений нет"),
    ],
)
def test_a_strike_beside_words_of_denial_is_a_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # withdrawn, made up, checked, a work about it
        ("en", "Correction: an earlier version of this story said Russian drones hit a power plant in Poltava"),
        ("en", "The agency mistakenly reported that drones had hit the Odesa substation"),
        (
            "en",
            "Ukrainian drone strikes the last charger of the Belgorod power grid. April Fools: none of this happened.",
        ),
        ("en", "Fact check: video does not show burning Odesa power plant hit by Russian missile"),
        ("en", "A clip claims to show a power plant in Odesa burning after a Russian missile strike"),
        ("en", "There is no evidence that Russian missiles hit the power plant in Odesa"),
        ("en", "Film about Russian strikes on Ukraine's power plants wins festival prize"),
        ("uk", "Виправлення: у попередній версії цієї новини йшлося про удар по ТЕЦ у Полтаві"),
        ("uk", "Канал помилково повідомив про влучання дрона в підстанцію в Одесі"),
        ("uk", "Росіяни вдарили по підстанції в Одесі. Це першоквітневий жарт."),
        ("uk", "Книжка про російські удари по електростанціях отримала премію"),
        ("ru", "Исправление: в предыдущей версии этой новости говорилось об ударе по ТЭЦ в Полтаве"),
        ("ru", "Телеканал ошибочно сообщил об ударе дронов по подстанции в Белгороде"),
        ("ru", "Выставка об ударах по электростанциям открылась в Москве"),
        # supposed, judged, allowed
        ("en", "Lukashenko: attack on Belarus nuclear plant would mean war"),
        ("en", "Kremlin aide: strike on Kursk nuclear plant would be terrorism"),
        ("en", "Ukraine has the right to hit refineries, says Kallas"),
        ("en", "Ukraine should strike Russian refineries, says a senator"),
        ("en", "Trump: I told Vladimir, don't hit the power plants"),
        ("uk", "Удар по Курській АЕС був би тероризмом, кажуть у Кремлі"),
        ("uk", "Атака на Рівненську АЕС означатиме війну з НАТО"),
        ("uk", "Україна має право бити по російських НПЗ, каже Каллас"),
        ("uk", "Якщо б росіяни влучили в підстанцію в Сумах, місто лишилося б без світла"),
        ("ru", "Удар по Курской АЭС стал бы терроризмом, заявили в Кремле"),
        ("ru", "Атака на Белорусскую АЭС будет означать войну"),
        ("ru", "Украина имеет право наносить удары по НПЗ, заявила Каллас"),
        ("ru", "Захарова: удары ВСУ по энергообъектам — доказательство недоговороспособности Киева"),
        ("ru", "Если бы дроны попали в подстанцию в Белгороде, город остался бы без света"),
    ],
)
def test_what_is_withdrawn_made_up_or_only_supposed_accuses_nobody(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian drones hit a power plant in Poltava, the agency corrected; it had said Odesa"),
        ("en", "Video shows a power plant in Odesa burning after a Russian missile strike"),
        ("en", "Author of a book about the grid was hurt when Russian drones hit a substation in Sumy"),
        ("en", "Russian strike on a Sumy substation was a crime, the mayor said"),
        ("en", "Ukraine has the right to answer after Russian missiles hit a power plant in Odesa, he said"),
        ("uk", "Удар по підстанції в Сумах є злочином, каже мер: росіяни знеструмили пів міста"),
        ("ru", "ВСУ ударили по подстанции в Шебекино, ремонт занял бы неделю"),
    ],
)
def test_a_strike_beside_words_of_supposition_is_a_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No drone reached the Ryazan refinery, the governor insisted"),
        ("en", "The substation in Sumy was not the target of any strike, officials said"),
        ("en", "There was no attack on the Odesa oil terminal, the port authority said"),
        ("en", "Governor: information about a drone hitting the Syzran refinery is false"),
        ("en", "Investigators find no trace of explosives after blast at Tver power plant"),
        ("en", "An overloaded transformer, not a missile, blacked out Kharkiv, the operator says"),
        ("en", "Belgorod mayor dismisses rumours of a strike on the city's thermal plant"),
        ("en", "Kyiv insists it never fired at the Sudzha gas metering station"),
        ("en", "Neither the refinery nor the power plant in Omsk was attacked, the ministry said"),
        ("en", "Blast at Kaluga depot was an accident and not the result of a drone strike, emergency services say"),
        ("en", "Officials deny that Ukrainian drones were behind the blackout in Kursk"),
        ("en", "Did drones hit the Kirishi refinery? They did not, says the company"),
        ("en", "Air raid sirens sounded in Poltava but no hits on energy sites were recorded"),
        ("en", "The grid operator denied a missile had struck its substation in Lviv"),
        ("en", "Sabotage was considered but quickly excluded at the burnt transformer in Voronezh"),
        ("en", "A rumour that a missile hit the Rivne nuclear plant spread on Telegram; it is untrue"),
        ("en", "It was a gas leak, not shelling, that destroyed the boiler house in Mykolaiv"),
        ("en", "The video of a burning refinery in Volgograd dates from 2023 and shows no Ukrainian strike"),
        ("en", "Police doubt that the fire at the Orel substation was arson by Ukrainian agents"),
        ("uk", "Жоден дрон не долетів до ТЕЦ у Сумах, повідомила ОВА"),
        ("uk", "Удару по нафтобазі в Черкасах не було, це навчання, пояснили в ДСНС"),
        ("uk", "Інформація про влучання в підстанцію в Луцьку не відповідає дійсності"),
        ("uk", "Знеструмлення Одеси не пов'язане з дронами, пояснили в ДТЕК"),
        ("uk", "Обленерго: світло зникло через аварію, а не через обстріл"),
        ("uk", "Вибух на газопроводі під Києвом не був терактом, заявили в поліції"),
        ("uk", "На ТЕЦ у Дніпрі заперечили влучання ракети"),
        ("uk", "Енергооб'єкти області не атаковані, повідомив губернатор"),
        ("uk", "Ворог не обстрілював енергетичну інфраструктуру минулої доби"),
        ("uk", "Чутки про удар по Рівненській АЕС спростували в Енергоатомі"),
        ("uk", "Ані підстанції, ані газопроводи не зазнали ударів, запевнили в ОВА"),
        ("uk", "Факту влучання в нафтобазу не встановлено, кажуть рятувальники"),
        ("uk", "Пожежу на підстанції в Тернополі спричинило коротке замикання, версію атаки відкинули"),
        ("uk", "Повідомлення росЗМІ про удар ЗСУ по підстанції в Бєлгороді є фейком, заявили в ЦПД"),
        ("uk", "Атаки на енергооб'єкти сьогодні не зафіксовані"),
        ("uk", "Ніяких прильотів по ТЕС не було, кажуть у ДТЕК"),
        ("uk", "Слова Путіна про удар по газовимірювальній станції — вигадка, каже речник Генштабу"),
        ("uk", "Україна не має стосунку до вибухів на нафтобазі в Енгельсі, заявив Подоляк"),
        ("uk", "У Генштабі ЗСУ наголосили, що не били по нафтобазі в Криму"),
        ("uk", "Міноборони РФ стверджує, що не завдавало ударів по підстанціях Одеси"),
        ("ru", "Ни один беспилотник не долетел до НПЗ в Рязани, заявил губернатор"),
        ("ru", "Удара по нефтебазе в Орле не было, это учения, пояснили в МЧС"),
        ("ru", "Информация о попадании в подстанцию в Курске не соответствует действительности"),
        ("ru", "Блэкаут в Белгороде не связан с дронами, пояснили энергетики"),
        ("ru", "Свет пропал из-за аварии, а не из-за обстрела, сообщили в «Россетях»: подстанция исправна"),
        ("ru", "Взрыв на газопроводе под Тулой не был терактом, заявили в полиции"),
        ("ru", "На НПЗ в Омске опровергли атаку беспилотников"),
        ("ru", "Энергообъекты области не атакованы, сообщил губернатор"),
        ("ru", "ВСУ не обстреливали энергетическую инфраструктуру в минувшие сутки"),
        ("ru", "Слухи об ударе по Курской АЭС опровергли в «Росэнергоатоме»"),
        ("ru", "Ни подстанции, ни газопроводы не подверглись ударам, заверили власти"),
        ("ru", "Факт попадания в нефтебазу не установлен, говорят спасатели"),
        ("ru", "Пожар на подстанции в Твери вызвало короткое замыкание, версию атаки отвергли"),
        ("ru", "Сообщения об ударе ВСУ по подстанции в Белгороде являются фейком, заявили в Киеве"),
        ("ru", "Атаки на энергообъекты сегодня не зафиксированы"),
        ("ru", "Никаких прилётов по ТЭС не было, говорят в администрации"),
        ("ru", "Слова Зеленского об ударе по подстанции в Херсоне не имеют под собой оснований, заявила Захарова"),
        ("ru", "Россия не имеет отношения к взрывам на нефтебазе в Одессе, заявил Песков"),
        ("ru", "В Минобороны подчеркнули, что не били по энергетике Украины"),
        ("ru", "Украина утверждает, что не наносила ударов по ГИС «Суджа»"),
        ("en", "The General Staff said no Ukrainian unit fired on the Sudzha gas station"),
        ("en", "Claims that HIMARS struck the Sudzha metering station are pure invention, Kyiv says"),
        ("en", "Russia says it has carried out no strikes on Ukrainian energy since March 18"),
        ("en", "Putin's spokesman said Russian forces were not responsible for the strike on Kherson's power plant"),
        ("en", "No attack on energy facilities was reported in Sumy region for a second night"),
        ("en", "Energy minister: all power plants survived the night without a single hit"),
        ("en", "Slovak PM says there is nothing to suggest Ukraine attacked the Druzhba pipeline"),
        ("en", "The drone seen over the Zaporizhzhia nuclear plant did not strike it, the IAEA said"),
        ("en", "Investigators have discarded the theory that a drone ignited the Ust-Luga gas terminal"),
        ("en", "Had the missile hit the Burshtyn power plant, the west of Ukraine would be dark"),
        ("en", "If Russia were to strike substations again, Kyiv would answer"),
        ("en", "Poll: most Germans think Ukraine may strike Russian refineries"),
        ("en", "Reuters withdraws report of a strike on the Tuapse refinery"),
        ("en", "The exhibition shows photos of power plants hit by Russian missiles"),
        ("en", "A play about the shelling of the Kharkiv power station opens in London"),
        ("en", "The ministry called reports of an attack on the Astrakhan gas plant fake news"),
        ("en", "Officials in Crimea insist the oil depot in Feodosia was not attacked"),
        ("uk", "Енергетики: причина знеструмлення Житомира — зношене обладнання підстанції, а не ворожа дія чи удар"),
        ("uk", "Жоден український підрозділ не стріляв по ГВС «Суджа», запевнили в Генштабі"),
        ("uk", "Твердження про удар HIMARS по ГВС «Суджа» — чиста вигадка, кажуть у Києві"),
        ("uk", "Росія заявляє, що з 18 березня не завдала жодного удару по енергетиці України"),
        ("uk", "Пєсков заявив, що російські війська не причетні до удару по Херсонській ТЕЦ"),
        ("uk", "Друга ніч поспіль без атак на енергооб'єкти Сумщини, повідомила ОВА"),
        ("uk", "Міністр: усі електростанції пережили ніч без влучань"),
        ("uk", "Фіцо: ніщо не свідчить про те, що Україна атакувала «Дружбу»"),
        ("uk", "Дрон над Запорізькою АЕС не влучив у станцію, кажуть у МАГАТЕ"),
        ("uk", "Слідство відмовилося від версії про підпал підстанції диверсантами"),
        ("uk", "Якби ракета влучила в Бурштинську ТЕС, захід України лишився б без світла"),
        ("uk", "Агенція відкликала повідомлення про удар по Туапсинському НПЗ"),
        ("uk", "Фотовиставка показує електростанції, у які влучили російські ракети, у Національному музеї"),
        ("uk", "У міністерстві назвали фейком повідомлення про атаку на Астраханський ГПЗ"),
        ("uk", "Влада Криму наполягає, що нафтобазу у Феодосії ніхто не атакував"),
        ("uk", "Опитування: більшість німців вважають, що Україна може бити по російських НПЗ"),
        ("uk", "Колонка: удари по НПЗ — єдина мова, яку розуміє Москва"),
        ("uk", "Росіяни поширюють неправду про удар ЗСУ по підстанції в Мелітополі"),
        ("uk", "Повідомлення про обстріл ЗАЕС не знайшли підтвердження, зазначає МАГАТЕ"),
        ("ru", "Энергетики: причина блэкаута в Орле — износ подстанции, а не чьи-то действия или удар"),
        ("ru", "Ни одно подразделение ВСУ не стреляло по ГИС «Суджа», заверили в Генштабе"),
        ("ru", "Утверждения об ударе HIMARS по ГИС «Суджа» — чистая выдумка, говорят в Киеве"),
        ("ru", "Москва заявляет, что с 18 марта не нанесла ни одного удара по энергетике Украины"),
        ("ru", "Песков заявил, что российские военные непричастны к удару по Херсонской ТЭЦ"),
        ("ru", "Вторая ночь подряд без атак на энергообъекты Белгородской области, сообщил губернатор"),
        ("ru", "Министр: все электростанции пережили ночь без попаданий"),
        ("ru", "Фицо: ничто не указывает на то, что Украина атаковала «Дружбу»"),
        ("ru", "Дрон над Запорожской АЭС не попал в станцию, сообщили в МАГАТЭ"),
        ("ru", "Следствие отказалось от версии о поджоге подстанции диверсантами"),
        ("ru", "Если бы ракета попала в Бурштынскую ТЭС, запад Украины остался бы без света"),
        ("ru", "Агентство отозвало сообщение об ударе по Туапсинскому НПЗ"),
        ("ru", "Опрос: большинство немцев считают, что Украина может бить по российским НПЗ"),
        ("ru", "Колонка: удары по НПЗ — единственный язык, который понимает Москва"),
        ("ru", "В министерстве назвали фейком сообщения об атаке на Астраханский ГПЗ"),
        ("ru", "Власти Крыма настаивают, что нефтебазу в Феодосии никто не атаковал"),
        ("ru", "Украинские каналы распространяют ложь об ударе по подстанции в Мелитополе"),
        ("ru", "Сообщения об обстреле ЗАЭС не нашли подтверждения, отмечает МАГАТЭ"),
        ("ru", "Спектакль об обстреле Харьковской ТЭЦ поставили в Москве"),
    ],
)
def test_a_denial_in_any_words_accuses_nobody(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia denies breaking the truce after its drones hit a substation in Kherson"),
        ("en", "Drones hit the Ryazan refinery, and no Russian official denied it"),
        ("en", "No one expected it, but a missile struck the Kharkiv power plant"),
        ("en", "A missile struck the Kharkiv power plant, there is no doubt, the mayor said"),
        ("uk", "Дрон не лише пошкодив підстанцію в Сумах, а й знеструмив лікарню"),
        ("uk", "Росіяни вдарили по підстанції в Сумах, у Кремлі мовчать і не заперечують"),
        ("uk", "Жодного пораненого після удару росіян по ТЕЦ у Харкові"),
        ("uk", "Не аварія, а удар російського дрона знеструмив Шостку: пошкоджено підстанцію"),
        ("ru", "Не авария, а удар украинского дрона обесточил Шебекино: повреждена подстанция"),
        ("ru", "ВСУ ударили по подстанции в Шебекино, в Киеве молчат и не отрицают"),
        ("ru", "Никто не пострадал при ударе украинского дрона по подстанции в Белгороде"),
        ("ru", "Дрон не только повредил подстанцию в Белгороде, но и обесточил больницу"),
        ("en", "Not an accident but a Russian drone blacked out Shostka: a substation was hit"),
        ("en", "Power plant in Tver shut after drone blast"),
        ("en", "Drones blast Tver power plant"),
        ("en", "Despite the Kremlin's lies, Russian drones hit a substation in Sumy on Tuesday"),
        ("en", "Nobody in Sumy was hurt when a drone hit the substation"),
        ("en", "Fire crews ruled out a second blaze after a missile hit the Kharkiv power plant"),
        ("en", "Not far from the border, a drone struck a substation in Belgorod region"),
        ("en", "The Kremlin rejected a truce and Russian missiles hit a power plant in Dnipro"),
        ("en", "Kyiv denied asking for talks; its drones hit the Ryazan refinery"),
        ("en", "Russia's strike on the Sumy substation was no accident, the governor said"),
        ("en", "There is no doubt that Russian drones hit the Sumy substation, the governor said"),
        ("uk", "Попри брехню Кремля, російські дрони вдарили по підстанції в Сумах у вівторок"),
        ("uk", "Ніхто не постраждав, коли дрон влучив у підстанцію в Сумах"),
        ("uk", "Кремль відкинув перемир'я, а російські ракети влучили в ТЕС у Дніпрі"),
        ("uk", "Удар росіян по підстанції в Сумах не був випадковим, каже губернатор"),
        ("uk", "Немає сумніву, що по підстанції в Сумах ударили росіяни"),
        ("uk", "Не минуло й години після тривоги, як дрон влучив у підстанцію в Сумах"),
        ("ru", "Вопреки лжи Киева украинские дроны ударили по подстанции в Белгороде во вторник"),
        ("ru", "Никто не пострадал, когда дрон попал в подстанцию в Белгороде"),
        ("ru", "Киев отверг перемирие, а украинские дроны попали в НПЗ в Рязани"),
        ("ru", "Удар ВСУ по подстанции в Белгороде не был случайным, говорит губернатор"),
        ("ru", "Нет сомнений, что по подстанции в Белгороде ударили ВСУ"),
        ("ru", "Не прошло и часа после тревоги, как дрон попал в подстанцию в Белгороде"),
    ],
)
def test_a_strike_that_somebody_speaks_of_beside_a_denial_is_a_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize("text", ["Blast at Tver power plant injures two", "Loud blast heard at a refinery in Omsk"])
def test_a_blast_is_no_attack_by_itself_and_accuses_nobody(text: str) -> None:
    assert [(claim.attacker, claim.confidence) for claim in events_of(text)] == [(None, Confidence.LOW)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A substation is on fire in Tula. The fire is not linked to the attack, the governor said."),
        ("ru", "Ночью дроны атаковали Тулу. Горит подстанция. Пожар с атакой не связан, заявил губернатор."),
        ("uk", "Вночі дрони атакували Суми. Горить підстанція. Пожежа не пов'язана з атакою, кажуть рятувальники."),
        ("ru", "Пожар на подстанции с атакой дронов не связан, заявил губернатор"),
        ("uk", "Пожежа на підстанції з атакою дронів не пов'язана"),
        ("ru", "К взрыву на нефтебазе в Туле удар дронов отношения не имеет"),
        ("uk", "До вибуху на нафтобазі в Черкасах удар дронів стосунку не має"),
    ],
)
def test_a_cause_that_is_disowned_afterwards_accuses_nobody(language: str, text: str) -> None:
    assert not [claim for claim in events_of(text, language) if claim.attacker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones attacked Tula overnight. A substation is on fire. The governor did not speak of the weather."),
        ("ru", "Ночью дроны атаковали Тулу. Горит подстанция. Пострадавших нет, заявил губернатор."),
        ("uk", "Вночі дрони атакували Суми. Горить підстанція. Загиблих немає, кажуть рятувальники."),
        ("en", "Operator: substation in Odesa damaged by Russian drones, not by ice"),
    ],
)
def test_a_cause_that_is_not_disowned_stands(language: str, text: str) -> None:
    assert [claim for claim in events_of(text, language) if claim.attacker]


@pytest.mark.parametrize(
    ("language", "text", "accused", "denier"),
    [
        ("en", "Russia did not strike the Odesa substation on April 1, Moscow said", "RU", "RU"),
        ("uk", "ЗСУ не завдавали удару по підстанції в Бєлгороді, заявив Генштаб ЗСУ", "UA", "UA"),
        ("ru", "ВСУ не били по подстанции в Белгороде 1 апреля, заявил Генштаб ВСУ", "UA", "UA"),
    ],
)
def test_a_denial_in_one_short_clause_is_kept_as_a_claim_that_is_denied(
    language: str, text: str, accused: str, denier: str
) -> None:
    [claim] = claims_of(text, language)
    assert (claim.stance, claim.attacker) == (Stance.DENIED, accused)
    assert denier in {actor.party for actor in claim.denied_by}
