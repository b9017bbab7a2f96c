import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import email_field
from articles.models import Passage
from database.prepared import PreparedQuery, param
from forum.discussion.models.about import fields_about
from forum.discussion.models.comment import COMMENT_MAX_LENGTH, Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.rendering.body import shows
from forum.screening.spam.opening import new_key


class WordsField(forms.CharField):
    """The text of a comment. A text that is too long is refused with the number of characters to
    remove, not cut.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Post your comment"), **kwargs})
        self.error_messages["required"] = _("Your comment is empty. Write something first.")

    def clean(self, value: Any) -> str:
        # A browser sends each line break as two characters; the reader counts one.
        text = str(super().clean(value)).replace("\r\n", "\n")
        excess = len(text) - COMMENT_MAX_LENGTH
        if excess > 0:
            raise ValidationError(
                ngettext(
                    (
                        "Your comment is %(excess)d character too long. Shorten it: the limit is "
                        "%(limit)d."
                    ),
                    (
                        "Your comment is %(excess)d characters too long. Shorten it: the limit "
                        "is %(limit)d."
                    ),
                    excess,
                ),
                params={"excess": excess, "limit": COMMENT_MAX_LENGTH},
            )
        if text and not shows(text):
            raise ValidationError(self.error_messages["required"], "required")
        return text


class CommentForm(forms.Form):
    limit = COMMENT_MAX_LENGTH
    body = WordsField()
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The newest comment on the page where the writing began. A wrong value is ignored.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[
            ("", _("Comment")),
            ("question", _("Question")),
            ("correction", _("Correction")),
        ],
    )
    # The anchor of the passage it is about, the edition that was read, and the selected words.
    passage = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    passage_edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    passage_words = forms.CharField(required=False, widget=forms.HiddenInput)
    # A trap for programs: people do not see it.
    subject = forms.CharField(required=False)
    email = email_field()

    def __init__(
        self,
        *args: Any,
        discussion: Discussion,
        person: Any,
        about: Passage | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.discussion = discussion
        self.about = about
        if person.is_authenticated:
            del self.fields["email"]
        else:
            self.fields["email"].required = False  # they may sign in otherwise
            self.fields["email"].help_text = _(
                "We’ll email you a code to confirm it’s you. Your email is never shown."
            )

    @classmethod
    def blank(
        cls,
        *,
        discussion: Discussion,
        person: Any,
        parent: Comment | None = None,
        about: Passage | None = None,
        selected: str = "",
    ) -> "CommentForm":
        """Return an empty form. A signed-out reader's form has no key, because all readers share
        the page.
        """
        key = new_key() if person.is_authenticated else ""
        initial = {"parent": parent and parent.pk, "seen": discussion.newest or 0, "key": key}
        if about:
            initial |= {"passage": about.anchor, "passage_edition": about.edition}
            selected = " ".join(selected.split())
            initial["passage_words"] = selected if selected in about.words else ""
        return cls(discussion=discussion, person=person, about=about, initial=initial)

    def clean_subject(self) -> str:
        if self.cleaned_data["subject"]:
            self._change_data(subject="")
            self.add_error(
                "body",
                _(
                    "Your comment looks like an automated post, because a hidden field was "
                    "filled in. Post it again."
                ),
            )
        return ""

    def clean_parent(self) -> Comment | None:
        number = self.cleaned_data["parent"]
        if number is None:
            return None
        parent: Comment | None = None
        if self.discussion.pk and 0 < number <= models.BigIntegerField.MAX_BIGINT:
            parent = next(iter(PUBLISHED.objects(self.discussion.pk, number)), None)
        if parent is None:
            self._change_data(parent="")  # the form that is shown next replies to nobody
            raise ValidationError(
                _(
                    "Your comment is saved. The comment you are replying to is gone: post yours "
                    "as a new comment."
                )
            )
        return parent

    def clean_passage(self) -> Passage | None:
        """Return the passage that a comment is about. A reply is about its parent instead."""
        anchor = self.cleaned_data["passage"]
        if not anchor or self.cleaned_data.get("parent"):
            return None
        self.about = self.discussion.article.passages.filter(anchor=anchor).first()
        if self.about is None:
            self._change_data(passage="")
            raise ValidationError(
                _(
                    "Your comment is saved. The article has no such passage: post it as a "
                    "comment on the whole article."
                )
            )
        return self.about

    def clean_passage_edition(self) -> int | None:
        """Refuse a comment about a passage that was changed meanwhile: the comment shows what its
        writer read.
        """
        edition: int | None = self.cleaned_data["passage_edition"]
        is_present = self.about is None or edition in (None, self.about.edition)
        if self.about and not is_present and not self._has_selected_words():
            self._change_data(passage_edition=self.about.edition)
            raise ValidationError(
                _(
                    "Your comment is saved. The passage changed while you were writing:"
                    " read it again, then post if your comment still fits."
                )
            )
        return edition

    def _has_selected_words(self) -> bool:
        selected = " ".join((self.data.get("passage_words") or "").split())
        return self.about is not None and selected != "" and selected in self.about.words

    def _change_data(self, **changes: Any) -> None:
        self.data = {**{name: self.data.get(name) for name in self.data}, **changes}

    def clean(self) -> dict[str, Any]:
        """Add a key if there is none: a random one, or for unknown people one made from the
        text.
        """
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("key") and "body" in cleaned:
            cleaned["key"] = str(self._key(cleaned["body"], cleaned.get("parent")))
        return cleaned

    def _key(self, body: str, parent: Comment | None) -> uuid.UUID:
        if "email" not in self.fields:
            return uuid.uuid4()
        about = f"#{self.about.anchor} " if self.about else ""
        return uuid.uuid5(
            uuid.NAMESPACE_OID, f"{self.discussion.article_id} {parent} {about}{body}"
        )

    def comment_fields(self) -> dict[str, Any]:
        fields = self.cleaned_data
        is_reply = fields["parent"] is not None
        return {
            "body": fields["body"],
            "parent": fields["parent"],
            "key": fields["key"],
            "kind": None if is_reply else fields["kind"] or None,
            **fields_about(fields["passage"], selected=fields["passage_words"]),
        }


# The view has checked that readers see the article.
PUBLISHED = PreparedQuery(
    lambda: (
        Comment.objects.filter(discussion=param(1), pk=param(2), status=Comment.Status.PUBLISHED)
        .select_related("root")
        .order_by()
    )
)


class EditForm(forms.Form):
    body = WordsField(label=_("Your comment"))
    # The version that was changed here.
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, comment: Comment) -> None:
        super().__init__(data, initial={"body": comment.body, "edition": comment.version})
        self.comment = comment
        draft = {
            "data-draft": "",
            "data-draft-page": comment.discussion.article.get_absolute_url(),
            "data-draft-line": _("Continue editing your comment: “%s”"),
        }
        self.fields["body"].widget.attrs |= (
            draft if self.is_bound else draft | {"data-draft-given": "source"}
        )

    @property
    def began_from_what_is_there(self) -> bool:
        return self.cleaned_data["edition"] in {None, self.comment.version}

    def begun_anew(self) -> "EditForm":
        """Return a form with the same text for the present version."""
        return EditForm(
            {"body": self["body"].value(), "edition": self.comment.version}, comment=self.comment
        )


class CodeForm(forms.Form):
    """The last step of somebody who wrote first and signs in now."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code",
                "autofocus": True,
            }
        ),
    )
    username = forms.CharField(
        label=_("Display name"),
        required=False,
        max_length=80,
        help_text=_("Only for your first comment. 2 to 40 characters."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    mine = forms.BooleanField(
        label=_("I wrote this comment"),
        error_messages={
            "required": _("Tick this if you wrote the comment. If you did not, delete it.")
        },
    )

    def __init__(self, *args: Any, planted: bool, **kwargs: Any) -> None:
        """Ask with `planted` whether the draft is theirs: it came from a browser that may be
        somebody else's.
        """
        super().__init__(*args, **kwargs)
        if not planted:
            del self.fields["mine"]


class AddressForm(forms.Form):
    email = email_field()
