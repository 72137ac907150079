"""Rarer wordings of a strike and of what only looks like one: sentences of our own, in three languages."""

from pathlib import Path

import pytest

from monitor.model.claims import Claim, Stance
from tests.extraction.reading import claims_of, events_of

RARE_VERBS = [
    ("en", "Russian bombs batter a boiler house in Kramatorsk"),
    ("en", "Russian guns pummel the switchyard at Nikopol"),
    ("en", "Drones torch a tank farm outside Engels"),
    ("en", "Missiles knock out a transformer in Sumy"),
    ("en", "Shaheds set a fuel depot ablaze in Mykolaiv"),
    ("en", "A drone swarm takes out two feeders in Chernihiv"),
    ("en", "Russian artillery fires at a power line near Kherson"),
    ("en", "Missiles rain down on gas production sites in Poltava region"),
    ("en", "A drone slams into a compressor station in Kharkiv region"),
    ("en", "Russian strike cripples a CHP plant in Kharkiv"),
    ("en", "Drones gut the fuel storage at Feodosia"),
    ("en", "A Ukrainian drone rammed a refinery column in Ryazan"),
    ("en", "Overnight raid devastates a CCGT unit in Odesa"),
    ("en", "Drones pelt the Afipsky refinery"),
    ("uk", "Росіяни накрили «Градами» трансформаторну підстанцію на Сумщині"),
    ("uk", "Дрони поцілили в резервуарний парк у Феодосії"),
    ("uk", "Окупанти вгатили КАБом по котельні в Краматорську"),
    ("uk", "По ТЕЦ у Харкові прилетіло дві ракети"),
    ("uk", "Ворожий дрон підпалив склад ПММ на Одещині"),
    ("uk", "Російська ракета знеструмила половину Чернігова"),
    ("uk", "Ракетним ударом поклали дві опори ЛЕП біля Сум"),
    ("ru", "Россияне накрыли «Градами» подстанцию в Никополе"),
    ("ru", "По ТЭЦ в Харькове прилетело две ракеты"),
    ("ru", "ВСУ долбанули по ЛПДС в Брянской области"),
    ("ru", "Беспилотники спалили резервуарный парк в Энгельсе"),
    ("ru", "Дрон поджег склад ГСМ в Воронеже"),
    ("ru", "Украинский дрон обесточил три района Белгородской области"),
    ("ru", "Беспилотники поразили НПС в Тихорецке"),
    ("ru", "Дроны вывели из строя компрессорную станцию под Белгородом"),
    ("ru", "ВСУ отработали по нефтебазе в Феодосии"),
    ("ru", "Прилёт по ТП оставил без света Шебекино"),
]
ACCUSATIONS = [
    ("en", "Moscow accuses Kyiv of breaching the truce with a hit on a Belgorod switchyard"),
    ("en", "Kyiv blames Moscow for a strike on a Kherson CHP"),
    ("en", "Russia charges Ukraine with shelling a gas metering station in Sudzha"),
    ("en", "Ukraine says Russia breached the energy truce by bombing a Kharkiv boiler house"),
    ("en", "Gladkov lays the blame on Ukraine for an attack on a substation in Shebekino"),
    ("uk", "Зеленський дорікнув Москві ударом по підстанції в Херсоні"),
    ("uk", "Київ закинув Росії удар по ТЕЦ у Херсоні під час перемир'я"),
    ("uk", "Сибіга поклав на Росію провину за удар по енергооб'єкту на Сумщині"),
    ("uk", "Москва звинуватила Київ в атаці на НПЗ у Саратові"),
    ("uk", "Україна поклала на Кремль відповідальність за обстріл котельні в Херсоні"),
    ("ru", "Москва возложила на Киев ответственность за удар по ГИС «Суджа»"),
    ("ru", "Минобороны уличило Киев в атаке на подстанцию в Белгородской области"),
    ("ru", "Гладков обвинил ВСУ в ударе по ЛЭП под Шебекино"),
    ("ru", "Захарова упрекнула Киев в ударе по компрессорной станции на Кубани"),
    ("ru", "Киев вменил Москве удар по ТЭЦ в Херсоне"),
]
FOLLOW_UPS = [
    ("en", "Power restored in Sumy after a Russian drone hit a substation"),
    ("en", "Afipsky refinery back online after drone strike"),
    ("en", "Ryazan refinery halts operations after drone attack"),
    ("en", "Novorossiysk oil terminal resumes loading after drone attack"),
    ("en", "Repair crews reach a power line in Nikopol after Russian shelling"),
    ("en", "Firefighters still dousing the Feodosia oil depot after Ukrainian drone strike"),
    ("uk", "На Чернігівщині повернули світло після удару по підстанції"),
    ("uk", "Рятувальники ліквідували пожежу на ТЕЦ у Харкові після влучання дрона"),
    ("uk", "НПЗ у Рязані зупинив переробку після атаки дронів"),
    ("uk", "Енергетики заживили споживачів Сум після обстрілу підстанції"),
    ("ru", "В Белгороде восстановили электроснабжение после удара ВСУ по подстанции"),
    ("ru", "Пожар на нефтебазе в Энгельсе потушили после прилёта беспилотника"),
    ("ru", "Афипский НПЗ возобновил переработку после атаки дронов"),
    ("ru", "Рязанский НПЗ встал после удара беспилотников"),
]
FACILITIES = [
    ("en", "Russian drones hit an ageing power plant in Kharkiv"),
    ("en", "Half of Sumy without heat in hard frost after Russian drone strike"),
    ("en", "Russian drones hit a switchyard in Sumy region"),
    ("en", "Russian missile hits a TPP in Burshtyn"),
    ("en", "Russian drone hit an HPP in Zaporizhzhia"),
    ("en", "Drones struck petroleum tanks in Kursk"),
    ("en", "Drones struck the Ust-Luga condensate plant"),
    ("en", "Russian drones hit LNG equipment in Odesa region"),
    ("en", "Shelling toppled pylons near Nikopol"),
    ("en", "Russian drone struck a regasification unit in Odesa region"),
    ("uk", "Ворог ударив по ГРП у Херсоні"),
    ("uk", "Дрони атакували компресорну станцію на Кубані"),
    ("uk", "Росіяни вдарили по газогону на Сумщині"),
    ("uk", "Росіяни вдарили ракетою по ГЕС у Запоріжжі"),
    ("uk", "Дрон атакував НПС «Унеча» на Брянщині"),
    ("ru", "Беспилотник атаковал резервуарный парк в Туапсе"),
    ("ru", "Дроны атаковали ЛПДС «Клин» в Пензенской области"),
    ("ru", "Снаряд попал в опору ЛЭП под Белгородом"),
    ("ru", "Россияне ударили ракетой по ТЭЦ в Чернигове"),
]
EFFECTS = [
    ("en", "Kherson plunged into darkness by Russian shelling"),
    ("en", "Lights out across Chernihiv after Russian missile strike"),
    ("en", "Russian drones trigger a blackout in Sumy"),
    ("en", "Half of Nikopol without heat after overnight Russian shelling"),
    ("en", "Ukrainian attack triggers outages in Melitopol"),
    ("uk", "Після удару шахедів у Ніжині зникло світло"),
    ("uk", "Нікополь лишився без світла й тепла після обстрілу росіян"),
    ("uk", "Удар дронів занурив Суми в темряву"),
    ("uk", "Після російського обстрілу Херсон сидить без струму"),
    ("ru", "Атака беспилотников обесточила Мелитополь"),
    ("ru", "После удара ракет по Сумам свет пропал в пяти районах"),
    ("ru", "Обстрел ВСУ погрузил Энергодар в темноту"),
]
INTERCEPTIONS = [
    ("en", "Three drones downed over the Volgograd refinery"),
    ("en", "Air defences shoot down drones above the Novovoronezh nuclear plant"),
    ("en", "Debris fell on a Samara oil depot"),
    ("en", "Drone attack on the Ilsky refinery repelled"),
    ("uk", "Над нафтобазою в Енгельсі збили два дрони"),
    ("uk", "Уламки шахеда впали на підстанцію в Дніпрі"),
    ("uk", "ППО приземлила шахед біля котельні: уламки впали на тепломережу в Києві"),
    ("ru", "Обломки БПЛА упали на территорию НПЗ в Волгограде"),
    ("ru", "ПВО отразила атаку дронов на Ильский НПЗ"),
    ("ru", "Над нефтебазой в Энгельсе сбили три беспилотника"),
]
EVENTS = RARE_VERBS + ACCUSATIONS + FOLLOW_UPS + FACILITIES + EFFECTS + INTERCEPTIONS

