CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    tenant_id text NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    traceparent text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- row-level security as services lay it down, without the check of what is written, which is theirs
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox USING (current_setting('afluente.tenant', true) = '*') WITH CHECK (true);

-- the rows whose lock makes the entries of one key come in the order of their commits
CREATE TABLE connection (
    id text PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0
);
