"""What was struck: the object itself, once; not who works for it, what bears its name, what stands guard beside it."""

import pytest

from tests.extraction.reading import claims_of, events_of

NO_ENERGY = [
    ("en", "Russian FPV drone attacks energy repair crew in Sumy region"),
    ("en", "Shelling wounds two power company workers in Kherson"),
    ("en", "Russian mine explosion destroys power line repair truck in Kherson region"),
    ("en", "FPV drone hits Rosseti car in Belgorod region"),
    ("en", "Drone strike on Lukoil petrol station in Kursk"),
    ("en", "Russians attacked a gas station in Kharkiv, two wounded"),
    ("en", "Gazprom Neft office tower in St Petersburg hit by drone debris"),
    ("en", "Drone crashes into dormitory of energy college in Sumy"),
    ("en", "Ukraine's army destroys Russian S-400 guarding oil terminal in Crimea"),
    ("uk", "Росіяни атакували дроном бригаду енергетиків на Сумщині"),
    ("uk", "Ворожий дрон влучив в автомобіль обленерго у Херсоні"),
    ("uk", "Внаслідок обстрілу Херсона поранено двох енергетиків"),
    ("uk", "У Харкові дрон влучив у будинок на вулиці Енергетичній"),
    ("uk", "Дрон пошкодив гуртожиток енергетичного коледжу в Сумах"),
    ("uk", "Дрони вдарили по АЗС «Роснефть» у Бєлгороді"),
    ("uk", "Сили оборони уразили ЗРК, що прикривав нафтобазу в Криму"),
    ("ru", "Дрон атаковал машину «Россетей» в Грайворонском районе"),
    ("ru", "ВСУ ударили по аварийной бригаде энергетиков под Шебекино"),
    ("ru", "При обстреле Шебекино ранены двое энергетиков"),
    ("ru", "В Белгороде дрон попал в дом на улице Энергетиков"),
    ("ru", "Беспилотник повредил солнечные панели частного дома в Энергодаре"),
    ("ru", "Дрон атаковал АЗС «Лукойл» в Курске"),
]
ONE_OBJECT = [
    ("en", "Lukoil refinery in Volgograd hit by drones", "oil_refinery"),
    ("en", "Ukrainian strike on CPC pumping station in Krasnodar region", "pumping_station"),
    ("en", "Drones attack Caspian Pipeline Consortium terminal near Novorossiysk", "oil_terminal"),
    ("en", "Shelling damages power line feeding Zaporizhzhia nuclear plant", "power_line"),
    ("en", "Drone cut a power line in Sumy, a repair crew is at work", "power_line"),
    ("en", "Russian forces shell gas metering station near Sudzha", "gas_metering"),
    ("en", "Sudzha gas station shelled by Russian artillery", "gas_metering"),
    ("uk", "Дрони атакували НПЗ «Лукойл» у Волгограді", "oil_refinery"),
    ("uk", "Росіяни вдарили по підстанціях у Херсоні, споживачі залишилися без електропостачання", "substation"),
    ("uk", "Ворог поцілив у ТЕС: є поранені енергетики", "power_plant"),
    ("uk", "Ворог ударив по підстанції на Сумщині, енергетики працюють", "substation"),
    ("uk", "Дрони вдарили по енергетиці Одещини", "energy"),
    ("ru", "КТК: атака на станцию «Кропоткинская» 24 марта", "pumping_station"),
    ("ru", "Дроны поразили компрессорную станцию газопровода под Курском", "pumping_station"),
    ("ru", "ВСУ атаковали энергетику Белгородской области: повреждена подстанция в Шебекино", "substation"),
    ("uk", "Росіяни третю ніч б'ють по газовидобутку Нафтогазу", "gas_production"),
    ("uk", "Ворог ударив по енергетиці Сумщини, пошкоджено підстанцію в Шостці", "substation"),
    ("en", "Russia attacks energy facilities in Sumy region, damaging a substation in Shostka", "substation"),
    ("en", "Russian drones strike gas pipeline compressor station in Poltava region", "pumping_station"),
    ("ru", "ВСУ ударили по подстанции под Курском, обесточены потребители филиала «Россети Центр»", "substation"),
    ("ru", "При ударе по линии 110 кВ под Брянском отключено энергоснабжение в Климовском районе", "power_line"),
    ("ru", "Атакована подстанция «Россетей» в Белгородской области", "substation"),
    ("ru", "Дроны атаковали «Лукойл» в Волгограде", "energy"),
]
TWO_OBJECTS = [
    ("en", "Drones hit a Lukoil refinery and a substation in Volgograd", {"oil_refinery", "substation"}),
    ("en", "Drones hit Lukoil and a substation in Volgograd", {"energy", "substation"}),
    ("uk", "Уражено підстанцію та газорозподільну станцію на Сумщині", {"substation", "gas_distribution"}),
    ("uk", "Дрони атакували підстанцію та «Лукойл» у Волгограді", {"energy", "substation"}),
    ("ru", "ВСУ ударили по подстанции и нефтебазе под Курском", {"substation", "oil_depot"}),
]
TWO_PLACES = [
    ("en", "Russia attacks energy facilities in Odesa region, damaging a substation in Sumy", {"energy", "substation"}),
    ("uk", "Ворог ударив по енергетиці Одещини, а на Сумщині пошкодив підстанцію", {"energy", "substation"}),
    ("ru", "ВСУ атаковали энергетику Курской области и подстанцию в Шебекино", {"energy", "substation"}),
]
OUTAGES = [
    ("en", "Drones struck an energy facility in Kherson. As a result, part of the Dniprovskyi district lost power."),
    ("en", "Russian drones hit a substation in Sumy. Half of the city was left without power."),
    ("uk", "Росіяни вдарили по підстанції в Херсоні. Без світла залишилася частина міста."),
    ("ru", "Прилёт по подстанции в Шебекино. Света нет в половине города."),
]
TRANSFER = [
    ("en", "Oil transfer point in Kavkazskaya burns after overnight drone attack", "oil_depot"),
    ("en", "Drones hit an oil transshipment complex in Krasnodar", "oil_depot"),
    ("en", "Drones hit an oil transfer station in Krasnodar", "pumping_station"),
    ("en", "Drones hit an oil transshipment terminal in Taman", "oil_terminal"),
    ("uk", "У Краснодарському краї дрони атакували нафтоперевалочний комплекс", "oil_depot"),
    ("uk", "Дрони вдарили по пункту перевалки нафти на Кубані", "oil_depot"),
    ("ru", "ВСУ атаковали нефтеперевалочный комплекс «Кавказская»", "oil_depot"),
    ("ru", "БПЛА попал в пункт перевалки нефти в Кавказском районе", "oil_depot"),
]


