"""Reports about the Content-Security-Policy: counted,
bounded, and nothing kept about whoever sent them.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config import models
from config.models import PolicyViolation
from config.views.policy_reports import LARGEST, MOST, violations_in

ADDRESS = "/policy-reports/"
OLD = "application/csp-report"
NEW = "application/reports+json"


def old_report(blocked: Any = "inline", directive: Any = "script-src-elem") -> dict[str, Any]:
    private = {
        "document-uri": "https://example.org/drafts/1/?link=secret",
        "script-sample": "alert(1)",
    }
    return {"csp-report": {"effective-directive": directive, "blocked-uri": blocked, **private}}


def new_report(blocked: Any = "inline", directive: Any = "img-src") -> dict[str, Any]:
    body = {
        "effectiveDirective": directive,
        "blockedURL": blocked,
        "documentURL": "https://example.org/",
    }
    return {
        "type": "csp-violation",
        "age": 1,
        "url": "https://example.org/",
        "user_agent": "Browser",
        "body": body,
    }


def send(said: Any, content_type: str = OLD, **headers: Any) -> int:
    data = said if isinstance(said, bytes | str) else json.dumps(said)
    return (
        Client(enforce_csrf_checks=True)
        .post(ADDRESS, data, content_type=content_type, **headers)
        .status_code
    )


def counted() -> dict[tuple[str, str], int]:
    rows = PolicyViolation.objects.values_list("directive", "origin", "times")
    return {(directive, origin): times for directive, origin, times in rows}


@pytest.mark.django_db
def test_both_forms_are_counted_for_each_day() -> None:
    assert send(old_report()) == send(old_report()) == 204
    assert (
        send(
            [
                new_report(),
                {"type": "deprecation", "body": {}},
                new_report("https://Evil.example/x?y"),
            ],
            NEW,
        )
        == 204
    )
    assert counted() == {
        ("script-src-elem", "inline"): 2,
        ("img-src", "inline"): 1,
        ("img-src", "https://evil.example"): 1,
    }


@pytest.mark.parametrize(
    ("blocked", "kept"),
    [
        ("https://evil.example/path?email=ines@example.com#x", "https://evil.example"),
        ("https://ines:secret@evil.example:8443/", "https://evil.example:8443"),
        ("wss://evil.example/socket", "wss://evil.example"),
        ("data:text/html,ines@example.com", "data"),
        ("data", "data"),
        ("blob:https://example.org/1-2-3", "blob"),
        ("chrome-extension://abcdefgh/script.js", "chrome-extension"),
        ("mailto:ines@example.com", "other"),
        ("trusted-types-sink", "trusted-types-sink"),
        (f"https://{'a.' * 100}example/", "other"),
        ("<script>", "other"),
        ("", "other"),
        (None, "other"),
        (["https://evil.example"], "other"),
        ("https://evil\0.example/", "other"),
    ],
)
def test_no_more_than_an_origin_is_kept(blocked: Any, kept: str) -> None:
    assert [origin for _, origin in violations_in(json.dumps(old_report(blocked)).encode())] == [
        kept
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("img-src", "img-src"),
        ("script-src 'self' https://x", "script-src"),
        ("made-up", "other"),
        (7, "other"),
    ],
)
def test_a_directive_is_one_that_there_is(said: Any, kept: str) -> None:
    assert [name for name, _ in violations_in(json.dumps(old_report(directive=said)).encode())] == [
        kept
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "content_type", "status"),
    [
        (old_report(), "application/json", 415),
        ("csp-report=1", "application/x-www-form-urlencoded", 415),
        (old_report(), "text/plain", 415),
        ("{", OLD, 400),
        (b"\xff\xfe\xfa", OLD, 400),
        ("[" * LARGEST, OLD, 400),
        ("x" * (LARGEST + 1), OLD, 413),
        ("x" * (2 * 1024 * 1024), OLD, 413),
        ([], NEW, 204),
        ({"csp-report": 7}, OLD, 204),
        ([7, None, {"type": "csp-violation", "body": 7}], NEW, 204),
    ],
)
def test_what_is_no_report_is_not_counted(said: Any, content_type: str, status: int) -> None:
    assert send(said, content_type) == status
    assert counted() == {}


@pytest.mark.django_db
def test_a_network_reports_so_often_and_the_whole_world_too() -> None:
    assert [send(old_report()) for _ in range(21)] == [204] * 20 + [429]
    told = [send(old_report(), REMOTE_ADDR=f"198.51.100.{number}") for number in range(81)]
    assert told == [204] * 80 + [429]


@pytest.mark.django_db
def test_rows_are_bounded_in_a_request_and_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    send([new_report(f"https://a{number}.example") for number in range(MOST + 5)], NEW)
    assert len(counted()) == MOST
    monkeypatch.setattr(models, "ROWS_A_DAY", MOST)
    send([new_report(f"https://b{number}.example") for number in range(MOST)], NEW)
    assert len(counted()) == MOST + 1
    assert counted()["other", "other"] == MOST


@pytest.mark.django_db
def test_counts_are_kept_for_a_month() -> None:
    today = timezone.now().date()
    for days in (0, 30, 31):
        PolicyViolation.objects.create(
            day=today - timedelta(days=days), directive="img-src", origin="data"
        )
    PolicyViolation.objects.expire()
    assert PolicyViolation.objects.count() == 2


@pytest.mark.django_db
def test_pages_name_the_address_for_reports(client: Client) -> None:
    response = client.get("/help/")
    assert f"report-uri {ADDRESS}" in response["Content-Security-Policy"]
    assert "report-to policy" in response["Content-Security-Policy"]
    assert response["Reporting-Endpoints"] == f'policy="{ADDRESS}"'
