import re
from collections.abc import Collection, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# One stylesheet and one script reach the browser; they are written as one file a subject.
BUNDLES = {
    "site.css": [
        "site/tokens",
        "site/base",
        "articles/articles",
        "forum/forum",
        "forum/discussion/passages",
        "site/print",
    ],
    # On every page but those that are read most: articles, home, topics.
    "accounts.css": ["accounts/accounts", "accounts/profile", "search/search"],
    "site.js": [
        "site/fragments",
        "forum/posting/composer",
        "forum/discussion/visits",
        "forum/discussion/discussion",
        "forum/discussion/folds",
        "search/copy",
        "forum/discussion/keys",
        "forum/votes/votes",
        "forum/discussion/live",
        "accounts/passwords",
    ],
    # Only where somebody waits for a code.
    "waiting.js": ["accounts/waiting"],
    "preferences.js": ["accounts/time_zone"],
    # Only where a passkey is used or added.
    "passkeys.js": [
        "mfa/js/webauthn-json",
        "mfa/js/webauthn",
        "account/js/onload",
        "accounts/passkeys",
    ],
    "notifications.css": ["forum/notifications/notifications"],
    "report.css": ["site/tabs", "forum/moderation/report"],
    # Only on the pages of moderators, in the place of the other script.
    "moderation.css": ["site/tabs", "forum/moderation/moderation"],
    "moderation.js": [
        "site/fragments",
        "forum/moderation/queue",
        "forum/moderation/decisions",
        "forum/moderation/queue_updates",
        "forum/moderation/queue_keys",
    ],
    # Only at the desk, in the place of the other script.
    "desk.css": ["accounts/accounts", "site/tabs", "desk/desk"],
    "desk.js": [
        "site/fragments",
        "desk/rows",
        "desk/words",
        "desk/outline",
        "desk/keys",
        "desk/drafts",
    ],
    # Comes when somebody writes, is signed in, or has drafts in this browser.
    "drafts.js": ["forum/posting/drafts"],
    # Comes when somebody begins to write or selects words.
    "writing.js": ["forum/discussion/mentions", "forum/posting/quotes"],
    # Comes with the first field that is written in, or with a quotation.
    "markdown.js": ["forum/posting/formatting", "forum/posting/excerpts"],
}


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Writes each bundle from its parts, then hashes and compresses everything."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            for name in BUNDLES:
                self.delete(name)
                self.save(name, ContentFile(bundle(name)))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def compress_files(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages link to: hashed names, and of the admin's libraries the minified
        ones. Browsers do not ask for the rest, and compressing it takes twice as long.
        """
        linked = {
            hashed
            for name, hashed in self.hashed_files.items()
            if re.sub(r"\.(\w+)$", r".min.\1", name) not in self.hashed_files
        }
        yield from super().compress_files(linked.intersection(names))


# Comments are for those who read the sources: a sixth of what a script weighs.
COMMENTS = {
    "js": re.compile(r"^ *//.*\n", re.MULTILINE),
    "css": re.compile(r"/\*.*?\*/\s*", re.DOTALL),
}
# allauth's scripts begin with a bracket, and end without a semicolon.
BETWEEN_PARTS = {"js": ";\n", "css": "\n"}


def bundle(name: str) -> str:
    """The bundle's parts, one after the other; a part that is missing is an error."""
    kind = name.rpartition(".")[2]
    parts = (_source(f"{part}.{kind}").read_text() for part in BUNDLES[name])
    return COMMENTS[kind].sub("", BETWEEN_PARTS[kind].join(parts))


def _source(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(
            f"BUNDLES names {name}, and there is no such file among the static files."
        )
    return Path(found)


def collect_changed() -> None:
    """Collects the static files where their sources are not the ones that were collected last."""
    stamp = Path(settings.STATIC_ROOT, ".sources")
    sources = _fingerprint()
    try:
        if not stamp.exists() or stamp.read_text() != sources:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(sources)
    except OSError as error:
        raise ImproperlyConfigured(f"The static files cannot be written: {error}.") from None


def _fingerprint() -> str:
    digest = blake2b(repr((BUNDLES, BETWEEN_PARTS)).encode())
    for finder in finders.get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(path.encode())
            digest.update(Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
