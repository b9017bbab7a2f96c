from django.contrib.auth.hashers import Argon2PasswordHasher

from text.passwords import opaque_string


class OpaqueArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2 of the password as RFC 8265 compares it, so
    that each keyboard's form of it is the same.

    It has a name of its own. A hash by Django's hasher is compared with what was typed, as it was
    made, and replaced at the next sign-in. It is compared once: a second comparison would take
    longer, and tell which accounts are old.
    """

    algorithm = "argon2nfc"
    # What OWASP asks of Argon2id: 50 ms of a processor. Django's own figures
    # take 400 ms and 100 MB, so that a few people who sign in at once, or
    # strangers who try to, would slow down everybody.
    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return str(super().encode(opaque_string(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        return bool(super().verify(opaque_string(password), encoded))
