-- The second wall behind queries that lead with tenant_id: a transaction sees the rows of the tenant it names in
-- afluente.tenant, all of them under '*', and none when it names nobody. FORCE, because the service's login owns the
-- tables. A later migration that touches data sets afluente.tenant to '*' first.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['link', 'inbox', 'sync_run', 'sync_run_account', 'account', 'transaction', 'set_aside', 'outbox']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I
            USING (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')
            WITH CHECK (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')', name);
    END LOOP;
END $$;
