-- What its page was called and where it was, in the words that came with a comment. Those of published ones alone
-- name the thread.
ALTER TABLE comments ADD COLUMN page_title TEXT;
ALTER TABLE comments ADD COLUMN page_url TEXT;
-- 1 where a page of the site itself brought them.
ALTER TABLE comments ADD COLUMN told_by_site BIGINT NOT NULL DEFAULT 0;
-- When it first came before everybody.
ALTER TABLE comments ADD COLUMN published_at BIGINT;
-- When a moderator approved the text that it has; another text has not been approved.
ALTER TABLE comments ADD COLUMN approved_at BIGINT;

-- Whose words the title and the address are: a comment's id, or `moderator`.
ALTER TABLE threads ADD COLUMN title_from TEXT;
ALTER TABLE threads ADD COLUMN url_from TEXT;
-- When the earliest of its published comments came before everybody.
ALTER TABLE threads ADD COLUMN first_published_at BIGINT;

UPDATE comments SET published_at = created_at WHERE status = 'published';
UPDATE threads SET first_published_at =
    (SELECT MIN(c.published_at) FROM comments c WHERE c.thread_id = threads.id AND c.status = 'published');

-- So far a thread was named by its first comment, which it shares its id with. What an author took back is gone.
UPDATE comments SET
    page_title = (SELECT t.title FROM threads t WHERE t.id = comments.id),
    page_url = (SELECT t.url FROM threads t WHERE t.id = comments.id)
    WHERE text <> '' AND id IN (SELECT t.id FROM threads t WHERE t.title IS NOT NULL OR t.url IS NOT NULL);
UPDATE threads SET title = NULL, url = NULL
    WHERE NOT EXISTS (SELECT 1 FROM comments c WHERE c.id = threads.id AND c.status = 'published');
UPDATE threads SET
    title_from = CASE WHEN title IS NULL THEN NULL ELSE id END,
    url_from = CASE WHEN url IS NULL THEN NULL ELSE id END;

-- A comment that is published although it was reported and the reports are settled: a moderator decided so.
UPDATE comments SET approved_at = (SELECT MAX(r.settled_at) FROM reports r WHERE r.comment_id = comments.id)
    WHERE status = 'published' AND EXISTS (SELECT 1 FROM reports r
        WHERE r.comment_id = comments.id AND r.settled_at > COALESCE(comments.edited_at, 0));

-- Which readers of one address have voted on a comment, as long as that counts. The hash is made with the server's
-- secret and the comment's id, so that it leads back to no address and to no other vote.
CREATE TABLE vote_addresses (
    comment_id TEXT NOT NULL REFERENCES comments (id),
    address_hash TEXT NOT NULL,
    reader_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, address_hash, reader_hash)
);
CREATE INDEX vote_addresses_expiry ON vote_addresses (expires_at);
