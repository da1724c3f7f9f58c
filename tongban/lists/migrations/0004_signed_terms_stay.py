"""What both sides signed stays as it was, with its parties and items; and who had a hand in it is known."""

from __future__ import annotations

from django.db import migrations, models

HANDS = "UPDATE lists_terms SET hands = jsonb_build_array(written_by)"
KEEP = """
CREATE FUNCTION lists_terms_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'signed' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'signed terms are never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER lists_terms_keep BEFORE UPDATE OR DELETE ON lists_terms
    FOR EACH ROW EXECUTE FUNCTION lists_terms_keep();

CREATE FUNCTION lists_terms_part_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid[] := ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.terms_id END,
                            CASE WHEN TG_OP <> 'DELETE' THEN NEW.terms_id END];
BEGIN
    IF EXISTS (SELECT FROM lists_terms t WHERE t.id = ANY (touched) AND t.state = 'signed') THEN
        RAISE EXCEPTION 'signed terms are never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER lists_party_keep BEFORE INSERT OR UPDATE OR DELETE ON lists_party
    FOR EACH ROW EXECUTE FUNCTION lists_terms_part_keep();
CREATE TRIGGER lists_covered_keep BEFORE INSERT OR UPDATE OR DELETE ON lists_covered
    FOR EACH ROW EXECUTE FUNCTION lists_terms_part_keep();
"""
UNDO = """
DROP TRIGGER lists_covered_keep ON lists_covered;
DROP TRIGGER lists_party_keep ON lists_party;
DROP FUNCTION lists_terms_part_keep();
DROP TRIGGER lists_terms_keep ON lists_terms;
DROP FUNCTION lists_terms_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("lists", "0003_demand")]

    operations = [
        migrations.AddField(model_name="terms", name="hands", field=models.JSONField(default=list)),
        migrations.RunSQL(HANDS, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, UNDO),
    ]
