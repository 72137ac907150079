import asyncio
import json
import stat
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.alerts.files import FileSender, append_line, mail_name
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, MailServer, WebhookReceiver
from monitor.alerts.senders import senders_for
from monitor.errors import DeliveryError
from monitor.model.judgements import ChangeKind, Notice
from tests.builders import NOON
from tests.judgement_builders import a_change


def a_notice(kind: ChangeKind = ChangeKind.NEW) -> Notice:
    audience = Audience(file_sink=FileReceiver(path=Path("unused")))
    (notice,) = notices_for([a_change(kind)], audience, heard=Heard(), now=NOON, backlog=True)
    return notice


def write(path: Path, *notices: Notice) -> None:
    async def all_of_them() -> None:
        for notice in notices:
            await FileSender(FileReceiver(path=path)).send(notice, NOON)

    asyncio.run(all_of_them())


def test_each_alert_is_one_json_line_and_one_mail_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alerts" / "alerts.jsonl"
    notices = (a_notice(), a_notice(ChangeKind.WITHDRAWN))
    write(path, *notices)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["id"] for line in lines] == [notice.id for notice in notices]
    mails = [message_from_bytes(mail.read_bytes(), policy=policy.SMTP) for mail in path.parent.glob("*.eml")]
    assert {mail["Subject"].split(":")[0] for mail in mails} == {"[Ceasefire] New", "[Ceasefire] Withdrawn"}


def test_an_alert_written_again_after_a_kill_has_the_same_id_and_the_same_mail(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    write(path, a_notice(), a_notice())
    assert len({json.loads(line)["id"] for line in path.read_text().splitlines()}) == 1
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_what_a_killed_process_left_half_written_does_not_spoil_the_next_line(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(b'{"whole":1}\n{"torn":')
    append_line(path, '{"next":2}')
    assert path.read_text().splitlines() == ['{"whole":1}', '{"torn":', '{"next":2}']


def test_the_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    append_line(tmp_path / "alerts.jsonl", "{}")
    assert stat.S_IMODE((tmp_path / "alerts.jsonl").stat().st_mode) & 0o077 == 0


def test_a_place_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot write alerts") as caught:
        write(tmp_path / "file" / "alerts.jsonl", a_notice())
    assert caught.value.retryable


def test_the_name_of_a_mail_cannot_leave_its_folder() -> None:
    assert "/" not in mail_name(replace(a_notice(), id="../../etc/passwd"))


def test_there_is_a_sender_for_every_channel_that_notices_are_queued_for(tmp_path: Path) -> None:
    mail = EmailReceiver(
        server=MailServer(host="mail.example", port=25, security="none", sender="a@example.org"),
        recipients=("b@example.org",),
    )
    hook = WebhookReceiver(
        url=SecretStr("https://hooks.example/"), secrets=(SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),)
    )
    audience = Audience(receivers=(mail, hook), file_sink=FileReceiver(path=tmp_path / "alerts.jsonl"))
    queued = {*audience.channels(backlog=False), *audience.channels(backlog=True)}
    assert queued == set(senders_for(audience))
