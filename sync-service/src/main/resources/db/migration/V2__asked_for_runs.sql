-- Runs that connection-service asked for, under the id its asker made. One that waits for the provider is released by an
-- event, or by itself at waits_until.
ALTER TABLE sync_run DROP CONSTRAINT sync_run_status_check;
ALTER TABLE sync_run ADD CONSTRAINT sync_run_status_check CHECK (status IN
    ('WAITING_PROVIDER', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'NEEDS_USER'));
ALTER TABLE sync_run ADD COLUMN waits_until timestamptz;
CREATE INDEX sync_run_waiting ON sync_run (tenant_id, connection_id, id) WHERE status = 'WAITING_PROVIDER';
CREATE INDEX sync_run_overdue ON sync_run (waits_until) WHERE status = 'WAITING_PROVIDER';
