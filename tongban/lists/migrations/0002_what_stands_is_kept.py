from django.db import migrations

KEEP = """
CREATE FUNCTION lists_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
       AND (NEW.id, NEW.entry_id, NEW.list_id, NEW.item_id, NEW.number, NEW.batch_id, NEW.says, NEW.valid_from)
         = (OLD.id, OLD.entry_id, OLD.list_id, OLD.item_id, OLD.number, OLD.batch_id, OLD.says, OLD.valid_from)
       AND NEW.deadline IS NOT DISTINCT FROM OLD.deadline AND NEW.change_id IS NOT DISTINCT FROM OLD.change_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a list said is never changed or deleted';
END $$;
CREATE TRIGGER lists_keep BEFORE UPDATE OR DELETE ON lists_standing FOR EACH ROW EXECUTE FUNCTION lists_keep();

CREATE FUNCTION lists_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.list_id, NEW.item_id) IS DISTINCT FROM (OLD.list_id, OLD.item_id) THEN
        RAISE EXCEPTION 'an entry stays on its list, for its item';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lists_entry_keep BEFORE UPDATE ON lists_entry FOR EACH ROW EXECUTE FUNCTION lists_entry_keep();
"""
UNDO_KEEP = """
DROP TRIGGER lists_entry_keep ON lists_entry;
DROP FUNCTION lists_entry_keep();
DROP TRIGGER lists_keep ON lists_standing;
DROP FUNCTION lists_keep();
"""
WITHIN = """
CREATE FUNCTION lists_uncovered(wanted varchar) RETURNS SETOF lists_standing LANGUAGE sql STABLE AS $$
    SELECT s.* FROM lists_standing s JOIN lists_list l ON l.code = s.list_id
    WHERE l.within_id IS NOT NULL AND (wanted IS NULL OR s.item_id = wanted)
      AND NOT coalesce((SELECT range_agg(daterange(o.valid_from, o.valid_until))
                               @> daterange(s.valid_from, s.valid_until)
                        FROM lists_standing o WHERE o.list_id = l.within_id AND o.item_id = s.item_id), false)
$$;

CREATE FUNCTION lists_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Two transactions that change one item's standings meet here. Whoever waited sees, in the statements below,
    -- what the other committed; under a stricter isolation, which wouldn't, PostgreSQL refuses the update itself.
    INSERT INTO lists_guard (item_id, turns) VALUES (NEW.item_id, 1)
        ON CONFLICT (item_id) DO UPDATE SET turns = lists_guard.turns + 1;
    IF NOT EXISTS (SELECT FROM lists_entry e
                   WHERE (e.id, e.list_id, e.item_id) = (NEW.entry_id, NEW.list_id, NEW.item_id)) THEN
        RAISE EXCEPTION 'the standing of % is that of another entry', NEW.item_id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM lists_standing a JOIN lists_standing b ON a.entry_id = b.entry_id AND a.id < b.id
               WHERE a.entry_id = NEW.entry_id
                 AND daterange(a.valid_from, a.valid_until) && daterange(b.valid_from, b.valid_until)) THEN
        RAISE EXCEPTION '% stands on % twice on one day', NEW.item_id, NEW.list_id
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'standing_once_a_day';
    END IF;
    IF EXISTS (SELECT FROM lists_uncovered(NEW.item_id)) THEN
        RAISE EXCEPTION '% stands on a list without standing, on every day, on the list around it', NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standing_within';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lists_check AFTER INSERT OR UPDATE ON lists_standing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lists_check();

CREATE FUNCTION lists_within_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE lists_standing IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM lists_uncovered(NULL)) THEN
        RAISE EXCEPTION 'what stands on % does not stand on %', NEW.code, NEW.within_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standing_within';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lists_within_check AFTER UPDATE OF within_id ON lists_list
    FOR EACH ROW WHEN (OLD.within_id IS DISTINCT FROM NEW.within_id) EXECUTE FUNCTION lists_within_check();
"""
UNDO_WITHIN = """
DROP TRIGGER lists_within_check ON lists_list;
DROP FUNCTION lists_within_check();
DROP TRIGGER lists_check ON lists_standing;
DROP FUNCTION lists_check();
DROP FUNCTION lists_uncovered(varchar);
"""


class Migration(migrations.Migration):
    """The database keeps what was published, and every item of an inner list on the list around it, on every day."""

    dependencies = [("lists", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, UNDO_KEEP), migrations.RunSQL(WITHIN, UNDO_WITHIN)]
