-- Comments from before revisions were kept have changed, appeared and got their text at one revision of now, so that
-- whoever follows a thread from its beginning is told of them, too. One that nobody ever saw has not appeared.
UPDATE threads SET revision = revision + 1
    WHERE id IN (SELECT thread_id FROM comments WHERE changed_revision = 0);
UPDATE comments SET
    changed_revision = (SELECT t.revision FROM threads t WHERE t.id = comments.thread_id),
    text_revision = (SELECT t.revision FROM threads t WHERE t.id = comments.thread_id),
    shown_revision = CASE WHEN status = 'published' OR standing = 1
        THEN (SELECT t.revision FROM threads t WHERE t.id = comments.thread_id) ELSE 0 END
    WHERE changed_revision = 0;
