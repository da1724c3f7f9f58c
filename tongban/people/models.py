"""Accounts of staff."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tongban.lib.ids import new_id
from tongban.people import rules


class Accounts(BaseUserManager["Account"]):
    """Finds an account by its sign-in name, which is all that Django's sign-in asks for."""


class Account(AbstractBaseUser):
    """Somebody of the staff who can sign in; where they work is told by their posts.

    The name is plain text on purpose: staff act in public office, and their names stand on what applicants
    are handed. A higher `epoch` ends every session begun under a lower one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=rules.NAME_LENGTH, unique=True)
    name = models.CharField(max_length=rules.NAME_LENGTH)
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=1)
    # The trail says who signed in and when; a second record would have to be written at every sign-in.
    last_login = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Accounts()

    def __str__(self) -> str:
        return self.username
