"""Which agreements and readings bind at a moment: `run`, `doctor` and `report` say it."""

from collections.abc import Sequence
from datetime import datetime

from monitor.model import words
from monitor.model.agreements import Agreement
from monitor.model.times import Containment, Window
from monitor.output.safe import terminal

NOTHING = "No agreement in force: reports are read and stored, nothing can be a violation."
HOW_TO_ADD = (
    "To add one, write rules/agreements/NAME.yaml in a folder of your own (rules/agreements/energy-pause-2025.yaml "
    "is a pattern), and name the folder in CEASEFIRE_RULES_DIR."
)


def in_force_text(agreements: Sequence[Agreement], now: datetime) -> str:
    """Return what binds at `now`, one line for each reading, or that nothing does and how to add an agreement."""
    lines = [
        f"  {terminal(agreement.title)}: {terminal(clause.title)}, as {terminal(reading.holder)} reads it"
        + ("" if containment is Containment.INSIDE else " (may be in force: its bounds are vague)")
        for agreement in agreements
        for clause, reading, containment in agreement.binding(now)
    ]
    if not lines:
        return f"{NOTHING}\n{HOW_TO_ADD}"
    return "\n".join([f"In force at {words.moment(now)}:", *lines])


def window_text(window: Window) -> str:
    """Return a window in words, with the vagueness of its bounds."""
    return f"from {words.bound(window.start)} until {words.bound(window.end)}"
