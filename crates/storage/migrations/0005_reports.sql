-- What readers reported to moderators. A report is kept, with its reason and its time, also after it was settled.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    comment_id TEXT NOT NULL REFERENCES comments (id),
    reader_hash TEXT NOT NULL,
    -- Tells the readers of one address for as long as the report is open; made with the server's secret and the
    -- comment's id, so that it leads back to no address and to no other report.
    address_hash TEXT,
    reason TEXT NOT NULL,
    note TEXT,
    created_at BIGINT NOT NULL,
    -- When a moderator decided on the comment, or its author took it back.
    settled_at BIGINT,
    CONSTRAINT reports_comment_reader UNIQUE (comment_id, reader_hash)
);

CREATE INDEX reports_open ON reports (comment_id, created_at) WHERE settled_at IS NULL;
