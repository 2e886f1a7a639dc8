-- Counts what changed in a thread, so that a ready answer can be told to be still true.
ALTER TABLE threads ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
