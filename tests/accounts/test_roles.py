"""The table of roles: who may do what, to whom and to what."""

import pytest

from accounts.roles import TABLE, WHOLE_SITE, Actor, Refused, Subject, refusal

TIDES, WIND = 1, 2
ME, SOMEBODY = 7, 8
NOBODY = Actor()
READER = Actor(ME)
OF_TOPIC = Actor(ME, topics=frozenset({TIDES}))
OF_SITE = Actor(ME, topics=WHOLE_SITE)
ADMINISTRATOR = Actor(ME, is_administrator=True, topics=WHOLE_SITE)


def staff(*permissions: str) -> Actor:
    return Actor(ME, permissions=permissions)


def subject(person: int = SOMEBODY, *, topic: int = TIDES, rights: bool = False) -> Subject:
    return Subject(person, rights, topic)


COMMENTS = [
    "hold",
    "approve",
    "remove",
    "erase",
    "edit",
    "restore",
    "pin",
    "unpin",
    "pick",
    "unpick",
    "split",
    "join",
]
PEOPLE = ["warn_person", "silence", "suspend", "ban", "lift"]
EVERYBODY = [READER, OF_TOPIC, OF_SITE, ADMINISTRATOR]


@pytest.mark.parametrize("act", TABLE)
def test_nobody_signed_out_may_do_anything(act: str) -> None:
    assert refusal(act, NOBODY, subject()) is Refused.SIGNED_OUT


@pytest.mark.parametrize("act", TABLE)
def test_a_reader_may_do_none_of_it(act: str) -> None:
    assert refusal(act, READER, subject()) is Refused.NOT_THEIRS


@pytest.mark.parametrize(
    "act", [*COMMENTS, *PEOPLE, "warn", "withdraw_warning", "uphold", "reject"]
)
@pytest.mark.parametrize("actor", EVERYBODY)
def test_nobody_decides_about_themselves(act: str, actor: Actor) -> None:
    assert refusal(act, actor, subject(ME)) is Refused.ABOUT_ONESELF


@pytest.mark.parametrize("act", COMMENTS)
@pytest.mark.parametrize(
    ("actor", "topic", "may"),
    [
        (OF_TOPIC, TIDES, True),
        (OF_TOPIC, WIND, False),
        (OF_SITE, WIND, True),
        (ADMINISTRATOR, WIND, True),
        (staff("forum.change_comment"), WIND, True),
        (staff("forum.add_sanction"), TIDES, False),
    ],
)
def test_a_comment_is_decided_about_by_those_who_moderate_its_topic(
    act: str, actor: Actor, topic: int, may: bool
) -> None:
    assert (refusal(act, actor, subject(topic=topic)) is None) is may


@pytest.mark.parametrize("act", PEOPLE)
@pytest.mark.parametrize(
    ("actor", "rights", "may"),
    [
        (OF_TOPIC, False, False),
        (OF_SITE, False, True),
        (OF_SITE, True, False),
        (staff("forum.add_sanction"), False, True),
        (staff("forum.add_sanction"), True, False),
        (ADMINISTRATOR, True, True),
    ],
)
def test_a_person_is_decided_about_by_those_who_moderate_the_site(
    act: str, actor: Actor, rights: bool, may: bool
) -> None:
    assert (refusal(act, actor, subject(rights=rights)) is None) is may


@pytest.mark.parametrize("act", [*COMMENTS, *PEOPLE, "close", "slow", "uphold"])
@pytest.mark.parametrize("topics", [frozenset({TIDES}), WHOLE_SITE])
def test_nobody_moderates_while_they_may_not_write(act: str, topics: frozenset[int] | None) -> None:
    for administrator in (False, True):
        actor = Actor(ME, administrator, is_sanctioned=True, topics=topics)
        assert refusal(act, actor, subject()) is Refused.SANCTIONED


@pytest.mark.parametrize("act", ["change_person", "delete_person"])
@pytest.mark.parametrize(
    ("person", "rights", "refused"),
    [
        (SOMEBODY, False, None),
        (SOMEBODY, True, Refused.ABOUT_SOMEBODY_WITH_RIGHTS),
        (ME, True, None),
    ],
)
def test_the_permission_to_change_people_ends_at_those_with_rights(
    act: str, person: int, rights: bool, refused: Refused | None
) -> None:
    actor = staff("accounts.change_user", "accounts.delete_user")
    assert refusal(act, actor, subject(person, rights=rights)) is refused
    assert refusal(act, ADMINISTRATOR, subject(person, rights=rights)) is None


@pytest.mark.parametrize("act", ["give_rights", "name_moderator", "remove_sample"])
def test_only_administrators_give_rights(act: str) -> None:
    every = staff(
        "accounts.change_user", "auth.change_group", "forum.add_moderator", "forum.change_comment"
    )
    for actor in (every, OF_SITE, OF_TOPIC):
        for person in (ME, SOMEBODY):
            assert refusal(act, actor, subject(person)) is Refused.NOT_THEIRS
    assert refusal(act, ADMINISTRATOR, subject(ME)) is None
