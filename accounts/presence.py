"""Purge pages when a person is renamed, deactivated, reactivated or deleted."""

from pagecache import versions


def presence_changed() -> None:
    """Let the public pages follow what they show of a person: name, activity, existence, role.

    To be called in the transaction that changes it; `User.save`, `User.delete` and the same of many
    people do it. Within a second of the commit no process shows a cached page from before. A person
    may stand on any number of pages, so all are made anew. No name is stored anywhere else:
    bylines, mentions and quotations ask for it when they are read.
    """
    versions.purge_everything()
