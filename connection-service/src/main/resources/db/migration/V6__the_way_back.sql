-- How far the provider's data has been read into the ledger, by the provider's clock, as the runs told; and what the
-- sweep has asked for runs because of, and how often.
CREATE TABLE reads (
    tenant_id     text        NOT NULL,
    connection_id uuid        NOT NULL,
    read_as_of    timestamptz,
    asked_for     timestamptz,
    asked         integer     NOT NULL,
    PRIMARY KEY (tenant_id, connection_id)
);
ALTER TABLE reads ENABLE ROW LEVEL SECURITY;
ALTER TABLE reads FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON reads USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');

-- Connections that are there already are swept from now on.
SELECT set_config('afluente.tenant', '*', true);
INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent)
SELECT tenant_id, id, 'SWEEP', now() + random() * interval '10 minutes', 0,
       '00-' || md5(random()::text) || '-' || substr(md5(random()::text), 1, 16) || '-01'
FROM connections WHERE removed_at IS NULL;
