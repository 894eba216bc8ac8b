-- A card's bills. One that the provider has told of carries its id there and its total; the others, open or to come, are
-- what the ledger expects from the card's dates and rows, and their totals are the sums of their rows.
CREATE TABLE bill (
    tenant_id           text        NOT NULL,
    id                  uuid        NOT NULL,
    user_id             text        NOT NULL,
    account_id          uuid        NOT NULL,
    provider_id         text,
    -- The first day whose rows belong to it; null where the bill before it is not known.
    opens_day           date,
    closing_day         date,
    due_day             date        NOT NULL,
    total               numeric,
    currency            text        NOT NULL,
    minimum_payment     numeric,
    allows_installments boolean,
    finance_charges     jsonb       NOT NULL DEFAULT '[]',
    payments            jsonb       NOT NULL DEFAULT '[]',
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (provider_id IS NULL OR total IS NOT NULL)
);
CREATE INDEX bill_of_account ON bill (tenant_id, account_id, due_day DESC, id DESC);
CREATE UNIQUE INDEX bill_told ON bill (tenant_id, account_id, provider_id) WHERE provider_id IS NOT NULL;
ALTER TABLE bill ENABLE ROW LEVEL SECURITY;
ALTER TABLE bill FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON bill
    USING (tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*')
    WITH CHECK (tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');

ALTER TABLE transaction
    -- The provider's: the whole purchase, and the first day of the month whose bill it expects the row on.
    ADD COLUMN purchase_total numeric,
    ADD COLUMN bill_forecast  date,
    -- Concluded here: the bill the row is on, and the purchase of which it is a part.
    ADD COLUMN statement_id   uuid,
    ADD COLUMN purchase_id    uuid;
CREATE INDEX transaction_of_statement ON transaction (tenant_id, statement_id, date DESC, id DESC)
    WHERE statement_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX transaction_parts ON transaction (tenant_id, account_id)
    WHERE installment_total > 1 AND deleted_at IS NULL;
CREATE INDEX transaction_of_purchase ON transaction (tenant_id, user_id, purchase_day DESC, purchase_id DESC)
    WHERE purchase_id IS NOT NULL AND deleted_at IS NULL;

-- An account has a result per product.
ALTER TABLE sync_run_account ADD COLUMN product text NOT NULL DEFAULT 'TRANSACTIONS';
ALTER TABLE sync_run_account ALTER COLUMN product DROP DEFAULT;
ALTER TABLE sync_run_account DROP CONSTRAINT sync_run_account_pkey;
ALTER TABLE sync_run_account ADD PRIMARY KEY (tenant_id, run_id, account_id, product);
