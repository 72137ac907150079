"""Report -> claims. Pure: no file, no network, no clock, no store.

`Reader(knowledge).read(report)` returns the claims and tallies of a report; `explain` says why.
"""

from monitor.extraction.reader import Explanation, Reader

__all__ = ["Explanation", "Reader"]
