"""What of notices ends with a person: their devices and their switches. For the host's erasure (protocol.md §10)."""

from notices.models import Device, SwitchedOff


def forget(user: str) -> None:
    Device.objects.filter(user=user).delete()
    SwitchedOff.objects.filter(user=user).delete()
