"""The templates of mails: shipped ones, with a folder of the user's laid over them.

A user's template runs in a sandbox, and one that fails never costs an alert: the shipped one is taken in its place.
"""

import logging
import textwrap
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.alerts.locale import PLAIN, Locale
from monitor.errors import ConfigurationError, Mistake
from monitor.model.text import one_line, web_link

logger = logging.getLogger("ceasefire.alerts")

#: What a user may lay over.
TEXT, HTML = "alert.txt.j2", "alert.html.j2"


class Templates:
    """Renders alerts.

    Args:
        folder: of the user's templates, of which any of the names may be missing; None for the shipped ones alone.
        locale: for whom. Templates have its messages as `_` and its language as `language`.

    Raises:
        ConfigurationError: the folder holds no template of a name that is used, or one that cannot be understood.
    """

    def __init__(self, folder: Path | None = None, locale: Locale = PLAIN) -> None:
        shipped = PackageLoader("monitor.alerts")
        self._language = locale.language.value
        self._shipped = _environment(Environment, shipped, locale)
        self._own: Environment | None = None
        if folder is not None:
            _check(folder)
            loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder), shipped])
            self._own = _environment(ImmutableSandboxedEnvironment, loader, locale)
            for name in (TEXT, HTML):
                _compile(self._own, name, folder)

    def render(self, name: str, document: dict[str, Any]) -> str:
        """Return the text of an alert; `document` is its body after docs/webhook.md, in the right language."""
        values = {"alert": document, "data": document["data"], "language": self._language}
        if self._own is not None:
            try:
                return self._own.get_template(name).render(values)
            except Exception as error:  # noqa: BLE001 - whatever a user's template does, the alert goes out
                why = one_line(f"{type(error).__name__}: {error}", 200)
                logger.warning("your template %s failed, the shipped one is taken: %s", name, why)
        return self._shipped.get_template(name).render(values)


@lru_cache(maxsize=32)
def templates_in(folder: Path | None, locale: Locale = PLAIN) -> Templates:
    """Return the templates of a folder for one language, looked up once."""
    return Templates(folder, locale)


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise _wrong(folder, None, "is no folder")
    if not any((folder / name).is_file() for name in (TEXT, HTML)):
        raise _wrong(folder, None, f"holds neither {TEXT} nor {HTML}")


def _compile(environment: Environment, name: str, folder: Path) -> None:
    try:
        environment.get_template(name)
    except TemplateSyntaxError as error:
        raise _wrong(folder / name, error.lineno, one_line(str(error.message), 200)) from None
    except (TemplateError, UnicodeDecodeError) as error:
        raise _wrong(folder / name, None, one_line(str(error), 200)) from None


def _wrong(path: Path, line: int | None, message: str) -> ConfigurationError:
    return ConfigurationError(Mistake(file=str(path), line=line, field="", message=message))


def _environment(kind: type[Environment], loader: BaseLoader, locale: Locale) -> Environment:
    environment = kind(
        loader=loader,
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method.
    environment.install_gettext_translations(locale.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["wrapped"] = _wrapped
    environment.filters["web_link"] = web_link
    environment.filters["label"] = _label
    environment.filters["verdict"] = partial(verdict, locale=locale)
    environment.filters["published"] = partial(published, locale=locale)
    return environment


def _wrapped(text: str, indent: int = 0, width: int = 76) -> str:
    """Return a paragraph in lines of at most `width` columns; a long word, such as an address, stays whole."""
    pad = " " * indent
    return textwrap.fill(
        text, width, initial_indent=pad, subsequent_indent=pad, break_long_words=False, break_on_hyphens=False
    )


def _label(name: str, width: int = 13) -> str:
    """Return a name with a colon, as wide as the others where it is no longer than they."""
    return f"{name}:".ljust(width - 1) + " "


def verdict(reading: dict[str, Any], locale: Locale) -> str:
    """Return what a reading makes of it. A body queued by an older program does not say whether it still stands."""
    made = locale.text(str(reading["verdict"]))
    return made if reading.get("active", True) else locale.text("retired, was %(verdict)s", verdict=made)


def published(piece: dict[str, Any], locale: Locale) -> str:
    """Return when a piece of evidence was published, and how sure that is."""
    if not piece["published"]:
        return locale.text("publication time not stated")
    said = locale.text("published %(time)s", time=piece["published"])
    zone = piece.get("published_zone")
    return f"{said} ({locale.text('unsure: time zone not stated, taken as %(zone)s', zone=zone)})" if zone else said
