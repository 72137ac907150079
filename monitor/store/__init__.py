"""Tables, queries, migrations and the evidence archive: the only SQL.

store = Store.open("sqlite:////var/lib/ceasefire/monitor.db", Path("/var/lib/ceasefire/evidence"))
with store.transaction() as tx:
    tx.add_reports(reports)
with store.query() as query:
    query.violations(as_of=noon)
"""

from monitor.store.archive import Archive
from monitor.store.proving import Proof
from monitor.store.reading import OpinionCosts, PastRating, Query, ReportsSeen
from monitor.store.store import Store
from monitor.store.writing import Transaction

__all__ = ["Archive", "OpinionCosts", "PastRating", "Proof", "Query", "ReportsSeen", "Store", "Transaction"]
