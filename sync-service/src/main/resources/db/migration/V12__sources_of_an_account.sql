-- What each source told of an account that says which one it is: providers tell more or less of it from one time to the
-- next. Keyed hashes, but for the bank's code, which is nobody's secret.
ALTER TABLE account_source
    -- Branch, number, kind and currency, of a card brand, last digits and currency; null until the source is read again.
    ADD COLUMN printed   text,
    ADD COLUMN holder    text,
    ADD COLUMN bank_code text;
CREATE INDEX account_source_printed ON account_source (tenant_id, printed) WHERE printed IS NOT NULL;

-- The latest instant up to which any source of the account had collected what the ledger shows: an older source that reads
-- it again may be behind that.
SELECT set_config('afluente.tenant', '*', true);
ALTER TABLE account ADD COLUMN as_of timestamptz;
UPDATE account SET as_of = watermark WHERE watermark IS NOT NULL;
