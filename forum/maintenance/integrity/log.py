"""The log is complete. No line of it is ever repaired, only the triggers that protect it."""

from collections.abc import Iterator

from forum.log import append_only, chain
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch


def find(keys: Range) -> Iterator[Mismatch]:
    lines = ModerationAction.objects.select_related("text").order_by("pk")
    before = lines.filter(pk__lt=keys[0]).last()
    for line in lines.filter(pk__range=keys):
        yield from _line(line, before)
        before = line


def find_guard(keys: Range) -> Iterator[Mismatch]:
    if missing := append_only.guard().missing():
        yield Mismatch(
            "log", "guard", f"without {', '.join(missing)}", "complete", append_only.install
        )


def _line(line: ModerationAction, before: ModerationAction | None) -> Iterator[Mismatch]:
    where = f"log line {line.pk}"
    if line.previous_id != (before and before.pk):
        yield Mismatch(where, "previous", line.previous_id, before and before.pk)
    seal = chain.seal(line, before.seal if before else "")
    if line.seal != seal:
        yield Mismatch(where, "seal", line.seal, seal)
    text = getattr(line, "text", None)  # it may have been erased
    if text and text.digest != line.text_digest:
        yield Mismatch(where, "text", text.digest, line.text_digest)
    for name in ("moderator", "person", "comment", "discussion"):
        found, key = getattr(line, f"{name}_id"), getattr(line, f"{name}_key")
        if found not in (None, key):
            yield Mismatch(where, name, found, key)