NO_EVENTS = [
    ("en", "Ukrainians endure blackouts as winter sets in"),
    ("en", "Ukrainians hit hard by energy bills"),
    ("en", "A short circuit left a Syzran neighbourhood without power"),
    ("en", "A storm knocked out power lines in Lviv region"),
    ("en", "Ice brought down pylons near Voronezh"),
    ("en", "Worn equipment blamed for blackout in Sochi"),
    ("en", "A technical fault cut power to half of Odesa"),
    ("en", "Overloaded transformer burns out in Krasnodar"),
    ("en", "Residents batter grid operator with complaints over outages"),
    ("en", "The pound hits a new low as energy costs rise"),
    ("en", "The actor was knocked out of the energy race"),
    ("en", "Ministers pummel energy firms over profits"),
    ("en", "Olympic torch passes the Belgorod power plant"),
    ("en", "Kremlin could strike the grid again, analysts warn"),
    ("en", "Last winter Russian missiles crippled the Trypilska power plant"),
    ("uk", "Українці готуються до блекауту"),
    ("uk", "Росіяни скаржаться на відключення світла у Сочі"),
    ("uk", "Коротке замикання залишило без світла квартал у Львові"),
    ("uk", "Через перевантаження мережі в Одесі зникло світло"),
    ("uk", "Негода знеструмила сотні сіл на Закарпатті"),
    ("uk", "Обмерзання дротів поклало опори на Буковині"),
    ("uk", "Через знос обладнання вийшла з ладу котельня в Бердичеві"),
    ("uk", "Пожежники гасили склад у Рівному: причина - проводка"),
    ("uk", "Росія може вдарити по ТЕЦ, попереджає Зеленський"),
    ("uk", "Посольство закинуло Росії порушення прав людини"),
    ("ru", "Короткое замыкание оставило без света микрорайон"),
    ("ru", "Украинцы готовятся к блэкауту"),
    ("ru", "Россияне жалуются на отключения света в Сочи"),
    ("ru", "Из-за перегрузки сети в Анапе пропал свет"),
    ("ru", "Ледяной дождь обесточил посёлки под Владивостоком"),
    ("ru", "Ветер повалил опоры ЛЭП под Самарой"),
    ("ru", "Износ оборудования оставил без тепла дома в Сызрани"),
    ("ru", "Техническая неисправность обесточила Севастополь"),
    ("ru", "Россия может ударить по ТЭЦ, предупреждает Зеленский"),
    ("ru", "Песков отверг обвинения в ударе по подстанции"),
]

