-- Two rows of one person that are the same money: out of one account, into another. Each row is in one pair at most.
CREATE TABLE transfer (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    user_id    text        NOT NULL,
    out_id     uuid        NOT NULL,
    in_id      uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('OWN_ACCOUNTS', 'CARD_BILL')),
    made_by    text        NOT NULL CHECK (made_by IN ('RULE', 'USER')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, out_id),
    UNIQUE (tenant_id, in_id)
);
CREATE INDEX transfer_of_user ON transfer (tenant_id, user_id, id DESC);
-- What a person said is no transfer is not found again.
CREATE TABLE transfer_refused (
    tenant_id  text        NOT NULL,
    out_id     uuid        NOT NULL,
    in_id      uuid        NOT NULL,
    user_id    text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, out_id, in_id)
);
-- Up to which change of the person's feed pairs have been looked for; the row is held by whoever looks or edits.
CREATE TABLE transfer_scan (
    tenant_id text   NOT NULL,
    user_id   text   NOT NULL,
    seq       bigint NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);

-- What a provider said an account holds, beside what the ledger's rows add up to, each time one of them changed.
CREATE TABLE balance_point (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    account_id uuid        NOT NULL,
    balance    numeric     NOT NULL,
    posted     numeric     NOT NULL,
    pending    numeric     NOT NULL,
    -- The person's change of the feed up to which the rows were added up.
    seq        bigint      NOT NULL,
    taken_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX balance_point_of_account ON balance_point (tenant_id, account_id, id DESC);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['transfer', 'transfer_refused', 'transfer_scan', 'balance_point']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I
            USING (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')
            WITH CHECK (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')', name);
    END LOOP;
END $$;
