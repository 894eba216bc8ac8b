-- Which header secret a webhook was last given, as a fingerprint only, by a process that started when, and what Pluggy
-- answered: when the webhook is another, or has been changed since, it may carry another secret. It is no tenant's, so its
-- rows are of all of them, '*', and seen by the service's own rounds only.
CREATE TABLE sent_secrets (
    tenant_id   text        NOT NULL,
    url         text        NOT NULL,
    event       text        NOT NULL,
    fingerprint text        NOT NULL,
    started_at  timestamptz NOT NULL,
    sent_at     timestamptz NOT NULL,
    webhook_id  text,
    updated_at  timestamptz,
    PRIMARY KEY (tenant_id, url, event)
);
ALTER TABLE sent_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE sent_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON sent_secrets USING (
    tenant_id = current_setting('afluente.tenant', true) OR current_setting('afluente.tenant', true) = '*');
