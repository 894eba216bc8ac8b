-- The ledger of one deployment. Every tenant-owned table leads its keys with tenant_id, so that rows can be spread by
-- tenant when one database is not enough.

-- What connection-service has told about a connection: whose it is and where its data comes from.
CREATE TABLE link (
    tenant_id     text        NOT NULL,
    connection_id uuid        NOT NULL,
    user_id       text        NOT NULL,
    provider      text        NOT NULL,
    link_id       text        NOT NULL,
    institution   text        NOT NULL,
    version       bigint      NOT NULL,
    removed       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, connection_id)
);
CREATE INDEX link_by_provider ON link (provider, link_id);

-- Everything received from Kafka, once per event id. A row without tenant belongs to a connection not known yet.
CREATE TABLE inbox (
    event_id    text        PRIMARY KEY,
    provider    text        NOT NULL,
    link_id     text,
    kind        text        NOT NULL,
    data        bytea       NOT NULL,
    state       text        NOT NULL CHECK (state IN ('WAITING', 'QUEUED', 'PROCESSED', 'IGNORED', 'DEAD')),
    reason      text,
    tenant_id   text,
    run_id      uuid,
    traceparent text        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_waiting ON inbox (provider, link_id) WHERE state = 'WAITING';
CREATE INDEX inbox_by_run ON inbox (tenant_id, run_id) WHERE state = 'QUEUED';

CREATE TABLE sync_run (
    tenant_id     text        NOT NULL,
    id            uuid        NOT NULL,
    connection_id uuid        NOT NULL,
    user_id       text        NOT NULL,
    trigger       text        NOT NULL,
    status        text        NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'NEEDS_USER')),
    reason        text,
    traceparent   text        NOT NULL,
    attempt       int         NOT NULL DEFAULT 0,
    queued_at     timestamptz NOT NULL DEFAULT now(),
    not_before    timestamptz NOT NULL DEFAULT now(),
    -- The provider asked to wait: an event may not bring the run forward.
    held          boolean     NOT NULL DEFAULT false,
    lease_owner   uuid,
    lease_until   timestamptz,
    started_at    timestamptz,
    finished_at   timestamptz,
    imported      bigint      NOT NULL DEFAULT 0,
    updated       bigint      NOT NULL DEFAULT 0,
    removed       bigint      NOT NULL DEFAULT 0,
    unchanged     bigint      NOT NULL DEFAULT 0,
    set_aside     bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
-- Events coalesce: one run waits per connection, one runs.
CREATE UNIQUE INDEX sync_run_one_queued ON sync_run (tenant_id, connection_id) WHERE status = 'QUEUED';
CREATE UNIQUE INDEX sync_run_one_running ON sync_run (tenant_id, connection_id) WHERE status = 'RUNNING';
CREATE INDEX sync_run_due ON sync_run (not_before) WHERE status = 'QUEUED';
CREATE INDEX sync_run_leased ON sync_run (lease_until) WHERE status = 'RUNNING';
CREATE INDEX sync_run_history ON sync_run (tenant_id, user_id, id DESC);

CREATE TABLE sync_run_account (
    tenant_id  text   NOT NULL,
    run_id     uuid   NOT NULL,
    account_id uuid   NOT NULL,
    status     text   NOT NULL CHECK (status IN ('SUCCEEDED', 'FAILED')),
    reason     text,
    imported   bigint NOT NULL,
    updated    bigint NOT NULL,
    removed    bigint NOT NULL,
    unchanged  bigint NOT NULL,
    set_aside  bigint NOT NULL,
    PRIMARY KEY (tenant_id, run_id, account_id)
);

CREATE TABLE account (
    tenant_id         text        NOT NULL,
    id                uuid        NOT NULL,
    user_id           text        NOT NULL,
    connection_id     uuid        NOT NULL,
    provider_id       text        NOT NULL,
    type              text        NOT NULL,
    subtype           text,
    name              text,
    number            text,
    currency          text        NOT NULL,
    balance           numeric,
    credit_limit      numeric,
    available_limit   numeric,
    minimum_payment   numeric,
    closing_day       date,
    due_day           date,
    brand             text,
    -- The provider's own instant up to which every row has been read; moves only when the rows are in.
    watermark         timestamptz,
    -- When, by the database's clock, the last complete read of everything new began, and the last of everything.
    read_at           timestamptz,
    full_read_at      timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, connection_id, provider_id)
);
CREATE INDEX account_of_user ON account (tenant_id, user_id, id);

CREATE TABLE transaction (
    tenant_id            text        NOT NULL,
    id                   uuid        NOT NULL,
    user_id              text        NOT NULL,
    connection_id        uuid        NOT NULL,
    account_id           uuid        NOT NULL,
    provider_id          text        NOT NULL,
    date                 timestamptz NOT NULL,
    booking_day          date        NOT NULL,
    amount               numeric     NOT NULL,
    currency             text        NOT NULL,
    original_amount      numeric,
    original_currency    text,
    provider_amount      numeric     NOT NULL,
    description          text        NOT NULL,
    search_text          text        NOT NULL,
    type                 text        NOT NULL CHECK (type IN ('DEBIT', 'CREDIT')),
    status               text        NOT NULL CHECK (status IN ('PENDING', 'POSTED')),
    provider_category_id text,
    provider_category    text,
    payment_method       text,
    merchant_name        text,
    merchant_document    text,
    counterparty_name    text,
    counterparty_document text,
    installment_number   int,
    installment_total    int,
    purchase_day         date,
    bill_id              text,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    deleted_at           timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, account_id, provider_id)
);
-- Both reading orders are keyset orders: a page costs the same at any depth.
CREATE INDEX transaction_of_user ON transaction (tenant_id, user_id, date DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX transaction_of_account ON transaction (tenant_id, account_id, date DESC, id DESC) WHERE deleted_at IS NULL;

-- Rows the provider sent that could not be read, with the reason; the rest of their page landed.
CREATE TABLE set_aside (
    tenant_id   text        NOT NULL,
    account_id  uuid        NOT NULL,
    row_key     text        NOT NULL,
    reason      text        NOT NULL,
    row_data    text        NOT NULL,
    run_id      uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, account_id, row_key)
);

CREATE TABLE outbox (
    seq         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    uuid        NOT NULL,
    tenant_id   text        NOT NULL,
    topic       text        NOT NULL,
    key         text        NOT NULL,
    type        text        NOT NULL,
    payload     text        NOT NULL,
    traceparent text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
