-- The name a person gives an account; no sync touches it.
ALTER TABLE account ADD COLUMN alias text;

-- A category's rows in the list's order: the list by category is a walk along an index, at any depth.
CREATE INDEX transaction_of_category ON transaction (tenant_id, user_id, category_id, date DESC, id DESC)
    WHERE deleted_at IS NULL;
