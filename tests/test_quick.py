"""The choice of tests by `manage.py test --quick`."""

import pytest

from tests import quick


@pytest.fixture(autouse=True)
def repository(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    answers: dict[str, list[str]] = {"merge-base": ["abc"], "diff": [], "ls-files": []}
    monkeypatch.setattr(quick, "_git", lambda verb, *_: list(answers[verb]))
    return answers


def test_a_changed_test_comes_before_those_of_the_package(
    repository: dict[str, list[str]],
) -> None:
    repository["diff"] = ["forum/votes/ranking.py", "tests/forum/flags/test_flag.py"]
    files = quick.chosen()
    assert files[0] == "tests/forum/flags/test_flag.py"
    importing, beside = "tests/forum/votes/test_ranking.py", "tests/forum/votes"
    assert files.index(importing) < files.index(beside)
    assert "tests/test_architecture.py" in files


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("templates/forum/moderation/log.html", "tests/forum/moderation"),
        ("forum/posting/views/draft.py", "tests/forum/posting"),
        ("accounts/views/login.py", "tests/accounts"),
        ("tests/mail/__init__.py", "tests/mail"),
    ],
)
def test_a_file_brings_the_tests_of_its_package(
    name: str, folder: str, repository: dict[str, list[str]]
) -> None:
    repository["ls-files"] = [name]
    assert folder in quick.chosen()


def test_a_file_that_is_gone_is_left_out(repository: dict[str, list[str]]) -> None:
    repository["diff"] = ["tests/forum/test_gone.py"]
    assert not any("gone" in name for name in quick.chosen())
