"""What people read: tables, HTML, CSV, JSON."""
