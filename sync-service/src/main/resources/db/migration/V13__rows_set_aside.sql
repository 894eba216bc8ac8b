-- Rows that were set aside are shown page by page: an id of ours, because a row's own may hold anything.
ALTER TABLE set_aside ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE INDEX set_aside_of_account ON set_aside (tenant_id, account_id, received_at DESC, id DESC);