DENIALS = [
    ("en", "Kyiv dismisses as fake a Russian report of a strike on a Kursk gas metering station"),
    ("en", "Ukraine's General Staff: our forces not involved in the attack on the Sudzha gas metering station"),
    ("uk", "Генштаб спростував удар по ГВС «Суджа»"),
    ("uk", "У Москві заперечили удар по підстанції в Херсоні"),
    ("uk", "Генштаб назвав фейком удар ЗСУ по ГВС «Суджа»"),
    ("ru", "Минобороны опровергло удар по подстанции в Херсоне"),
    ("ru", "Киев отверг обвинения в ударе по ГИС «Суджа»"),
    ("ru", "В Киеве назвали фейком удар по ГИС «Суджа»"),
    ("ru", "Киев заявил о непричастности к удару по ГИС «Суджа»"),
]


@pytest.mark.parametrize(("language", "title"), EVENTS)
def test_a_strike_is_read_from_rarer_words(language: str, title: str) -> None:
    assert events_of(title, language)


@pytest.mark.parametrize(("language", "title"), NO_EVENTS)
def test_what_only_looks_like_a_strike_is_none(language: str, title: str) -> None:
    assert events_of(title, language) == []


@pytest.mark.parametrize(("language", "title"), DENIALS)
def test_a_denial_in_other_words_is_kept_as_a_denial(language: str, title: str) -> None:
    assert [claim.stance for claim in claims_of(title, language)] == [Stance.DENIED]


WORDINGS = Path(__file__).parent / "wordings"
LISTED = [
    (path.stem, *(part.strip() for part in line.split("|", 1)))
    for path in sorted(WORDINGS.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _shows(claim: Claim, wanted: str) -> bool:
    """Return whether the claim has what "class=substation", "attacker=RU", "country=UA" or "claimant=RU" asks for."""
    slots: dict[str, set[str | None]] = {
        "class": {claim.target.class_id},
        "attacker": {claim.attacker},
        "country": {claim.country},
        "claimant": {actor.party for actor in claim.claimants},
    }
    slot, _, value = wanted.partition("=")
    return value in slots[slot]


@pytest.mark.parametrize(("language", "expected", "title"), LISTED)
def test_a_listed_wording_is_read_as_what_it_says(language: str, expected: str, title: str) -> None:
    sign, *wanted = expected.split()
    claims = claims_of(title, language)
    events = [claim for claim in claims if claim.stance.reports_event]
    if sign == "+":
        assert any(all(_shows(claim, each) for each in wanted) for claim in events)
    else:
        assert events == []
    if sign == "d":
        assert Stance.DENIED in {claim.stance for claim in claims}
