from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import authenticator_used

        from accounts.letter_status import note_answer
        from accounts.second_factor import factor_added, factor_removed, factor_used
        from mail.delivery import answered

        answered.connect(note_answer)
        post_save.connect(factor_added, sender=Authenticator)
        post_delete.connect(factor_removed, sender=Authenticator)
        authenticator_used.connect(factor_used, sender=Authenticator)
