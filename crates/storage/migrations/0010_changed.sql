-- What changed in a thread is read in the order of revision and position, some of it at a time. Many comments may have
-- changed at one revision: the position belongs to the index, or each part would sort them all.
CREATE INDEX IF NOT EXISTS comments_changed ON comments (thread_id, changed_revision, position);
DROP INDEX IF EXISTS comments_changes;
