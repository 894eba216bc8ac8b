-- How a connection ends. `revoked_at` is empty while the provider still has to be told; `missing_since` is when the
-- provider began to say that it knows no such link, until that is believed or turns out to be a mistake.
ALTER TABLE connections ADD COLUMN revoked_at timestamptz;
ALTER TABLE connections ADD COLUMN missing_since timestamptz;
CREATE INDEX connections_missing ON connections (missing_since) WHERE missing_since IS NOT NULL AND removed_at IS NULL;

-- Links whose existence proves which keys the provider was asked with.
CREATE INDEX connections_as_witnesses ON connections (provider, state_asked_at DESC)
    WHERE removed_at IS NULL AND missing_since IS NULL;

-- Which connection an account of the ledger came through last, as the runs told.
CREATE TABLE connection_accounts (
    tenant_id     text        NOT NULL,
    account_id    uuid        NOT NULL,
    connection_id uuid        NOT NULL,
    told_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id)
);

-- What needs a person, at most one open notification of a kind per connection. Codes only: the bank's own words are not
-- kept a second time.
CREATE TABLE notifications (
    tenant_id     text        NOT NULL,
    id            uuid        NOT NULL,
    user_id       text        NOT NULL,
    connection_id uuid        NOT NULL,
    kind          text        NOT NULL,
    reason        text,
    due_at        timestamptz,
    raised_at     timestamptz NOT NULL,
    read_at       timestamptz,
    cleared_at    timestamptz,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX notifications_open ON notifications (tenant_id, connection_id, kind) WHERE cleared_at IS NULL;
CREATE INDEX notifications_of_a_user ON notifications (tenant_id, user_id, id DESC);

-- How much of a limit a person has used (GCRA): `tat` is the theoretical arrival time, `retry_at` is empty unless the
-- last attempt was refused.
CREATE TABLE limits (
    tenant_id text        NOT NULL,
    user_id   text        NOT NULL,
    what      text        NOT NULL,
    tat       timestamptz NOT NULL,
    retry_at  timestamptz,
    PRIMARY KEY (tenant_id, user_id, what)
);

ALTER TABLE connection_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON connection_accounts USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON notifications USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
ALTER TABLE limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE limits FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON limits USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
