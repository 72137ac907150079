"""Settings come from the environment, a `.env` file and secrets; what is wrong is named with its place."""

from pathlib import Path

import pytest

from monitor.errors import ConfigurationError
from monitor.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _an_environment_without_our_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.upper().startswith("CEASEFIRE_"):
            monkeypatch.delenv(name)


def load(tmp_path: Path, env: str = "", secrets: dict[str, str] | None = None) -> Settings:
    file, folder = tmp_path / ".env", tmp_path / "secrets"
    file.write_text(env, encoding="utf-8")
    folder.mkdir()
    for name, value in (secrets or {}).items():
        (folder / name).write_text(value)
    return load_settings(file, folder)


def test_without_any_setting_the_database_is_sqlite_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, f"CEASEFIRE_DATA_DIR={tmp_path}/data\n")
    assert settings.store_url == f"sqlite:///{tmp_path}/data/monitor.db"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEASEFIRE_TICK_SECONDS", "7")
    assert load(tmp_path, "CEASEFIRE_TICK_SECONDS=9\n").tick_seconds == 7


def test_a_secret_is_read_from_a_file_and_never_shown(tmp_path: Path) -> None:
    settings = load(tmp_path, secrets={"ceasefire_smtp_password": "hunter2"})
    assert settings.smtp_password is not None
    assert settings.smtp_password.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("env", "line", "field", "words"),
    [
        ("# a comment\nCEASEFIRE_TICK_SECONDS=soon\n", 2, "CEASEFIRE_TICK_SECONDS", "integer"),
        ("CEASEFIRE_TICK_SECONDS=0\n", 1, "CEASEFIRE_TICK_SECONDS", "greater than or equal to 1"),
        ("\nCEASEFIRE_TICK_SECOND=5\n", 2, "CEASEFIRE_TICK_SECOND", "did you mean CEASEFIRE_TICK_SECONDS?"),
        ("CEASEFIRE_MAIL_FROM=desk\n", 1, "CEASEFIRE_MAIL_FROM", "mail addresses such as"),
        ("CEASEFIRE_SMTP_SECURITY=ssl\n", 1, "CEASEFIRE_SMTP_SECURITY", "starttls"),
        ("CEASEFIRE_WEBHOOK_URL=ftp://e.org\n", 1, "CEASEFIRE_WEBHOOK_URL", "http or https"),
        ("# a comment\nCEASEFIRE_WEBHOOK_URL https://e.org\n", 2, "CEASEFIRE_WEBHOOK_URL", "sets nothing"),
        ("hunter2\n", 1, "", "sets nothing"),
    ],
)
def test_a_wrong_value_is_named_with_file_line_and_field(
    tmp_path: Path, env: str, line: int, field: str, words: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, env)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.line, mistake.field) == (str(tmp_path / ".env"), line, field)
    assert words in mistake.message


def test_comments_blank_lines_exports_and_values_of_several_lines_are_no_mistakes(tmp_path: Path) -> None:
    env = '\n# words of no meaning\nexport CEASEFIRE_TICK_SECONDS=9\nOTHER="one\ntwo"\n'
    assert load(tmp_path, env).tick_seconds == 9


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, "CEASEFIRE_TICK_SECONDS=x\nCEASEFIRE_SMTP_PORT=0\nCEASEFIRE_COLOUR=red\n")
    fields = {mistake.field for mistake in caught.value.mistakes}
    assert fields == {"CEASEFIRE_TICK_SECONDS", "CEASEFIRE_SMTP_PORT", "CEASEFIRE_COLOUR"}


@pytest.mark.parametrize(
    ("env", "needs"),
    [
        ("CEASEFIRE_SMTP_HOST=mail.example\n", "CEASEFIRE_MAIL_FROM"),
        ("CEASEFIRE_WEBHOOK_URL=https://e.example/hook\n", "CEASEFIRE_WEBHOOK_SECRET"),
    ],
)
def test_settings_that_need_each_other_say_so(tmp_path: Path, env: str, needs: str) -> None:
    with pytest.raises(ConfigurationError, match=needs):
        load(tmp_path, env)


def test_a_mistake_never_shows_the_value_of_a_secret(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, "CEASEFIRE_DATABASE_URL=postgresql://u:hunter2@h/d\nCEASEFIRE_SMTP_PORT=hunter2\n")
    assert "hunter2" not in str(caught.value)
