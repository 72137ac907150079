"""Asks about the borderline claims of one unit of work, within bounds, before anything of it is written."""

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model.claims import Claim, Extracted
from monitor.model.opinions import Opinion, OpinionOutcome
from monitor.model.reports import Report
from monitor.opinion.answer import Ruling, rule
from monitor.opinion.endpoint import Endpoint, NoReplyError, Reply
from monitor.opinion.question import Question, is_borderline, question

logger = logging.getLogger("ceasefire.opinion")

#: One unit of work waits no longer than this for opinions; what is left unasked then stays as it was read.
UNIT_SECONDS = 40.0
#: After so many failures in a row the endpoint is left alone until the next unit of work.
MAX_FAILURES = 2
#: So much of an answer is kept as evidence.
_KEPT_ANSWER = 4_000

#: A report, by its id and the hash of its content.
Key = tuple[str, str]
Readings = Mapping[Key, Extracted]
Opinions = Mapping[Key, tuple[Opinion, ...]]


@dataclass(frozen=True, kw_only=True)
class Advisor:
    """Somebody to ask, and for how long."""

    endpoint: Endpoint
    unit_seconds: float = UNIT_SECONDS

    def consult(self, reports: Iterable[Report], readings: Readings, now: datetime) -> tuple[Readings, Opinions]:
        """Return the readings with what the opinions made of them, and the opinions by report.

        A failure leaves a claim as it was read, is recorded, and is logged.

        Args:
            reports: of this unit of work.
            readings: what was read in those that are new.
            now: when they are asked about (aware).
        """
        round_ = _Round(endpoint=self.endpoint, now=now, until=time.monotonic() + self.unit_seconds)
        changed: dict[Key, Extracted] = dict(readings)
        opinions: dict[Key, tuple[Opinion, ...]] = {}
        for report in reports:
            key = (report.id, report.content_sha256)
            extracted = readings.get(key)
            if extracted is None or key in opinions or not any(map(is_borderline, extracted.claims)):
                continue
            changed[key], opinions[key] = round_.ask_about(report, extracted)
        if round_.unasked:
            logger.warning("second opinion: %d borderline claims were left unasked", round_.unasked)
        return changed, opinions


class _Round:
    """The questions of one unit of work."""

    def __init__(self, *, endpoint: Endpoint, now: datetime, until: float) -> None:
        self._endpoint, self._now, self._until = endpoint, now, until
        self._failures = 0
        self.unasked = 0

    def ask_about(self, report: Report, extracted: Extracted) -> tuple[Extracted, tuple[Opinion, ...]]:
        """Return what becomes of one report's claims, and the opinions on them."""
        claims: list[Claim] = []
        opinions: list[Opinion] = []
        for number, claim in enumerate(extracted.claims, start=1):
            ruled = claim
            if is_borderline(claim) and not self._may_ask():
                self.unasked += 1
            elif is_borderline(claim):
                opinion, ruled = self._ask(report, claim, str(number))
                opinions.append(opinion)
            claims.append(ruled)
        return replace(extracted, claims=tuple(claims)), tuple(opinions)

    def _may_ask(self) -> bool:
        return self._failures < MAX_FAILURES and time.monotonic() < self._until

    def _ask(self, report: Report, claim: Claim, number: str) -> tuple[Opinion, Claim]:
        asked = question(report, claim, self._endpoint.model)
        reply: Reply | None = None
        try:
            reply = self._endpoint.ask(asked.body)
            ruling = rule(claim, report.full_text, asked.shown, reply.answer)
            self._failures = 0
        except NoReplyError as error:
            self._failures += 1
            ruling = Ruling(claim=claim, outcome=OpinionOutcome.FAILED, reason=str(error))
        if ruling.outcome in (OpinionOutcome.FAILED, OpinionOutcome.DISCARDED):
            logger.warning("second opinion on report %s: %s", report.id, ruling.reason)
        return self._opinion(number, claim, asked, reply, ruling), ruling.claim

    def _opinion(self, number: str, claim: Claim, asked: Question, reply: Reply | None, ruling: Ruling) -> Opinion:
        return Opinion(
            claim_id=number,
            asked_at=self._now,
            endpoint=self._endpoint.address,
            model=self._endpoint.model,
            question_sha256=asked.sha256,
            outcome=ruling.outcome,
            reason=ruling.reason,
            answer=None if reply is None else reply.answer[:_KEPT_ANSWER],
            quotes=ruling.quotes,
            stance_before=claim.stance,
            stance_after=ruling.claim.stance,
            confidence_before=claim.confidence,
            confidence_after=ruling.claim.confidence,
            prompt_tokens=reply.prompt_tokens if reply else None,
            completion_tokens=reply.completion_tokens if reply else None,
        )
