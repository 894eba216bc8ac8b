-- Who reads along needs an order in which nothing becomes visible behind what was read. Each person's changes are
-- numbered by one row, which a writer holds until it commits: a higher number is never seen before a lower one.
CREATE TABLE feed_head (
    tenant_id text   NOT NULL,
    user_id   text   NOT NULL,
    seq       bigint NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);
ALTER TABLE feed_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE feed_head FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON feed_head
    USING (tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*')
    WITH CHECK (tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');

-- What was there before counts as the first change.
SELECT set_config('afluente.tenant', '*', true);
INSERT INTO feed_head (tenant_id, user_id, seq) SELECT DISTINCT tenant_id, user_id, 1 FROM transaction;

ALTER TABLE transaction
    -- The number of the last change, of the first, and of the one since which the row has been there without a break.
    ADD COLUMN change_seq bigint NOT NULL DEFAULT 1,
    ADD COLUMN first_seq  bigint NOT NULL DEFAULT 1,
    ADD COLUMN shown_seq  bigint NOT NULL DEFAULT 1,
    -- What the person said, and what their rules say; no sync touches them.
    ADD COLUMN user_category_id text,
    ADD COLUMN rule_category_id text,
    ADD COLUMN rule_id          uuid,
    ADD COLUMN notes            text,
    ADD COLUMN category_id      text GENERATED ALWAYS AS
        (coalesce(user_category_id, rule_category_id, provider_category_id)) STORED;
ALTER TABLE transaction
    ALTER COLUMN change_seq DROP DEFAULT,
    ALTER COLUMN first_seq DROP DEFAULT,
    ALTER COLUMN shown_seq DROP DEFAULT;
CREATE INDEX transaction_changes ON transaction (tenant_id, user_id, change_seq, id);
