-- What the provider says of a row, as one number (merge.LedgerColumns): a page that says the same is recognised by it
-- without being sent to the database. Null compares column by column.
ALTER TABLE transaction ADD COLUMN content bigint;

-- The bank's COMPE code or ISPB, where the provider tells it: a statement in OFX names it.
ALTER TABLE account ADD COLUMN bank_code text;
