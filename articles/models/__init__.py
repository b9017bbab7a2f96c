from articles.models.article import Article, ArticleQuerySet, FormerSlug
from articles.models.author import ArticleAuthor, byline_of, fill_bylines
from articles.models.fact import Fact
from articles.models.faq_entry import UNFOLDED_QUESTIONS, FAQEntry
from articles.models.passage import Passage
from articles.models.revision import ArticleRevision
from articles.models.topic import Topic, TopicQuerySet

__all__ = [
    "UNFOLDED_QUESTIONS",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "ArticleRevision",
    "FAQEntry",
    "Fact",
    "FormerSlug",
    "Passage",
    "Topic",
    "TopicQuerySet",
    "byline_of",
    "fill_bylines",
]
