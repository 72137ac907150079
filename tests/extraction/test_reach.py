"""A word that makes a strike history, a plot or a comment does so where it stands, and not from another clause."""

import pytest

from tests.extraction.reading import events_of

#: A strike, and beside it an everyday clause whose words elsewhere say that there was none.
STRIKES = (
    ("en", "Russia struck a substation in Sumy in the past 24 hours"),
    ("en", "Over the past day Ukrainian drones struck an oil depot in Bryansk"),
    ("en", "Previously spared, Kovel substation is hit by Russian missiles"),
    ("en", "A total of 45,000 people lost power after Russian shelling of Kherson substation"),
    ("en", "More than half of Kherson without power after Russian strike on substation"),
    ("en", "Russian drones hit Sumy substation; Zelensky calls for tougher sanctions"),
    ("en", "Russian drones hit a Sumy substation, and Kyiv called for new sanctions against Moscow"),
    ("en", "Power restrictions in Odesa after Russian drones hit substation"),
    ("en", "Drones hit Kharkiv substation, local man detained for filming it"),
    ("en", "Volunteers collaborate to feed residents after Russian strike on Sumy power plant"),
    ("en", "Russian drones hit a power plant in Odesa, civil defence drills cancelled"),
    ("en", "Recent drone strike on Sumy substation leaves 5,000 in dark"),
    ("en", "Russia launched a retaliatory strike on a gas plant in Poltava"),
    ("en", "Two years after liberation, Kherson's power plant is hit again by Russian artillery"),
    ("en", "Third attack this month on Volgograd refinery"),
    ("en", "The enemy attacked Naftogaz gas storage for the 18th time this year"),
    ("en", "Ukraine hits Belgorod thermal plant in possible HIMARS strike"),
    ("en", "Russian Shaheds, made with Iranian help, hit a substation in Sumy"),
    ("uk", "Раніше сьогодні росіяни вдарили по підстанції в Сумах"),
    ("uk", "Росіяни вдарили по підстанції в Сумах: знеструмлено 60 відсотків міста"),
    ("uk", "Росіяни вдарили по підстанції в Сумах, завдано значних збитків"),
    ("uk", "Росіяни вдарили по підстанції в Сумах, повідомляє агентство «Укрінформ»"),
    ("uk", "Дрони влучили в підстанцію в Сумах, сусіди допомагали гасити пожежу"),
    ("uk", "Росіяни вдарили по підстанції в Сумах, школи перейшли на дистанційне навчання"),
    ("uk", "Після удару по підстанції в Сумах Зеленський закликав посилити санкції"),
    ("uk", "Армія РФ вдарила по залізничній підстанції на Дніпропетровщині, потяги затримуються"),
    ("uk", "Росія вдруге за тиждень вдарила по Херсонській ТЕЦ"),
    ("uk", "Втретє за місяць дрони атакували НПЗ у Саратові"),
    ("uk", "Ворог знищив дві підстанції в Харкові: мер попередив, що зима буде найважчою за роки війни"),
    ("uk", "Внаслідок ракетного удару по залізничних підстанціях на Сумщині частина поїздів затримується"),
    ("ru", "Ранее днём ВСУ ударили по подстанции в Шебекино"),
    ("ru", "ВСУ ударили по подстанции в Шебекино: без света 40 процентов города"),
    ("ru", "ВСУ ударили по подстанции в Шебекино, ущерб и убытки подсчитывают"),
    ("ru", "ВСУ ударили по подстанции в Шебекино, сообщает РИА Новости со ссылкой на агентство"),
    ("ru", "Дрон попал в подстанцию в Шебекино, соседи помогали тушить пожар"),
    ("ru", "ВСУ ударили по подстанции в Шебекино, поезда задерживаются"),
    ("ru", "Третий удар за неделю: дроны снова атаковали НПЗ в Саратове"),
    ("ru", "После атаки на нефтебазу в Энгельсе в Кремле напомнили о санкциях"),
)

#: The same words where they do say that there was no strike, or none now.
OTHERWISE = (
    ("en", "Russian strikes on Ukraine's power plants have halved output since January 2024"),
    ("en", "Ukraine's grid has lost more than half of its capacity to Russian strikes since 2022"),
    ("en", "EU weighs sanctions over Russian strikes on power plants"),
    ("en", "New sanctions hit Russian refineries"),
    ("en", "SBU detains agent who guided missiles to Kharkiv substation"),
    ("en", "Man who set fire to a Kyiv transformer for Russia sentenced to ten years"),
    ("en", "Rescuers rehearse response to strike on power plant in Odesa"),
    ("en", "Last month, drones hit the Sumy substation"),
    ("en", "Two years ago Russian missiles hit the Kharkiv power plant"),
    ("en", "In recent months Russia has struck dozens of substations in Ukraine"),
    ("uk", "За місяць росіяни 12 разів били по енергетиці Харкова"),
    ("uk", "СБУ затримала агента, який коригував удари по підстанціях Харкова"),
    ("en", "West targets Russian energy sector with new restrictions"),
    ("uk", "Готував ракетні удари по нафтобазах на Київщині: СБУ затримала агента"),
    ("ru", "Корректировал удары по подстанциям Белгорода: ФСБ задержала двоих"),
    ("uk", "Екологічні збитки від пожежі на нафтобазі у Василькові склали мільярд гривень"),
    ("uk", "Двох чоловіків, які підпалили підстанцію в Одесі, засудили до десяти років"),
    ("uk", "Торік росіяни зруйнували Трипільську ТЕС"),
    ("uk", "Раніше росіяни вже били по цій підстанції в Сумах"),
    ("uk", "На навчаннях рятувальники відпрацювали дії після удару по підстанції"),
    ("ru", "За год беспилотники атаковали НПЗ в Рязани пять раз"),
    ("ru", "ФСБ задержала мужчину, который готовил подрыв подстанции в Белгороде"),
    ("ru", "Двое подростков, которые подожгли релейный шкаф, осуждены"),
    ("ru", "Ранее ВСУ уже били по подстанции в Шебекино"),
    ("ru", "ЕС готовит санкции за удары по энергетике Украины"),
)


@pytest.mark.parametrize(("language", "text"), STRIKES)
def test_a_word_of_another_clause_silences_no_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(("language", "text"), OTHERWISE)
def test_a_word_that_governs_the_strike_is_heard(language: str, text: str) -> None:
    assert not events_of(text, language)
