"""A manuscript with its discussion: its comments are posted where they are not there yet."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.names import clean_name, skeleton
from articles.manuscript import Manuscript, ManuscriptError, Remark
from articles.models import Article
from articles.publication import publish
from forum.models import Comment, Discussion
from forum.models.moderation import Reason

if TYPE_CHECKING:
    from accounts.models import User
