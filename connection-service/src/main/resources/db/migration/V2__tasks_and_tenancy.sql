-- What has to be done for a connection at some time, one row per kind of work. It began as the questions about a
-- connection's state, which are the kind CHECK.
ALTER TABLE state_checks RENAME TO tasks;
ALTER TABLE tasks ADD COLUMN kind text NOT NULL DEFAULT 'CHECK';
ALTER TABLE tasks ALTER COLUMN kind DROP DEFAULT;
ALTER TABLE tasks DROP CONSTRAINT state_checks_pkey;
ALTER TABLE tasks ADD PRIMARY KEY (tenant_id, connection_id, kind);
ALTER INDEX state_checks_due RENAME TO tasks_due;

-- The wall behind the queries: without a tenant set there is nothing to see, with one only that tenant's rows, and the
-- service's own rounds over all tenants say so with '*'. FORCE, because the service may own its tables.
ALTER TABLE connections ENABLE ROW LEVEL SECURITY;
ALTER TABLE connections FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON connections USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tasks USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
