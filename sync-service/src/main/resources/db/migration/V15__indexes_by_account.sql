-- An account belongs to one tenant, so its id comes first and the tenant's adds nothing. With both in front, an index over
-- an account's rows looked as good to the planner as the one that finds a single row, as long as nothing had been counted
-- (ANALYZE): a page of 500 then read all of the account 500 times.
ALTER TABLE transaction
    DROP CONSTRAINT transaction_tenant_id_account_id_provider_id_key,
    ADD CONSTRAINT transaction_by_provider_id UNIQUE (account_id, provider_id, tenant_id);

DROP INDEX transaction_by_fingerprint;
CREATE INDEX transaction_by_fingerprint ON transaction (account_id, fingerprint);

DROP INDEX transaction_of_account;
CREATE INDEX transaction_of_account ON transaction (account_id, date DESC, id DESC) WHERE deleted_at IS NULL;
