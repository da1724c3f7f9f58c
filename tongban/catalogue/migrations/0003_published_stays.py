"""What was published stays as it was: the database refuses every change but the day on which a revision ends, once.

Items that were loaded before get the department that decides them as the one that keeps them.
"""

from django.db import migrations

FREEZE = """
CREATE FUNCTION catalogue_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
       AND to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published revision is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER revision_published BEFORE UPDATE OR DELETE ON catalogue_revision
    FOR EACH ROW EXECUTE FUNCTION catalogue_published();
"""
THAW = """
DROP TRIGGER revision_published ON catalogue_revision;
DROP FUNCTION catalogue_published();
"""
OWNERS = """
UPDATE catalogue_item i SET owner = r.content ->> 'decided_by'
FROM catalogue_revision r WHERE r.item_id = i.code AND i.owner = '' AND r.content ? 'decided_by'
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_revising")]
    operations = [migrations.RunSQL(OWNERS, migrations.RunSQL.noop), migrations.RunSQL(FREEZE, THAW)]
