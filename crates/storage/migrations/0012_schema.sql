-- The oldest schema whose programs may still use these tables. A step that changes what an older program relies on raises
-- it; a program of a schema in between leaves the tables as they are and works on.
INSERT INTO meta (name, value) VALUES ('oldest_schema', '12');
