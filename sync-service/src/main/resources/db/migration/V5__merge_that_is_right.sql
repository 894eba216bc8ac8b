-- What finds a row again whose provider has given it another id, who reads an account, and what the merge decided.
SELECT set_config('afluente.tenant', '*', true);

-- Four fields that a new id leaves as they are, as one number: it finds, their equality decides.
CREATE FUNCTION transaction_fingerprint(amount numeric, currency text, booking_day date, search_text text)
    RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashtextextended(trim_scale(amount)::text || ' ' || currency || ' ' || (booking_day - DATE '2000-01-01')::text
        || ' ' || search_text, 0);

ALTER TABLE transaction
    ADD COLUMN fingerprint bigint GENERATED ALWAYS AS
        (transaction_fingerprint(amount, currency, booking_day, search_text)) STORED,
    -- Which of the account's sources gave the row its provider_id (account_source.generation).
    ADD COLUMN generation  int     NOT NULL DEFAULT 1,
    -- An operator has spoken: syncs leave the row alone.
    ADD COLUMN pinned      boolean NOT NULL DEFAULT false;
CREATE INDEX transaction_by_fingerprint ON transaction (tenant_id, account_id, fingerprint);
CREATE INDEX transaction_pending ON transaction (tenant_id, account_id) WHERE status = 'PENDING';

-- A keyed hash of what the bank prints on the account; null when too little is told.
ALTER TABLE account
    ADD COLUMN identity   text,
    ADD COLUMN generation int NOT NULL DEFAULT 1;
CREATE INDEX account_by_identity ON account (tenant_id, user_id, identity) WHERE identity IS NOT NULL;

-- Every way an account was ever read, numbered in the order they came. The account's own row says which reads it now.
CREATE TABLE account_source (
    tenant_id     text        NOT NULL,
    connection_id uuid        NOT NULL,
    provider_id   text        NOT NULL,
    account_id    uuid        NOT NULL,
    generation    int         NOT NULL,
    since         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, connection_id, provider_id),
    UNIQUE (tenant_id, account_id, generation)
);
INSERT INTO account_source (tenant_id, connection_id, provider_id, account_id, generation, since)
    SELECT tenant_id, connection_id, provider_id, id, 1, created_at FROM account;

-- Why each row is as it is. The rows that were new together share one decision, which is found by their first_seq.
CREATE TABLE decision (
    tenant_id      text        NOT NULL,
    id             uuid        NOT NULL,
    user_id        text        NOT NULL,
    account_id     uuid        NOT NULL,
    transaction_id uuid,
    kind           text        NOT NULL CHECK
        (kind IN ('NEW', 'CHANGED', 'POSTED', 'SAME_AS', 'REMOVED', 'RETURNED', 'UNDONE')),
    reason         text        NOT NULL,
    -- The columns that changed, as they were.
    before         jsonb,
    run_id         uuid,
    -- The change's number in its owner's feed.
    seq            bigint      NOT NULL,
    rows           int         NOT NULL DEFAULT 1,
    undoes         uuid,
    undone_by      uuid,
    -- The other row, where taking back that two are one made them two again.
    split_into     uuid,
    decided_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK ((kind = 'NEW') = (transaction_id IS NULL))
);
CREATE INDEX decision_of_transaction ON decision (tenant_id, transaction_id, seq DESC, id DESC);
CREATE INDEX decision_of_account ON decision (tenant_id, account_id, id DESC);
CREATE INDEX decision_new ON decision (tenant_id, account_id, seq) WHERE kind = 'NEW';

INSERT INTO decision (tenant_id, id, user_id, account_id, kind, reason, seq, rows)
    SELECT tenant_id, gen_random_uuid(), user_id, account_id, 'NEW', 'before_the_ledger', first_seq, count(*)
    FROM transaction GROUP BY tenant_id, user_id, account_id, first_seq;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['account_source', 'decision']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I
            USING (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')
            WITH CHECK (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')', name);
    END LOOP;
END $$;