@pytest.mark.parametrize(("language", "text"), NO_ENERGY)
def test_what_belongs_to_energy_or_bears_its_name_is_no_energy_object(language: str, text: str) -> None:
    assert claims_of(text, language) == []


@pytest.mark.parametrize(("language", "text", "class_id"), ONE_OBJECT)
def test_an_object_its_owner_and_what_it_fed_are_one_claim(language: str, text: str, class_id: str) -> None:
    assert [claim.target.class_id for claim in events_of(text, language)] == [class_id]


@pytest.mark.parametrize(("language", "text"), OUTAGES)
def test_an_outage_told_in_the_next_sentence_came_of_the_strike(language: str, text: str) -> None:
    title, _, _ = text.partition(". ")
    told = events_of(title, language, text)
    assert len({(claim.target.class_id, claim.place.name if claim.place else None) for claim in told}) == 1


def test_an_outage_told_of_another_region_is_a_claim_of_its_own() -> None:
    told = events_of(
        "Drone strikes overnight", "en", "Drones hit a substation in Sumy. Odesa lost power in the attack."
    )
    assert {claim.place.name for claim in told if claim.place} == {"Sumy", "Odesa"}


@pytest.mark.parametrize(("language", "text", "classes"), [*TWO_OBJECTS, *TWO_PLACES])
def test_objects_struck_beside_each_other_are_told_each(language: str, text: str, classes: set[str]) -> None:
    assert {claim.target.class_id for claim in events_of(text, language)} == classes


@pytest.mark.parametrize(("language", "text", "class_id"), TRANSFER)
def test_where_oil_is_transferred_is_a_depot_a_station_or_a_terminal(language: str, text: str, class_id: str) -> None:
    assert [claim.target.class_id for claim in events_of(text, language)] == [class_id]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "Удар по ЛЕП на Сумщині: без світла частина Шосткинського району", "Shostka"),
        ("en", "Drones hit a line in Sumy region, leaving Shostka district without power", "Shostka"),
        ("uk", "Удар по ЛЕП на Сумщині: без світла Шосткинський та Конотопський райони", "Sumy Oblast"),
    ],
)
def test_one_district_that_went_dark_says_where_in_a_region(language: str, text: str, place: str) -> None:
    assert [claim.place.name for claim in events_of(text, language) if claim.place] == [place]
