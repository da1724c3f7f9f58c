from django.db import migrations

PROTECT = """
CREATE FUNCTION trail_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.number IS NULL AND NEW.number IS NOT NULL
       AND (NEW.id, NEW.event, NEW.subject, NEW.actor, NEW.at, NEW.facts) = (OLD.id, OLD.event, OLD.subject, OLD.actor, OLD.at, OLD.facts)
       AND NEW."case" IS NOT DISTINCT FROM OLD."case" THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an entry of the trail is never changed or deleted';
END $$;
CREATE TRIGGER trail_keep BEFORE UPDATE OR DELETE ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_keep();
"""
UNDO = """
DROP TRIGGER trail_keep ON trail_entry;
DROP FUNCTION trail_keep();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change an entry: only the sealer's number may be set, once."""

    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunSQL(PROTECT, UNDO)]
