-- The columns by the words that the rest of the program has for them. Indexes and checks follow by themselves.
ALTER TABLE comments RENAME COLUMN standing TO visible;
ALTER TABLE reports RENAME COLUMN settled_at TO resolved_at;
