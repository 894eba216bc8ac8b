-- What each source told of an account that says which one it is: providers tell more or less of it from one time to the
-- next. Keyed hashes, but for the bank's code, which is nobody's secret.
ALTER TABLE account_source
    -- Branch, number, kind and currency, of a card brand, last digits and currency; null until the source is read again.
    ADD COLUMN printed   text,
    ADD COLUMN holder    text,
    ADD COLUMN bank_code text;
CREATE INDEX account_source_printed ON account_source (tenant_id, printed) WHERE printed IS NOT NULL;
