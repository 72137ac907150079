"""Evidence for strangers: one violation with all that it rests on, in a file that verifies without this program.

retention.py how long documents are kept, and what stays of those removed
timestamps.py signatures of an authority under the head of the chain (network)
dossier.py   what goes into the file                    (reads store and archive)
verify.py    the script that is put into each dossier   (standard library only; knows nothing of the rest)
"""
