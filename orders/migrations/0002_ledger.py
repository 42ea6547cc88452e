"""The ledger keeps its promises by itself: transfers are never changed, and no escrow ever goes below zero (I14)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.triggers import append_only

BALANCE = """
SELECT COALESCE(SUM(CASE WHEN credit = NEW.debit THEN amount ELSE -amount END), 0)
FROM orders_transfer WHERE currency = NEW.currency AND (credit = NEW.debit OR debit = NEW.debit)
"""

POSTGRES = f"""
CREATE FUNCTION orders_transfer_covered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.debit LIKE 'escrow:%' AND ({BALANCE}) < NEW.amount THEN
    RAISE EXCEPTION 'escrow would go below zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_transfer_covered BEFORE INSERT ON orders_transfer
FOR EACH ROW EXECUTE FUNCTION orders_transfer_covered();
"""

SQLITE = f"""
CREATE TRIGGER orders_transfer_covered BEFORE INSERT ON orders_transfer
WHEN NEW.debit LIKE 'escrow:%' AND ({BALANCE}) < NEW.amount
BEGIN SELECT RAISE(ABORT, 'escrow would go below zero'); END
"""


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only(editor, ("orders_transfer",))
    # params=None: with any, the driver would read the LIKE pattern's % as a placeholder.
    editor.execute(POSTGRES if editor.connection.vendor == "postgresql" else SQLITE, params=None)


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [migrations.RunPython(forwards)]
