"""Every command says what it changes, because who runs the server may run them all."""

from django.core.management import get_commands

COMMANDS = {
    "changepassword": "a password",
    "check_integrity": "what has drifted; never the log",
    "createsuperuser": "a new administrator",
    "db_worker": "what waits as a task",
    "drill": "nothing",
    "generate_discussion": "comments that nobody wrote",
    "import_article": "an article with its discussion",
    "learn_spam": "what spam looks like",
    "load_sample": "the sample content",
    "makemessages": "the catalogues of languages, in the sources",
    "recover_account": "announces that an account is opened to somebody in two days",
    "remove_sample": "the sample content",
    "rerender_comments": "the HTML of comments, never their words",
    "render_comments": "nothing",
    "resend_email": "queues emails that were not accepted",
    "send_test_email": "nothing",
    "start": "a first administrator, where there is none",
    "stop_email": "to which addresses no notifications go",
    "test": "nothing",
}
OURS = {"accounts", "articles", "config", "forum", "transfer", "mail", "privacy"}


def test_every_command_has_a_row() -> None:
    assert {name for name, app in get_commands().items() if app in OURS} == COMMANDS.keys()
