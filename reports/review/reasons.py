"""Why officers withdraw and reopen: lists, so that no personal text enters history and log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WithdrawReason(models.TextChoices):
    """Why a resident asked for the report to be taken back."""

    FOUND = "found", _("what was lost or taken was found")
    SETTLED = "settled", _("the matter is settled")
    MISTAKE = "mistake", _("it was sent by mistake")
    ELSEWHERE = "elsewhere", _("it was reported in another way")
    UNWISHED = "unwished", _("the resident does not wish to go on, or gave no reason")


class ReopenReason(models.TextChoices):
    """Why a decided report is taken up again."""

    NEWS = "news", _("something new became known")
    WRONG = "wrong", _("the decision was wrong")
    ASKED = "asked", _("the resident asked for it")
    CHECK = "check", _("to check the decision")
