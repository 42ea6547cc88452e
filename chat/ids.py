"""Names of our own rows. Must never be derived from anything that a person said."""

import uuid_utils


def new_name() -> str:
    """An opaque name: time-ordered, so that an index grows at its end."""
    return str(uuid_utils.uuid7())
