-- Every change of a comment's state or standing, whoever made it: rows are added and never changed, but for the one column
-- that says by which later row one was taken back.
CREATE TABLE decisions (
    -- Sorts by time. A comment's first row has the comment's own id.
    id TEXT NOT NULL PRIMARY KEY,
    comment_id TEXT NOT NULL REFERENCES comments (id),
    site TEXT NOT NULL,
    -- The revision at which the comment got the text that was decided on.
    text_revision BIGINT NOT NULL,
    -- 'author', 'rule', 'reports', 'shell', 'staff', 'key', 'import' or 'upgrade'.
    actor TEXT NOT NULL,
    -- The member of staff or the key.
    actor_id TEXT,
    decided_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- The status before; none for a comment's first row.
    from_status TEXT,
    to_status TEXT NOT NULL,
    reason TEXT,
    -- The phase that spoke.
    rule TEXT,
    -- For moderators alone.
    note TEXT,
    -- For the comment's author.
    words TEXT,
    found_automatically BIGINT NOT NULL DEFAULT 0,
    decided_automatically BIGINT NOT NULL DEFAULT 0,
    notice_id TEXT,
    -- The row that this one takes back, and the one that took this one back.
    undoes TEXT,
    undone_by TEXT
);
CREATE INDEX decisions_comments ON decisions (comment_id, id);
CREATE INDEX decisions_people ON decisions (actor_id, id) WHERE actor_id IS NOT NULL;
-- What moderators did; the authors' own acts are most of the rows, and nobody lists those by site.
CREATE INDEX decisions_log ON decisions (site, id) WHERE actor NOT IN ('author', 'upgrade');

-- What was before the log began is summed up in one row for each comment.
INSERT INTO decisions (id, comment_id, site, text_revision, actor, decided_at, kind, to_status)
    SELECT id, id, site, text_revision, 'upgrade', created_at, 'submit', status FROM comments;

-- Moderators' marks, and the phases that spoke when the present text came, as a JSON array.
ALTER TABLE comments ADD COLUMN featured BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN pinned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN detected TEXT;
-- The thread's revision at which the marks last changed.
ALTER TABLE comments ADD COLUMN marked_revision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX comments_featured ON comments (thread_id, position) WHERE featured = 1;
CREATE INDEX comments_pinned ON comments (thread_id, position) WHERE pinned = 1;
-- The queues of a newsroom: a whole site, also for its newest; by site and status; those that no moderator has approved as
-- they are now; one author's.
CREATE INDEX comments_site ON comments (site, id);
DROP INDEX comments_latest;
CREATE INDEX comments_site_queue ON comments (site, status, id);
DROP INDEX comments_queue;
CREATE INDEX comments_held ON comments (site, id) WHERE status = 'pending' AND detected IS NOT NULL;
CREATE INDEX comments_emails ON comments (author_email, site, id) WHERE author_email IS NOT NULL;
CREATE INDEX comments_names ON comments (author_name, site, id) WHERE author_email IS NULL;
CREATE INDEX comments_pending ON comments (thread_id) WHERE status = 'pending';
CREATE INDEX comments_new ON comments (site, id) WHERE status = 'published' AND approved_at IS NULL;

-- 'open', 'closed', 'held' (every comment waits) or 'slow' (one comment of an author in so many seconds), perhaps for a time.
ALTER TABLE threads ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE threads ADD COLUMN state_until BIGINT;
ALTER TABLE threads ADD COLUMN slow_secs BIGINT;
-- A line above the form.
ALTER TABLE threads ADD COLUMN notice TEXT;
ALTER TABLE threads ADD COLUMN notice_until BIGINT;
-- The revision at which one of these last changed.
ALTER TABLE threads ADD COLUMN settings_revision BIGINT NOT NULL DEFAULT 0;
-- The time of its last comment, or of its opening.
ALTER TABLE threads ADD COLUMN active_at BIGINT NOT NULL DEFAULT 0;
UPDATE threads SET active_at =
    COALESCE((SELECT MAX(created_at) FROM comments WHERE thread_id = threads.id), opened_at);
CREATE INDEX threads_activity ON threads (active_at, id);
-- Who has written in a slow thread, and when last: hashes that tell nothing anywhere else, kept while they count.
CREATE TABLE slow_authors (
    thread_id TEXT NOT NULL REFERENCES threads (id),
    author_hash TEXT NOT NULL,
    posted_at BIGINT NOT NULL,
    PRIMARY KEY (thread_id, author_hash)
);

-- People of the newsroom.
CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name in small letters, by which one signs in.
    name_key TEXT NOT NULL,
    -- Argon2id, in the PHC string format.
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    CONSTRAINT staff_name_key UNIQUE (name_key)
);
CREATE TABLE staff_roles (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    -- A site's id, or * for all.
    site TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (staff_id, site)
);
-- Links by which a person makes a way to sign in; kept, as hashes, also when they were used.
CREATE TABLE staff_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE TABLE passkeys (
    -- The credential's id, base64url.
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    -- The public key with its counter, as JSON.
    credential TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_staff ON passkeys (staff_id);
-- Ceremonies that a browser has begun and not finished.
CREATE TABLE passkey_ceremonies (
    id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE staff_sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- Names the session in lists; leads back to no token.
    id TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- The browser and the system in a few words.
    device TEXT NOT NULL,
    CONSTRAINT staff_sessions_id UNIQUE (id)
);
CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id, created_at);
-- Keys of programs.
CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    site TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    CONSTRAINT api_keys_token_hash UNIQUE (token_hash)
);
