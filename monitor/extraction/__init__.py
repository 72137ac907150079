"""Report -> claims and tallies. Pure: no file, network, store or clock."""
