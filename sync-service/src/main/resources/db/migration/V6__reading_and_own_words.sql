-- The name a person gives an account; no sync touches it.
ALTER TABLE account ADD COLUMN alias text;

-- A category's rows in the list's order: the list by category is a walk along an index, at any depth.
CREATE INDEX transaction_of_category ON transaction (tenant_id, user_id, category_id, date DESC, id DESC)
    WHERE deleted_at IS NULL;

-- What is searched beside the description: the parties as a sync writes them, the notes as the person does. Both are
-- folded by the service; what is there already is folded here, as far as Portuguese goes.
SELECT set_config('afluente.tenant', '*', true);
ALTER TABLE transaction ADD COLUMN party_text text, ADD COLUMN notes_text text;
UPDATE transaction
SET party_text = lower(btrim(regexp_replace(translate(concat_ws(' ', merchant_name, counterparty_name),
    'ÁÀÂÃÄáàâãäÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÕÖóòôõöÚÙÛÜúùûüÇçÑñ', 'AAAAAaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuCcNn'), '\s+', ' ', 'g')))
WHERE merchant_name IS NOT NULL OR counterparty_name IS NOT NULL;
