from pagecache.entry import Answer, Page
from pagecache.key import Key
from pagecache.store import SharedShelf, Shelf

KEY, OTHER, THIRD = (Key(f"/articles/{name}/", "", "") for name in ("one", "two", "three"))


def page(begun: int = 1) -> Page:
    answer = Answer("200 OK", [], b"words " * 1000)
    return Page.of(answer, vary="Cookie", article=1, begun=begun, made_at=0.0, cost=0.0)


def test_what_nobody_asks_for_makes_room() -> None:
    shelf = Shelf(room=2 * page().size)
    shelf.put(KEY, page())
    shelf.put(OTHER, page())
    shelf.get(KEY)
    shelf.put(THIRD, page())
    assert [bool(shelf.get(key)) for key in (KEY, OTHER, THIRD)] == [True, False, True]


def test_a_page_put_twice_takes_its_room_once() -> None:
    shelf = Shelf(room=2 * page().size)
    for _ in range(5):
        shelf.put(KEY, page())
    shelf.put(OTHER, page())
    assert shelf.get(KEY)


def test_processes_share_what_they_made() -> None:
    SharedShelf("http://a").put(KEY, page())
    assert SharedShelf("http://a").fetch(KEY) == page()
    assert SharedShelf("http://b").fetch(KEY) is None
    assert SharedShelf("http://a").get(KEY) is None


def test_the_page_of_another_process_is_taken_when_it_is_newer() -> None:
    mine, other = SharedShelf("http://a"), SharedShelf("http://a")
    for taken, (first, second) in ((3, (2, 3)), (5, (5, 4))):
        mine.put(KEY, page(begun=first))
        other.put(KEY, page(begun=second))
        assert mine.fetch(KEY).begun == taken
