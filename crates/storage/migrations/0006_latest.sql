-- The site of a comment once more, so that a site's newest are found without a walk over those of others.
ALTER TABLE comments ADD COLUMN site TEXT NOT NULL DEFAULT '';
UPDATE comments SET site = (SELECT t.site FROM threads t WHERE t.id = comments.thread_id);
CREATE INDEX comments_latest ON comments (site, id) WHERE status = 'published';
