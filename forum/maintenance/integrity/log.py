"""That the log is whole. Nothing in it is ever mended; the guard that keeps it so is put on again."""

from collections.abc import Iterator

from forum.log import append_only, chain
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity.drift import Drift
from forum.maintenance.integrity.subject import Range


def look(keys: Range) -> Iterator[Drift]:
    lines = ModerationAction.objects.select_related("text").order_by("pk")
    before = lines.filter(pk__lt=keys[0]).last()
    for line in lines.filter(pk__range=keys):
        yield from _line(line, before)
        before = line


def look_at_guard(keys: Range) -> Iterator[Drift]:
    if missing := append_only.guard().missing():
        yield Drift(
            "log", "guard", f"without {', '.join(missing)}", "complete", append_only.install
        )


def _line(line: ModerationAction, before: ModerationAction | None) -> Iterator[Drift]:
    where = f"log line {line.pk}"
    if line.previous_id != (before and before.pk):
        yield Drift(where, "previous", line.previous_id, before and before.pk)
    seal = chain.seal(line, before.seal if before else "")
    if line.seal != seal:
        yield Drift(where, "seal", line.seal, seal)
    text = getattr(line, "text", None)  # it may have been erased
    if text and text.digest != line.text_digest:
        yield Drift(where, "text", text.digest, line.text_digest)
    for name in ("moderator", "person", "comment", "discussion"):
        found, key = getattr(line, f"{name}_id"), getattr(line, f"{name}_key")
        if found not in (None, key):
            yield Drift(where, name, found, key)
