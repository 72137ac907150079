"""What the feeds publish, fetched politely and turned into reports."""
