"""Claims into incidents, the same whatever order the claims came in. See docs/decisions/0005-order-of-arrival.md.

Claims are taken in one canonical order, the most exact first, and each joins the best of the incidents that the claims
before it make, or begins one. Only what a new claim can change is decided anew: the claims after it that are near it,
and, where one of those decides otherwise than before, the claims after that one that are near its old or new incident.
"""

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.judging import summary
from monitor.judging.incidents import ambiguous, begins, fits, is_placed, join
from monitor.judging.likeness import told, written
from monitor.judging.slots import aftermath, borrowed_place, is_unspecified, pinned, recalls, stated
from monitor.model.agreements import TargetClass
from monitor.model.claims import ReportedClaim, Stance
from monitor.model.judgements import Incident, Join, Reason, stable_id

#: A claim's place in the canonical order.
Rank = tuple[object, ...]
Near = Callable[[ReportedClaim], Sequence[ReportedClaim]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What is recorded of incidents so far."""

    #: To which incident a claim belongs, and why; None for one that belongs to none.
    join_of: Callable[[str], Join | None]
    #: The claims that belong to an incident.
    members: Callable[[str], Sequence[ReportedClaim]]
    #: Whether a person decided something about an incident: then it keeps its id, whatever its claims are.
    decided: Callable[[str], bool] = field(default=lambda _incident_id: False)

    def incident_of(self, claim_id: str) -> str | None:
        """Return the incident to which a claim belongs."""
        join = self.join_of(claim_id)
        return None if join is None else join.incident_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Regrouped:
    """What has to be recorded."""

    #: Claims that belong to another incident, or begin theirs for another reason, than is recorded, each with why.
    joins: tuple[Join, ...] = ()
    #: Claims that belong to no incident any more.
    left: tuple[str, ...] = ()
    #: Incidents that lost all claims, and the one to which most of them went.
    superseded: Mapping[str, str] = field(default_factory=dict)


def regroup(
    new: Iterable[ReportedClaim],
    gone: Iterable[ReportedClaim],
    near: Near,
    stored: Stored,
    classes: Mapping[str, TargetClass],
    hints: Mapping[str, str] | None = None,
    placed: Mapping[str, Join] | None = None,
) -> Regrouped:
    """Return how the recorded incidents change by claims that came and claims that were taken back.

    Args:
        new: claims that belong to no incident yet.
        gone: claims that no longer count; `near` and `stored.members` no longer give them, `join_of` still does.
        near: the claims, new ones among them, that may be told of the same event as one claim.
        stored: what is recorded.
        classes: target classes by id.
        hints: by claim, the incident that an earlier version of its report told of in its place.
        placed: by claim, where a person puts it now, in place of what is recorded; those claims are among the new.
    """
    work = _Work(near, stored, classes, placed or {})
    for claim in gone:
        work.forget(claim)
    for claim in new:
        work.push(claim)
    work.run()
    return _named(work, stored, hints or {})


def rank(one: ReportedClaim, classes: Mapping[str, TargetClass]) -> Rank:
    """Return a claim's place in the canonical order: what says most, and most exactly, comes first."""
    claim, time = one.claim, told(one)
    place = 0 if claim.target.facility_id is not None else claim.place.precision if claim.place is not None else 4
    return (
        recalls(claim),
        claim.stance is Stance.DENIED,
        aftermath(claim),
        not pinned(claim),
        borrowed_place(one),
        is_unspecified(claim.target.class_id, classes) or not claim.target.name,
        place,
        claim.event_time is None,
        time.precision,
        time.end - time.start,
        not stated(claim),
        written(one),
        one.report.id,
        one.report.version,
        len(claim.id),
        claim.id,
    )


class _Work:
    """Claims that wait to be decided, and incidents as they are decided so far."""

    def __init__(
        self, near: Near, stored: Stored, classes: Mapping[str, TargetClass], placed: Mapping[str, Join]
    ) -> None:
        self._placed = placed
        self._near = near
        self._stored = stored
        self._classes = classes
        self._waiting: list[tuple[Rank, ReportedClaim]] = []
        self._pushed: set[str] = set()
        self._ranks: dict[str, Rank] = {}
        self._key: dict[str, str | None] = {}
        self._members: dict[str, dict[str, ReportedClaim]] = {}
        #: Incidents as the first so many of their claims tell them, until a claim comes or goes.
        self._told: dict[str, _Told] = {}
        #: Why each claim that was decided anew belongs where it does.
        self.decided: dict[str, Join | None] = {}
        self.claims: dict[str, ReportedClaim] = {}
        self.affected: set[str] = set()

    def rank(self, one: ReportedClaim) -> Rank:
        known = self._ranks.get(one.claim.id)
        if known is None:
            # Where a person put something is settled before anything is compared with it.
            first = self.placed(one.claim.id) is None
            known = self._ranks[one.claim.id] = (first, *rank(one, self._classes))
        return known

    def placed(self, claim_id: str) -> Join | None:
        """Return where a person put a claim; None where the program decides."""
        found = self._placed.get(claim_id) or self._stored.join_of(claim_id)
        return found if is_placed(found) else None

    def key(self, one: ReportedClaim) -> str | None:
        if one.claim.id not in self._key:
            self._key[one.claim.id] = self._stored.incident_of(one.claim.id)
        return self._key[one.claim.id]

    def members(self, key: str) -> dict[str, ReportedClaim]:
        if key not in self._members:
            self._members[key] = {one.claim.id: one for one in self._stored.members(key)}
        return self._members[key]

    def told(self, key: str) -> "_Told":
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = _Told(key, self.ordered(key), self.rank, self._classes)
        return found

    def _put(self, claim: ReportedClaim, key: str) -> None:
        self.members(key)[claim.claim.id] = claim
        self._told.pop(key, None)

    def _take(self, claim: ReportedClaim, key: str) -> None:
        self.members(key).pop(claim.claim.id, None)
        self._told.pop(key, None)

    def push(self, claim: ReportedClaim) -> None:
        if claim.claim.id not in self._pushed:
            self._pushed.add(claim.claim.id)
            heapq.heappush(self._waiting, (self.rank(claim), claim))

    def forget(self, claim: ReportedClaim) -> None:
        """Take a claim out, and have those decided anew that it may have mattered to."""
        key = self.key(claim)
        if key is None:
            return
        was = self.told(key)
        self._take(claim, key)
        self._key[claim.claim.id] = None
        self._changed(claim, key, was)

    def run(self) -> None:
        while self._waiting:
            _, claim = heapq.heappop(self._waiting)
            before, after = self.key(claim), self._decide(claim)
            self.claims[claim.claim.id] = claim
            if before == after:
                continue
            was = {key: self.told(key) for key in (before, after) if key is not None}
            for key in was:
                self._take(claim, key)
            self._key[claim.claim.id] = after
            if after is not None:
                self._put(claim, after)
            for key, stood in was.items():
                self._changed(claim, key, stood)

    def _changed(self, claim: ReportedClaim, key: str, was: "_Told") -> None:
        """Have those decided anew to whom it matters that a claim came to, or left, an incident.

        It matters to the later claims of the incident, and to those near it that fit it now or did before.
        """
        self.affected.add(key)
        mine, now, met = self.rank(claim), self.told(key), set[str]()
        for member in (claim, *self.members(key).values()):
            for other in (member, *self._near(member)):
                if other.claim.id in met or other.claim.id in self._pushed:
                    continue
                met.add(other.claim.id)
                if (rank := self.rank(other)) > mine and (
                    self.key(other) == key or was.fits(other, rank) or now.fits(other, rank)
                ):
                    self.push(other)

    def _decide(self, claim: ReportedClaim) -> str | None:
        """Return the key of the incident that the claim belongs to, by the claims before it."""
        settled = self.placed(claim.claim.id)
        if settled is not None:
            self.decided[claim.claim.id] = settled
            return settled.incident_id
        mine = self.rank(claim)
        keys = {key for other in self._near(claim) if self.rank(other) < mine and (key := self.key(other)) is not None}
        found = join(claim, [self.told(key).before(mine) for key in sorted(keys)], self._classes)
        self.decided[claim.claim.id] = found
        if found is None:
            return None
        return self._own(claim, mine) if begins(found) else found.incident_id

    def _own(self, claim: ReportedClaim, mine: Rank) -> str:
        """Return the key of the incident that the claim begins: the one it has, where no claim of that is before it."""
        key = self.key(claim)
        if key is not None and not any(self.rank(one) < mine for one in self.members(key).values()):
            return key
        return self.unused(stable_id("I", claim.claim.id))

    def unused(self, key: str) -> str:
        """Return an id under which no claims stand."""
        number, tried = 1, key
        while self.members(tried):
            number += 1
            tried = stable_id("I", key, str(number))
        return tried

    def ordered(self, key: str) -> list[ReportedClaim]:
        return sorted(self.members(key).values(), key=self.rank)


class _Told:
    """What the claims of one incident tell, as far as claims of a lower rank see it."""

    def __init__(
        self,
        key: str,
        ordered: Sequence[ReportedClaim],
        rank: Callable[[ReportedClaim], Rank],
        classes: Mapping[str, TargetClass],
    ) -> None:
        self._key = key
        self._ordered = ordered
        self._ranks = [rank(one) for one in ordered]
        self._classes = classes
        self._found: dict[int, Incident] = {}

    def before(self, mine: Rank) -> Incident:
        """Return the incident that the claims before this rank make."""
        count = bisect_left(self._ranks, mine)
        found = self._found.get(count)
        if found is None:
            found = self._found[count] = summary.incident(self._key, self._ordered[:count], self._classes)
        return found

    def fits(self, claim: ReportedClaim, mine: Rank) -> bool:
        """Return whether a claim of this rank may join the incident."""
        return bool(self._ranks) and self._ranks[0] < mine and fits(claim, self.before(mine), self._classes)


def _named(work: _Work, stored: Stored, hints: Mapping[str, str]) -> Regrouped:
    """Give each incident the recorded id that most of its claims have; one that a person decided on before others."""
    groups = {key: claims for key in work.affected if (claims := work.ordered(key))}
    votes = {
        key: Counter(
            before for one in claims if (before := stored.incident_of(one.claim.id) or hints.get(one.claim.id))
        )
        for key, claims in groups.items()
    }
    by_rank = sorted(groups, key=lambda key: work.rank(groups[key][0]))
    wishes = sorted(
        (not stored.decided(wanted), -count, position, wanted, key)
        for position, key in enumerate(by_rank)
        for wanted, count in votes[key].items()
    )
    names = {key: key for key, claims in groups.items() if any(work.placed(one.claim.id) for one in claims)}
    taken = set(names.values())
    for _, _, _, wanted, key in wishes:
        if key not in names and wanted not in taken:
            names[key] = wanted
            taken.add(wanted)
    for key in by_rank:
        if key not in names:
            names[key] = _fresh(key, work, taken)
            taken.add(names[key])
    return _difference(work, stored, groups, names)


def _fresh(key: str, work: _Work, taken: Collection[str]) -> str:
    """Return the id of an incident that has none yet: its own key, unless another one took that over."""
    found, number = key, 1
    while found in taken or (found != key and work.members(found)):
        number += 1
        found = stable_id("I", key, str(number))
    return found


def _difference(
    work: _Work, stored: Stored, groups: Mapping[str, Sequence[ReportedClaim]], names: Mapping[str, str]
) -> Regrouped:
    joins: list[Join] = []
    went: dict[str, Counter[str]] = {}
    for key, claims in groups.items():
        for one in claims:
            recorded = stored.join_of(one.claim.id)
            before = None if recorded is None else recorded.incident_id
            if before != names[key] or _told_otherwise(work.decided.get(one.claim.id), recorded):
                joins.append(_why(work, one.claim.id, recorded, names[key]))
                if before is not None and before != names[key]:
                    went.setdefault(before, Counter())[names[key]] += 1
    left = tuple(sorted(key for key, why in work.decided.items() if why is None and stored.incident_of(key)))
    kept = set(names.values())
    superseded = {
        before: min(to, key=lambda one: (-to[one], one)) for before, to in sorted(went.items()) if before not in kept
    }
    return Regrouped(
        joins=tuple(
            sorted(joins, key=lambda one: work.rank(work.claims[one.claim_id]) if one.claim_id in work.claims else ())
        ),
        left=left,
        superseded=superseded,
    )


def _told_otherwise(decided: Join | None, recorded: Join | None) -> bool:
    """Return whether a claim that began its incident joins one that another claim began, or the reverse.

    Then what is recorded no longer says why the two are one event; nor where an incident is ambiguous now and was not.
    """
    if decided is None or recorded is None:
        return False
    kinds = [(begins(one), ambiguous(one), is_placed(one)) for one in (decided, recorded)]
    return kinds[0] != kinds[1]


def _why(work: _Work, claim_id: str, recorded: Join | None, incident_id: str) -> Join:
    decided = work.decided.get(claim_id)
    if decided is not None:
        return replace(decided, incident_id=incident_id)
    moved = Reason(code="moved", text=f"the incident it belonged to is now {incident_id}")
    before = () if recorded is None else tuple(one for one in recorded.reasons if one.code != moved.code)
    score = 1.0 if recorded is None else recorded.score
    return Join(claim_id=claim_id, incident_id=incident_id, score=score, reasons=(*before, moved))
