-- An account is part of its run from the moment the run knows it, so that whoever watches sees what is still to come.
ALTER TABLE sync_run_account DROP CONSTRAINT sync_run_account_status_check;
ALTER TABLE sync_run_account ADD CONSTRAINT sync_run_account_status_check
    CHECK (status IN ('WAITING', 'READING', 'SUCCEEDED', 'FAILED'));

-- Leasing takes users in turn.
CREATE INDEX sync_run_by_user ON sync_run (tenant_id, user_id) WHERE status IN ('QUEUED', 'RUNNING');

-- The inbox as operators see it: under an id of ours, because an event's own may hold anything.
ALTER TABLE inbox
    ADD COLUMN id          uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN replays     int  NOT NULL DEFAULT 0,
    ADD COLUMN replayed_at timestamptz,
    ADD COLUMN replayed_by text;
CREATE UNIQUE INDEX inbox_by_id ON inbox (id);
CREATE INDEX inbox_of_tenant ON inbox (tenant_id, received_at DESC, id DESC);
CREATE INDEX inbox_by_time ON inbox (received_at DESC, id DESC);
CREATE INDEX inbox_oldest_waiting ON inbox (received_at) WHERE state = 'WAITING';
