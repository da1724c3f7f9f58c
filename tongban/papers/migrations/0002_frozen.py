"""What was issued stays as it was: the database refuses other changes, whoever asks for them."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION papers_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER template_frozen BEFORE UPDATE ON papers_template
    FOR EACH ROW EXECUTE FUNCTION papers_frozen();
CREATE TRIGGER paper_frozen BEFORE UPDATE OF
    id, kind, template_id, number, body, subject, part, issued_on, issued_by, content_sha256, practice ON papers_paper
    FOR EACH ROW EXECUTE FUNCTION papers_frozen();
"""
THAW = """
DROP TRIGGER paper_frozen ON papers_paper;
DROP TRIGGER template_frozen ON papers_template;
DROP FUNCTION papers_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
