-- Threads and their comments, in the SQL that SQLite and PostgreSQL share:
-- ids and hashes are TEXT, moments BIGINT milliseconds, body trees JSON in TEXT.

CREATE TABLE threads (
    id TEXT NOT NULL PRIMARY KEY,
    site TEXT NOT NULL,
    page TEXT NOT NULL,
    title TEXT,
    url TEXT,
    opened_at BIGINT NOT NULL,
    -- How many of its comments are published.
    total BIGINT NOT NULL,
    -- The position of its newest comment.
    last_position BIGINT NOT NULL,
    CONSTRAINT threads_site_page UNIQUE (site, page)
);

CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads (id),
    -- Counts up within the thread in the order of arrival.
    position BIGINT NOT NULL,
    parent_id TEXT REFERENCES comments (id),
    -- The top-level comment of its tree; its own id for a top-level one.
    root_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    author_email TEXT,
    badge TEXT,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    status TEXT NOT NULL CHECK (status IN ('published', 'pending', 'rejected', 'deleted')),
    -- 1 where readers find it in the list: published, or hidden with published descendants.
    standing BIGINT NOT NULL CHECK (standing IN (0, 1)),
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    votes_up BIGINT NOT NULL DEFAULT 0,
    votes_down BIGINT NOT NULL DEFAULT 0,
    score BIGINT NOT NULL DEFAULT 0,
    key_hash TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    edit_token_hash TEXT NOT NULL,
    CONSTRAINT comments_key_hash UNIQUE (key_hash)
);

-- Top-level comments by arrival and by score; whole trees; a moderator's queue.
CREATE INDEX comments_roots ON comments (thread_id, position) WHERE parent_id IS NULL AND standing = 1;
CREATE INDEX comments_best_roots ON comments (thread_id, score, position) WHERE parent_id IS NULL AND standing = 1;
CREATE INDEX comments_trees ON comments (root_id, standing, position);
CREATE INDEX comments_queue ON comments (status, id);

-- What the server itself remembers.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
