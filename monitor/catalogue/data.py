"""Where `rules/` and `seeds/` are: built in, with a folder of the user's laid over them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigurationError, Mistake, close_to

_PACKAGE = Path(__file__).resolve().parent.parent
#: The folders of a root.
ROOTS = ("rules", "seeds")


def built_in() -> Path:
    """Return the folder that holds the built-in rules/ and seeds/: inside an installed wheel, or the checkout."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


#: All that a file holds, comments aside, that takes a built-in one away.
_REMOVED = b"removed: true"
#: Such a file is no longer than this in bytes, comments and all: others need not be read for it.
_SHORT = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class DataRoots:
    """The folders that are looked through, the first that has a file wins."""

    folders: tuple[Path, ...]

    def file(self, name: str) -> Path:
        """Return the file of that name relative to a root, such as "seeds/feeds.yaml".

        Raises:
            ConfigurationError: no root has it.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        shown = " or ".join(map(str, self.folders))
        raise ConfigurationError(Mistake(file=name, line=None, field="", message=f"is not in {shown}"))

    def files(self, folder_name: str, pattern: str = "*.yaml") -> tuple[Path, ...]:
        """Return the files in a folder such as "rules/agreements", sorted by name.

        A file of the user's replaces the built-in one of the same name; one that says `removed: true`, and nothing
        else, takes it away. An empty file does not: it may be what is left of a save that failed.
        """
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            base = folder / folder_name
            for path in sorted(base.glob(pattern)) if base.is_dir() else ():
                found[path.relative_to(base).as_posix()] = path
        return tuple(found[name] for name in sorted(found) if not _is_removed(found[name]))


def _is_removed(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size > _SHORT:
        return False  # what is no file is told of where it is read
    lines = path.read_bytes().splitlines()
    told = [line.strip() for line in lines if line.strip() and not line.strip().startswith(b"#")]
    return told == [_REMOVED]


def data_roots(user_folder: Path | None = None) -> DataRoots:
    """Return the roots: the user's folder, if there is one, before the built-in data.

    Raises:
        ConfigurationError: the user's folder does not exist or holds neither rules/ nor seeds/; or a file in it would
            be passed over: its name has another ending, or it takes away what is not there.
    """
    if user_folder is None:
        return DataRoots(folders=(built_in(),))
    if not user_folder.is_dir():
        raise _wrong(user_folder, "is not a folder; CEASEFIRE_RULES_DIR names a folder with rules/ and seeds/ in it")
    if not _has_any(user_folder, ROOTS):
        raise _wrong(user_folder, "holds neither rules/ nor seeds/; lay it out like the built-in one")
    if unread := tuple(_unread(user_folder)):
        raise ConfigurationError(*unread)
    return DataRoots(folders=(user_folder, built_in()))


def _unread(user_folder: Path) -> Iterator[Mistake]:
    """Yield the files that would be passed over in silence, though somebody relies on them."""
    for path in sorted(one for name in ROOTS for one in (user_folder / name).rglob("*") if one.is_file()):
        name = path.relative_to(user_folder)
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            message = f"would not be read; name it {path.with_suffix('.yaml').name}"
            yield Mistake(file=str(path), line=None, field="", message=message)
        elif path.suffix == ".yaml" and _is_removed(path) and not (built_in() / name).is_file():
            there = sorted(one.name for one in (built_in() / name).parent.glob("*.yaml"))
            message = f"takes nothing away: there is no built-in {name.as_posix()}{close_to(name.name, there)}"
            yield Mistake(file=str(path), line=None, field="", message=message)


def sample_rounds(roots: DataRoots) -> tuple[tuple[Path, ...], ...]:
    """Return the sample reports' feed files, in rounds of polling: what was up first, then what was changed later."""
    base = roots.file("seeds/sample/sources.yaml").parent
    later = sorted(folder for folder in base.iterdir() if folder.is_dir())
    return tuple(tuple(sorted(folder.glob("*.xml"))) for folder in (base, *later))


def _has_any(folder: Path, names: Iterable[str]) -> bool:
    return any((folder / name).is_dir() for name in names)


def _wrong(folder: Path, message: str) -> ConfigurationError:
    return ConfigurationError(Mistake(file=str(folder), line=None, field="", message=message))
