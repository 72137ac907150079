"""An installation of the program in a folder of its own, run as a real subprocess; and agreements that bind today."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"


@dataclass
class Installation:
    """A data folder, a rules folder and settings; `run` calls the command line in a process of its own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CEASEFIRE_")}
        own = {"CEASEFIRE_DATA_DIR": str(self.folder / "data"), "PYTHONPATH": str(CHECKOUT), "HOME": str(self.folder)}
        return {**kept, **own, **self.settings}

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the command line and do not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "monitor", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, stdin: str = "", timeout: float = 100) -> "subprocess.CompletedProcess[str]":
        """Run the command line to its end."""
        return subprocess.run(
            [sys.executable, "-m", "monitor", *arguments],
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        """Run a command that prints JSON and return the value."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the user's rules folder, and have the program use the folder."""
        path = self.folder / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.settings["CEASEFIRE_RULES_DIR"] = str(self.folder / "own")
        return path

    def add_agreement_that_binds_now(self, now: datetime) -> None:
        """Put the energy pause in force around `now`: the shipped file with all bounds of its windows moved."""
        text = (CHECKOUT / "rules/agreements/energy-pause-2025.yaml").read_text(encoding="utf-8")
        text = text[: text.index("\nexamples:")] + "\n"
        first, last = now - timedelta(days=10), now + timedelta(days=10)
        moved = {"start": first, "end": last}
        for name, moment in moved.items():
            pattern = rf"(      {name}:\n        earliest: )\"[^\"]+\"(\n        latest: )\"[^\"]+\""
            stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
            text = re.sub(pattern, rf'\g<1>"{stamp}"\g<2>"{stamp}"', text)
        self.write("rules/agreements/energy-pause-2025.yaml", text)

    def add_feeds(self, urls: Mapping[str, str]) -> None:
        """Poll these addresses, by id, and no others."""
        lines = ["sources:"]
        for name in urls:
            lines.append(f"  - {{id: {name}, name: {name}, publisher_group: {name}, reliability: B}}")
        lines.append("feeds:")
        for name, url in urls.items():
            lines.append(f'  - {{id: {name}, source: {name}, url: "{url}", language: en, interval_seconds: 60}}')
        self.write("seeds/feeds.yaml", "\n".join(lines) + "\n")
        self.settings["CEASEFIRE_ALLOW_PRIVATE_ADDRESSES"] = "true"


def an_rss_feed(items: Sequence[tuple[str, str, datetime]]) -> str:
    """Return an RSS document of (guid, title, published)."""
    body = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>{published.strftime('%a, %d %b %Y %H:%M:%S +0000')}</pubDate></item>"
        for guid, title, published in items
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>t</title>{body}</channel></rss>"
