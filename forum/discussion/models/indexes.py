"""The indexes and constraints of comments: one index for each order in which pages read them."""

from django.db import models
from django.db.models import Q

INDEXES = [
    models.Index(
        fields=["discussion", "created_at", "id"],
        condition=Q(parent__isnull=True, is_listed=True),
        name="comment_heads_by_time",
    ),
    models.Index(
        fields=["discussion", "rank", "id"],
        condition=Q(parent__isnull=True, is_listed=True),
        name="comment_heads_by_rank",
    ),
    models.Index(
        fields=["discussion", "latest_author_reply"],
        condition=Q(latest_author_reply__isnull=False),
        name="comment_heads_by_answer",
    ),
    models.Index(fields=["discussion", "id"], name="comment_latest"),  # as they came
    models.Index(fields=["discussion", "created_at", "id"], name="comment_by_time"),
    models.Index(
        fields=["root", "reply_number"],
        condition=Q(root__isnull=False),
        name="comment_thread",
    ),
    models.Index(
        fields=["parent", "sibling_number"],
        condition=Q(parent__isnull=False),
        name="comment_siblings",
    ),
    models.Index(
        fields=["passage", "created_at", "id"],
        condition=Q(passage__isnull=False),
        name="comment_by_passage_and_time",
    ),
    models.Index(fields=["kind", "id"], condition=Q(kind__isnull=False), name="comment_by_kind"),
    models.Index(
        fields=["kind", "id"],
        condition=Q(kind__isnull=False, resolved_at__isnull=True),
        name="comment_to_settle",
    ),
    models.Index(
        fields=["fingerprint", "-id"],
        condition=Q(fingerprint__isnull=False),
        name="comment_by_fingerprint",
    ),
    models.Index(fields=["author", "-created_at", "-id"], name="comment_by_author_and_time"),
    models.Index(fields=["status", "-id"], name="comment_by_status"),
    models.Index(fields=["status", "-created_at", "-id"], name="comment_by_status_and_time"),
]
CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["discussion", "author", "idempotency_key"],
        name="comment_key_once_per_author",
    ),
    models.UniqueConstraint(
        fields=["discussion", "idempotency_key"],
        condition=Q(author=None),
        name="comment_key_once_without_author",
    ),
    models.CheckConstraint(
        condition=Q(parent=None, root=None, depth=0)
        | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
        name="comment_place_in_its_thread",
    ),
    models.CheckConstraint(
        condition=Q(removal_reason="") | Q(status="removed"),
        name="comment_reason_only_when_removed",
    ),
]
