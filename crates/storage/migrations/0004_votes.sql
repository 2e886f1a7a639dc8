-- Who judged which comment how; what that adds up to stands with the comment.
CREATE TABLE votes (
    comment_id TEXT NOT NULL REFERENCES comments (id),
    -- SHA-256 of the token that the reader's browser made up.
    reader_hash TEXT NOT NULL,
    value BIGINT NOT NULL CHECK (value IN (-1, 1)),
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, reader_hash)
);

-- Now that scores differ, their order is read as it stands in the index.
DROP INDEX comments_best_roots;
CREATE INDEX comments_best_roots ON comments (thread_id, score DESC, position) WHERE parent_id IS NULL AND standing = 1;
