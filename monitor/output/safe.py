"""Text from feeds, made safe for where it is shown. HTML is escaped by the templates."""

from monitor.model.text import encodable, one_line, web_link

#: A cell that begins with one of these is a formula to a spreadsheet (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Longer cells are cut by common spreadsheets without a word; here it shows.
CELL_LIMIT = 32_767


def terminal(text: str, limit: int | None = None) -> str:
    """Return one line without escape sequences, control and bidirectional characters."""
    return one_line(text, limit)


def csv_cell(value: str | float | None) -> str:
    """Return a cell that no spreadsheet takes for a formula; a number stays a number, None an empty cell."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    dangerous = value.startswith(_FORMULA_STARTS) or value.lstrip().startswith(_FORMULA_STARTS)
    cleaned = one_line(value, CELL_LIMIT - 1)
    return f"'{cleaned}" if dangerous or cleaned.startswith(_FORMULA_STARTS) else cleaned


__all__ = ["csv_cell", "encodable", "terminal", "web_link"]
