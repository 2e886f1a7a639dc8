-- How far the requests of an address, known by a hash alone, have used up what a minute allows: the time at which nothing
-- of them counts any more. Where several servers share the database; lost at a crash of it, which only forgives.
CREATE /* UNLOGGED */ TABLE rate_limits (
    key TEXT NOT NULL PRIMARY KEY,
    free_at BIGINT NOT NULL
);
CREATE INDEX rate_limits_expiry ON rate_limits (free_at);
