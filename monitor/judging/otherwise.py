"""What another version of the rules makes of the same incidents: verdict by verdict, before and after. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.model.agreements import Verdict
from monitor.model.judgements import Assessment
from monitor.model.reports import PartyId

_Key = tuple[str, str, str, PartyId]


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictChange:
    """The verdict of one reading on one incident, before and after; None where it was not held against it."""

    incident_id: str
    before: Assessment | None
    after: Assessment | None
    #: When it was recorded; None where it was not read from the store.
    recorded_at: datetime | None = None

    @property
    def of(self) -> Assessment:
        """Return one of the two, for what they share: agreement, clause, reading, accused."""
        found = self.after or self.before
        assert found is not None, "one of the two is always there"  # noqa: S101 - a defect of ours
        return found


def verdict_changes(
    before: Mapping[str, Iterable[Assessment]], after: Mapping[str, Iterable[Assessment]]
) -> tuple[VerdictChange, ...]:
    """Return the verdicts that differ, in order of incident, agreement, clause, reading and accused.

    A verdict that another version of the file gives alike is no change, nor is "no breach" where nothing was said: both
    hold nothing against anybody.
    """
    found = []
    for incident_id in sorted({*before, *after}):
        old, new = _by_key(before.get(incident_id, ())), _by_key(after.get(incident_id, ()))
        for key in sorted({*old, *new}):
            change = VerdictChange(incident_id=incident_id, before=old.get(key), after=new.get(key))
            if _verdict(change.before) is not _verdict(change.after):
                found.append(change)
    return tuple(found)


def changed_by_rules(history: Iterable[tuple[datetime, Assessment]]) -> tuple[VerdictChange, ...]:
    """Return the verdicts that another version of a file changed, in the order of recording.

    `history`: all assessments ever recorded with when that was, retired ones too, oldest first. What was retired bears
    the version that it had, and does not say whether its sources took it back or its file did: it is left out.
    """
    newest: dict[tuple[str, _Key], Assessment] = {}
    found = []
    for recorded_at, one in history:
        key = one.incident_id, (one.agreement_id, one.clause_id, one.reading_id, one.accused)
        before = newest.get(key)
        newest[key] = one
        if before is None or not (before.active and one.active) or before.rule_version == one.rule_version:
            continue
        if before.verdict is not one.verdict:
            change = VerdictChange(incident_id=one.incident_id, before=before, after=one, recorded_at=recorded_at)
            found.append(change)
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionChange:
    """The version of an agreement's file before and after; None where there was no such file."""

    agreement_id: str
    before: str | None
    after: str | None


def version_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[VersionChange, ...]:
    """Return the files that differ, by the agreements' ids; the versions are given by agreement."""
    return tuple(
        VersionChange(agreement_id=key, before=before.get(key), after=after.get(key))
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    )


def _by_key(assessments: Iterable[Assessment]) -> dict[_Key, Assessment]:
    return {(one.agreement_id, one.clause_id, one.reading_id, one.accused): one for one in assessments}


def _verdict(assessment: Assessment | None) -> Verdict:
    return Verdict.NO_BREACH if assessment is None else assessment.verdict
