-- When the provider last said of a connection that it had read the bank, by the door's clock: what was told is not lost,
-- however long its run takes.
ALTER TABLE reads ADD COLUMN heard_at timestamptz;
