from django.contrib.auth.hashers import Argon2PasswordHasher

from text.passwords import opaque_string


class OpaqueArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2 of the password as RFC 8265 compares it, so that each keyboard's form of it is the same.

    It has a name of its own. A hash by Django's hasher is compared with what was typed, as it was
    made, and replaced at the next sign-in. It is compared once: a second comparison would take
    longer, and tell which accounts are old.
    """

    algorithm = "argon2nfc"

    def encode(self, password: str, salt: str) -> str:
        return str(super().encode(opaque_string(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        return bool(super().verify(opaque_string(password), encoded))
