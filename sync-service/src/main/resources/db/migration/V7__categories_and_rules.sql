-- The providers' trees belong to nobody: every tenant reads the same rows, and only the service's own rounds ('*') write.
CREATE TABLE provider_category (
    provider  text    NOT NULL,
    id        text    NOT NULL,
    parent_id text,
    name_pt   text    NOT NULL,
    name_en   text    NOT NULL,
    -- False once the provider lists it no longer: rows that carry it keep its name.
    listed    boolean NOT NULL,
    PRIMARY KEY (provider, id)
);
-- When a provider is asked next; moved before it is asked, so that one instance asks.
CREATE TABLE category_round (
    provider text        PRIMARY KEY,
    due_at   timestamptz NOT NULL
);
ALTER TABLE provider_category ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_category FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON provider_category FOR SELECT USING (current_setting('afluente.tenant', true) <> '');
CREATE POLICY write ON provider_category
    USING (current_setting('afluente.tenant', true) = '*') WITH CHECK (current_setting('afluente.tenant', true) = '*');
ALTER TABLE category_round ENABLE ROW LEVEL SECURITY;
ALTER TABLE category_round FORCE ROW LEVEL SECURITY;
CREATE POLICY rounds ON category_round
    USING (current_setting('afluente.tenant', true) = '*') WITH CHECK (current_setting('afluente.tenant', true) = '*');

CREATE TABLE category (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    user_id    text        NOT NULL,
    name       text        NOT NULL,
    -- A provider's or one of the same person's; no key, because it may be either.
    parent_id  text,
    colour     text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX category_of_user ON category (tenant_id, user_id);

-- What a person wants done without being asked. Every condition that is there must hold; the lowest priority wins.
CREATE TABLE category_rule (
    tenant_id    text        NOT NULL,
    id           uuid        NOT NULL,
    user_id      text        NOT NULL,
    priority     int         NOT NULL,
    category_id  text        NOT NULL,
    text         text,
    text_match   text CHECK (text_match IN ('CONTAINS', 'EQUALS', 'STARTS')),
    merchant     text,
    document     text,
    min_amount   numeric,
    max_amount   numeric,
    account_id   uuid,
    type         text CHECK (type IN ('DEBIT', 'CREDIT')),
    -- Text as it is compared.
    text_key     text,
    merchant_key text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX category_rule_in_order ON category_rule (tenant_id, user_id, priority, id);
-- Few rows of the ledger are somebody's own words; these find them again.
CREATE INDEX transaction_by_rule ON transaction (tenant_id, rule_id) WHERE rule_id IS NOT NULL;
CREATE INDEX transaction_by_user_category ON transaction (tenant_id, user_id, user_category_id)
    WHERE user_category_id IS NOT NULL;

-- Without accents and case, with single spaces: what SearchText does for descriptions, for names that are compared here.
CREATE FUNCTION search_key(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN btrim(regexp_replace(lower(regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g')), '\s+', ' ', 'g'));
CREATE FUNCTION digits(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(words, '\D', '', 'g');

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['category', 'category_rule']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I
            USING (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')
            WITH CHECK (tenant_id = current_setting(''afluente.tenant'', true) OR current_setting(''afluente.tenant'', true) = ''*'')', name);
    END LOOP;
END $$;
