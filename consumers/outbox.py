"""What is ready in one turn leaves in one frame (protocol.md §2). Pure."""

MOST = 100


class Outbox:
    """Encoded objects in the order in which they leave, packed into as few frames as the limits allow."""

    __slots__ = ("_limit", "_objects")

    def __init__(self, limit: int) -> None:
        """`limit`: bytes of one outgoing frame."""
        self._limit = limit
        self._objects: list[tuple[str, int]] = []

    def __bool__(self) -> bool:
        return bool(self._objects)

    def put(self, text: str, size: int) -> None:
        self._objects.append((text, size))

    def frames(self) -> list[str]:
        """Everything so far, as frames: one object, or an array of up to 100 within the limit. Empties the box.

        A single object above the limit leaves alone: it was promised whole, and the stack takes up to 1 MiB.
        """
        objects, self._objects = self._objects, []
        if len(objects) == 1:
            return [objects[0][0]]
        frames: list[str] = []
        packed: list[str] = []
        room = 0
        for text, size in objects:
            if packed and (size + 1 > room or len(packed) == MOST):
                frames.append(_frame(packed))
                packed = []
            if not packed:
                room = self._limit - 1
            packed.append(text)
            room -= size + 1
        if packed:
            frames.append(_frame(packed))
        return frames


def _frame(packed: list[str]) -> str:
    return packed[0] if len(packed) == 1 else f"[{','.join(packed)}]"
