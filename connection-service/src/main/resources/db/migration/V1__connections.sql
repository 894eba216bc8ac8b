-- A bank connected by a person. `state` is what the provider last told, in our words, as JSON: it is shown, never
-- queried. What is queried has a column. text and not jsonb, because a provider's text may hold escapes jsonb refuses.
CREATE TABLE connections (
    tenant_id            text        NOT NULL,
    id                   uuid        NOT NULL,
    user_id              text        NOT NULL,
    provider             text        NOT NULL,
    link_id              text        NOT NULL,
    version              bigint      NOT NULL,
    created_at           timestamptz NOT NULL,
    removed_at           timestamptz,
    state                text,
    state_as_of          timestamptz,
    state_asked_at       timestamptz,
    last_run             text,
    last_run_id          uuid,
    last_run_finished_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, provider, link_id)
);

CREATE INDEX connections_of_a_user ON connections (tenant_id, user_id, id DESC) WHERE removed_at IS NULL;

-- A provider's notification names the link and nobody's tenant.
CREATE INDEX connections_by_link ON connections (provider, link_id);

-- Connections whose state has to be asked for. A row is one question, however many reasons there are to ask it;
-- `due_at` is also the claim: whoever takes the question moves it on, and only the holder of that value may close it.
CREATE TABLE state_checks (
    tenant_id     text        NOT NULL,
    connection_id uuid        NOT NULL,
    due_at        timestamptz NOT NULL,
    attempts      integer     NOT NULL,
    traceparent   text        NOT NULL,
    PRIMARY KEY (tenant_id, connection_id)
);

CREATE INDEX state_checks_due ON state_checks (due_at);

-- Events on their way to Kafka, numbered in the order in which one connection's changes are committed.
CREATE TABLE outbox (
    seq         bigint      GENERATED ALWAYS AS IDENTITY,
    event_id    uuid        NOT NULL,
    tenant_id   text        NOT NULL,
    topic       text        NOT NULL,
    key         text        NOT NULL,
    type        text        NOT NULL,
    payload     text        NOT NULL,
    traceparent text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, event_id)
);

CREATE INDEX outbox_in_order ON outbox (seq);
