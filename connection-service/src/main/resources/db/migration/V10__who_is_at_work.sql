-- How long whoever took a task is known to be at work on it; null when nobody is. One who is killed says nothing more, and
-- the task need not wait for the end of the claim, which is made for the slowest of providers.
ALTER TABLE tasks ADD COLUMN alive_until timestamptz;
CREATE INDEX tasks_alive ON tasks (alive_until) WHERE alive_until IS NOT NULL;
