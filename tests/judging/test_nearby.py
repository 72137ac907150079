"""What is looked up by place and day meets every claim that a look at all of them would meet."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judging.nearby import Nearby, _known, _places_meet, _times_meet
from monitor.model.claims import Place, ReportedClaim, Target
from tests.agreements import CLASSES
from tests.builders import a_place, a_report, a_reported_claim
from tests.judging.scenes import ODESA, SUMY_REGION


@st.composite
def places(draw: st.DrawFn) -> Place | None:
    """Return a place anywhere, at a pole and where degrees of longitude begin anew too, or none, or one of few."""
    if draw(st.booleans()):
        return draw(st.sampled_from([None, ODESA, SUMY_REGION, a_place(), a_place("Sumy", lat=None, lon=None)]))
    lat = draw(st.sampled_from([-90.0, -89.9, -0.01, 0.01, 50.9, 51.3, 89.9]))
    lon = draw(st.sampled_from([-180.0, -179.9, -0.01, 0.01, 34.8, 35.4, 179.9]))
    return a_place(f"Town {lat} {lon}", geonameid=None, lat=lat, lon=lon, region=draw(st.sampled_from([None, "UA.21"])))


def reported(number: int, place: Place | None, facility: str | None) -> ReportedClaim:
    target = Target(class_id="substation", name="substation", facility_id=facility)
    return a_reported_claim(report=a_report(id=f"R{number}"), id=f"c{number}", place=place, target=target)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(places(), st.sampled_from([None, None, "kursk-1"])), min_size=2, max_size=6))
def test_looking_up_by_place_misses_nothing(drawn: list[tuple[Place | None, str | None]]) -> None:
    claims = [reported(number, place, facility) for number, (place, facility) in enumerate(drawn)]
    nearby = Nearby(lambda _start, _end: claims, CLASSES)
    for one in claims:
        expected = {
            other.claim.id
            for other in claims
            if other is not one and _times_meet(_known(one), _known(other)) and _places_meet(_known(one), _known(other))
        }
        assert {other.claim.id for other in nearby(one)} == expected


def test_a_claim_far_away_is_not_even_compared() -> None:
    far = a_reported_claim(report=a_report(id="R2"), id="c2", place=ODESA)
    one = a_reported_claim(id="c1")
    assert Nearby(lambda _start, _end: [one, far], CLASSES)(one) == ()
