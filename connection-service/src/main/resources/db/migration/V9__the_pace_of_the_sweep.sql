-- When work was last done; at first, when it was first wanted.
ALTER TABLE tasks ADD COLUMN since timestamptz NOT NULL DEFAULT now();

-- From when on it goes before other work of its kind that is due; null for never.
ALTER TABLE tasks ADD COLUMN first_at timestamptz;

-- When the sweep may ask each provider next. A provider's patience is no tenant's: its rows are of all of them, '*', and seen
-- by the service's own rounds only. `tat` is the end of what was given away, `turn_at` what was given last, null when
-- nothing was; from `slowed_at` on the rate grows back from `slowed_to` questions a minute.
CREATE TABLE sweep_budget (
    tenant_id text        NOT NULL,
    provider  text        NOT NULL,
    tat       timestamptz NOT NULL,
    turn_at   timestamptz,
    slowed_at timestamptz,
    slowed_to integer     NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, provider)
);
ALTER TABLE sweep_budget ENABLE ROW LEVEL SECURITY;
ALTER TABLE sweep_budget FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON sweep_budget USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
