"""The nouns: frozen, keyword-only values and enums; imports nothing of ours.

Feed -> Document -> Report -> Claim -> Incident -> Assessment -> Violation -> Notice

    times.py        instants, intervals, windows
    reports.py      sources, feeds, documents, reports
    claims.py       what a report asserts
    agreements.py   what parties accepted, and how each reads it
    geography.py    places, facilities, and who holds which ground
    judgements.py   incidents, assessments, violations, notices
"""
