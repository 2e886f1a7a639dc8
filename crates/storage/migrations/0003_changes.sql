-- At which revision of its thread a comment last changed in any way, last came before everybody, and last
-- got another text: what somebody who follows the thread has not seen yet.
ALTER TABLE comments ADD COLUMN changed_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN shown_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN text_revision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX comments_changes ON comments (thread_id, changed_revision);
