"""The memory that cached pages take."""

from pagecache.entry import Page, Response
from pagecache.key import Key
from pagecache.store import MemoryStore

KEY, OTHER, THIRD = (Key(f"/articles/{name}/", "", "") for name in ("one", "two", "three"))


def page() -> Page:
    response = Response("200 OK", [], b"words " * 1000)
    return Page.of(
        response, vary="Cookie", article=1, version=1, rendered_at=0.0, render_seconds=0.0
    )


def test_what_nobody_asks_for_makes_room() -> None:
    store = MemoryStore(room=2 * page().size)
    store.put(KEY, page())
    store.put(OTHER, page())
    store.get(KEY)
    store.put(THIRD, page())
    assert [bool(store.get(key)) for key in (KEY, OTHER, THIRD)] == [True, False, True]


def test_a_page_put_twice_takes_its_room_once() -> None:
    store = MemoryStore(room=2 * page().size)
    for _ in range(5):
        store.put(KEY, page())
    store.put(OTHER, page())
    assert store.get(KEY)
