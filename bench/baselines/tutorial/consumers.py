"""The tutorial's ChatConsumer, with a row per message, a check who may enter, and a history."""

import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db.models import Q

from bench.baselines.tutorial.models import Message, Room

PAGE = 500


class ChatConsumer(AsyncWebsocketConsumer):
    """One socket in one room."""

    async def connect(self) -> None:
        self.user = self.scope["user"]
        self.room_name = self.scope["url_route"]["kwargs"]["room_name"]
        self.room_group_name = f"chat_{self.room_name}"
        if not await self.may_enter():
            await self.close()
            return
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        data = json.loads(text_data or "")
        if "history" in data:
            await self.send(text_data=json.dumps({"history": await self.history(data["history"])}))
            return
        message = await self.keep(data["message"])
        await self.channel_layer.group_send(self.room_group_name, {"type": "chat.message", "message": message})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"message": event["message"]}))

    @database_sync_to_async
    def may_enter(self) -> bool:
        if self.user is None or not self.user.is_authenticated:
            return False
        mine = Q(buyer=self.user) | Q(seller=self.user)
        return bool(Room.objects.filter(mine, name=self.room_name).exists())

    @database_sync_to_async
    def keep(self, text: str) -> dict[str, Any]:
        return shown(Message.objects.create(room_id=self.room_name, author=self.user, text=text))

    @database_sync_to_async
    def history(self, skip: int) -> list[dict[str, Any]]:
        """500 messages after the first `skip` of the room."""
        rows = Message.objects.filter(room_id=self.room_name).select_related("author").order_by("id")
        return [shown(message) for message in rows[skip : skip + PAGE]]


def shown(message: Message) -> dict[str, Any]:
    """A message as clients see it."""
    return {
        "id": message.pk,
        "author": message.author.username,
        "text": message.text,
        "at": message.at.isoformat(),
    }
