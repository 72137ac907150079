"""`ceasefire ...`: the command line."""
