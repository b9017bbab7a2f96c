"""Post the draft for whose sake somebody signed in, when they have taken every step."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from accounts.after_sign_in import Wanted
from accounts.models import User
from forum.discussion.draft_cookie import holder_of, token_in
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.people.network import network_digest
from forum.posting.drafts import post_draft as post
from forum.posting.forms import CommentForm
from forum.posting.refusals import Refusal
from forum.posting.views.composer import refused
from forum.posting.views.posted import published


def posting_of(draft: Draft) -> Wanted:
    """Return what whoever proves the draft's address wants: this text posted, and no other."""
    return Wanted(draft.get_absolute_url(), act={"content": _digest(draft)})


def post_draft(request: HttpRequest, about: dict[str, str], pk: UUID) -> HttpResponse | None:
    """Post the draft. Return None where its writer has to look at it first: it was
    written in another browser, or changed since its address was proven.
    """
    person: Any = request.user
    drafts = Draft.objects.select_related("article", "parent__author", "comment", "passage")
    draft = drafts.alive().filter(pk=pk, comment=None).first()
    if draft is None or not _is_meant(request, draft, about.get("content")):
        return None
    return post_as(request, draft, person)


def post_as(request: HttpRequest, draft: Draft, person: User) -> HttpResponse:
    try:
        comment = post(draft, by=person, network=network_digest(request))
    except Refusal as refusal:
        Draft.objects.filter(pk=draft.pk).update(person=person)
        return refused(request, form_of(request, draft), refusal)
    return published(request, comment)


def form_of(request: HttpRequest, draft: Draft) -> CommentForm:
    parent = None if draft.answers_somebody_gone else draft.parent_id
    fields = {"body": draft.body, "parent": parent, "key": draft.key, "kind": draft.kind}
    if not request.user.is_authenticated:
        fields["email"] = draft.email
    if draft.passage:
        fields |= {
            "passage": draft.passage.anchor,
            "passage_edition": draft.passage_edition,
            "passage_words": draft.passage_words,
        }
    discussion = Discussion.objects.of(draft.article)
    return CommentForm(
        initial=fields, discussion=discussion, person=request.user, about=draft.passage
    )


def _is_meant(request: HttpRequest, draft: Draft, content: str | None) -> bool:
    if content is not None:
        return constant_time_compare(content, _digest(draft))
    return draft.is_written_by(holder=holder_of(token_in(request)), person=request.user)


def _digest(draft: Draft) -> str:
    return sha256(draft.content.encode()).hexdigest()
