"""Make the people of generated discussions. Later discussions use the same people again."""

from functools import cache
from itertools import product

from django.contrib.auth.hashers import make_password

from accounts.former_names import digest
from accounts.models import FormerName, User
from accounts.names import skeleton

# Nothing can be mailed to this address (RFC 2606) and they have no
# password, so that nobody signs in as one of them.
DOMAIN = "generated.invalid"
FIRST_NAMES = """\
Ada Amara Anders Anika Arturo Beatriz Bjarne Carmen Chidi Clara Dalia Dario Edda Elif Emeka Farid
Freya Greta Hamza
Helena Hiroshi Ida Imani Ivo Jana Jonas Kaito Karim Keiko Lars Leila Linnea Luca Maeve Malik Marta
Mikkel Nadia Nils
Noor Oisin Olga Paloma Priya Rafael Rosa Samir Sanne Tariq Vera
""".split()
LAST_NAMES = """\
Abebe Almeida Andersen Baptiste Bauer Bergstrom Castillo Costa Dahl Diaz Egede Farouk Ferreira
Fischer Gallo Gupta
Haddad Hansen Hughes Ibarra Iwata Jansen Joshi Kaya Keller Kimura Kowalski Larsen Lopes Lund Mazur
Mbeki Moreau Nair
Novak Nyberg Oduya Ortega Pereira Petrov Quist Ramos Rossi Sandoval Sato Tanaka Udo Varga Weber
Yilmaz
""".split()
MOST_PEOPLE = len(FIRST_NAMES) * len(LAST_NAMES) // 2  # some of the names belong to others already


def people(number: int) -> list[int]:
    """Return the keys of so many of them."""
    known = User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("pk")
    made = known.count()
    if made < number:
        _make(made, number)
    return list(known.values_list("pk", flat=True)[:number])


def _make(made: int, number: int) -> None:
    no_password = make_password(None)
    User.objects.bulk_create(
        User(
            email=f"{each}@{DOMAIN}",
            username=name,
            username_skeleton=likeness,
            password=no_password,
        )
        for each, (likeness, name) in zip(range(made + 1, number + 1), _free_names(), strict=False)
    )


def _free_names() -> list[tuple[str, str]]:
    names = _names_by_skeleton()
    taken = {
        *User.objects.filter(username_skeleton__in=names).values_list(
            "username_skeleton", flat=True
        )
    }
    held = {*FormerName.objects.held(*names).values_list("skeleton", flat=True)}
    return [
        (likeness, name)
        for likeness, name in names.items()
        if likeness not in taken and held.isdisjoint({likeness, digest(likeness)})
    ]


@cache
def _names_by_skeleton() -> dict[str, str]:
    return {skeleton(name): name for name in _names()}


def _names() -> list[str]:
    """Return the names: each round combines every first name with another last name."""
    rounds = product(range(len(LAST_NAMES)), range(len(FIRST_NAMES)))
    return [
        f"{FIRST_NAMES[place]} {LAST_NAMES[(place + turn) % len(LAST_NAMES)]}"
        for turn, place in rounds
    ]
