"""Rooms of two, and what was said in them."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Room(models.Model):
    """One conversation."""

    # The checker knows only the managers of the product's own project.
    objects: ClassVar["models.Manager[Room]"]
    name = models.CharField(max_length=64, primary_key=True)
    buyer = models.ForeignKey(User, models.PROTECT, related_name="+")
    seller = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        app_label = "tutorial"


class Message(models.Model):
    """One message, numbered by the database."""

    objects: ClassVar["models.Manager[Message]"]
    room = models.ForeignKey(Room, models.PROTECT)
    author = models.ForeignKey(User, models.PROTECT)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "tutorial"
