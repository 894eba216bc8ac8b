-- The last run that this service asked for, per connection. While `ended_at` is null the run waits for the provider and
-- the row is the claim: whoever finds it asks for no second refresh. Afterwards it tells a late caller which run has
-- just done what they came for.
CREATE TABLE asked_runs (
    tenant_id     text        NOT NULL,
    connection_id uuid        NOT NULL,
    run_id        uuid        NOT NULL,
    asked_for_by  text        NOT NULL,
    phase         text        NOT NULL,
    since         timestamptz NOT NULL,
    read_before   timestamptz,
    refreshes     integer     NOT NULL,
    question      text,
    started_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    PRIMARY KEY (tenant_id, connection_id)
);

ALTER TABLE asked_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE asked_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON asked_runs USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');

-- When this service next reads by itself what the provider has; null while that cannot succeed.
ALTER TABLE connections ADD COLUMN automatic_at timestamptz;

-- Connections that are there already get their place in the day. Those that cannot succeed are found out then.
SELECT set_config('afluente.tenant', '*', true);
UPDATE connections SET automatic_at = now() + random() * interval '12 hours' WHERE removed_at IS NULL;
INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent)
SELECT tenant_id, id, 'AUTOMATIC', automatic_at, 0,
       '00-' || md5(random()::text) || '-' || substr(md5(random()::text), 1, 16) || '-01'
FROM connections WHERE removed_at IS NULL;
