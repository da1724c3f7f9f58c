from django.db import migrations

PROTECT = """
CREATE FUNCTION trail_keep_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is never emptied';
END $$;
CREATE TRIGGER trail_keep_whole BEFORE TRUNCATE ON trail_entry EXECUTE FUNCTION trail_keep_whole();
CREATE TRIGGER trail_keep_whole BEFORE TRUNCATE ON trail_tile EXECUTE FUNCTION trail_keep_whole();
CREATE TRIGGER trail_keep_whole BEFORE TRUNCATE ON trail_checkpoint EXECUTE FUNCTION trail_keep_whole();
"""
UNDO = """
DROP TRIGGER trail_keep_whole ON trail_checkpoint;
DROP TRIGGER trail_keep_whole ON trail_tile;
DROP TRIGGER trail_keep_whole ON trail_entry;
DROP FUNCTION trail_keep_whole();
"""


class Migration(migrations.Migration):
    """The database itself refuses to empty the trail: triggers on rows don't see a TRUNCATE."""

    dependencies = [("trail", "0002_entries_are_only_added")]
    operations = [migrations.RunSQL(PROTECT, UNDO)]
