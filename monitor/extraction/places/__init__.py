"""Where: the places that a text names, each resolved to one of the gazetteer, and who held them.

matching.py   which words can name what (stems and endings)
context.py    what stands beside a name: prepositions, "village of", titles, region words
choosing.py   whether a name means a place here, and which of several
finding.py    find_places: the whole of it; find_faint and find_headed: what may be
              meant where something was struck
holding.py    who held a place at a time
"""

from monitor.extraction.places.finding import PlaceMention, find_faint, find_headed, find_places
from monitor.extraction.places.holding import UNKNOWN_HOLDER, holder, occupied_by

__all__ = ["UNKNOWN_HOLDER", "PlaceMention", "find_faint", "find_headed", "find_places", "holder", "occupied_by"]
