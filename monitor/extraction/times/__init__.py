"""When: the times that a text names, as intervals in UTC.

words.py      months, weekdays, parts of the day, in three languages
scanning.py   the pieces of a time in a text: a date, a weekday, a clock time, "overnight", "ago" ...
resolving.py  what pieces that stand together mean, seen from the publication time and the outlet's clock
finding.py    find_times and default_time
"""

from monitor.extraction.times.finding import TimeKind, TimeMention, default_time, find_times

__all__ = ["TimeKind", "TimeMention", "default_time", "find_times"]
