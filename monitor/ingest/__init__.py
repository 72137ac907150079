"""The network and files -> reports. The only room that fetches and parses what outlets publish.

fetch.py      one conditional GET within limits                     (I/O)
poll.py       one feed, and all due feeds, end to end                (I/O)
files.py      reports from files, for `ceasefire replay`             (I/O)
schedule.py   when a feed is due next                                (pure)
inflate.py    decompression with a cap                               (pure)
decoding.py   bytes -> text, whatever encoding was declared          (pure)
markup.py     HTML -> plain text                                     (pure)
parse.py      a body -> a feed and its entries                       (pure)
reports.py    entries -> reports, with identity.py and language.py   (pure)
"""
