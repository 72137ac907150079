"""docker-compose.yml and the Dockerfile, as far as they can be checked without a Docker engine.

The commands of the services are run elsewhere: the daemon, its health check and its stop over a real PostgreSQL server
in tests/test_worker.py.
"""

import re
import subprocess
import sys
from typing import Any

import pytest
from ruamel.yaml import YAML

from monitor.settings import PREFIX, Settings
from monitor.worker import STOP_SECONDS
from tests.commands import CommandLine, ceasefire
from tests.databases import fresh_database
from tests.installation import CHECKOUT

__all__ = ["ceasefire"]

COMPOSE: dict[str, Any] = YAML(typ="safe").load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")
MONITOR = COMPOSE["services"]["monitor"]


def test_the_file_fits_the_compose_schema() -> None:
    """The schema travels with check-jsonschema, so that no network is needed."""
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_that_the_file_names_exists() -> None:
    names = {name.removeprefix(PREFIX).lower() for name in MONITOR["environment"]}
    assert names <= Settings.model_fields.keys()


def test_the_services_run_commands_that_the_program_has(ceasefire: CommandLine) -> None:
    assert re.search(r'^ENTRYPOINT \["ceasefire"\]$', DOCKERFILE, re.MULTILINE)
    _, program, *health = MONITOR["healthcheck"]["test"]
    assert program == "ceasefire"
    for command in (MONITOR["command"], health):
        assert ceasefire(*command, "--help").status == 0


def test_a_stop_has_ended_before_docker_kills() -> None:
    assert int(MONITOR["stop_grace_period"].removesuffix("s")) > STOP_SECONDS


def test_the_image_copies_everything_that_the_build_needs() -> None:
    build = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "monitor", "rules", "seeds"):
        assert (CHECKOUT / name).exists()
        assert re.search(rf"^COPY .*\b{re.escape(name)}\b", DOCKERFILE, re.MULTILINE), name
        assert name in build or name == "pyproject.toml"


@pytest.mark.parametrize("scheme", ["postgresql"])
def test_the_health_check_fails_before_the_daemon_has_run(ceasefire: CommandLine, scheme: str) -> None:
    with fresh_database(scheme, ceasefire.folder) as url:
        ceasefire.set(database_url=url)
        assert ceasefire(*MONITOR["healthcheck"]["test"][2:]).status == 1
        assert not (ceasefire.folder / "data/monitor.db").exists()
