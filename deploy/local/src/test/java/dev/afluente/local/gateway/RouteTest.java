package dev.afluente.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.local.stack.PortPlan.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/api/banking/webhooks/pluggy, WEBHOOK",
        "/api/banking/webhooks/pluggy/, WEBHOOK",
        "/api/banking/accounts, SYNC",
        "/api/banking/accounts/, SYNC",
        "/api/banking/accounts/1/status, SYNC",
        "/api/banking/transactions/changes, SYNC",
        "/api/banking/accounts/1/bills, SYNC",
        "/api/banking/bills/7, SYNC",
        "/api/banking/installments, SYNC",
        "/api/banking/categories, SYNC",
        "/api/banking/category_rules/7, SYNC",
        "/api/banking/transfers/7, SYNC",
        "/api/banking/sync_runs/7/events, SYNC",
        "/api/banking/dashboard, SYNC",
        "/api/banking/events/7/replay, SYNC",
        "/api/banking/pluggy/accounts/7/status, SYNC",
        "/api/banking/pluggy/accounts/7/sync/, SYNC",
        "/api/banking/pluggy/accounts/7/disconnect, CONNECTION",
        "/api/banking/pluggy/banks, CONNECTION",
        "/api/banking/connections/7/sync, CONNECTION",
        "/api/banking/accountsandmore, CONNECTION",
        "/api/banking, CONNECTION",
        "/api/v1/dashboard/summary, CONNECTION",
        "/api/users/ana/banks, CONNECTION",
    })
    void knowsWhoAnswers(String path, Role role) {
        assertThat(Route.of(path)).contains(role);
    }

    @Test
    void knowsNobodyElse() {
        for (String path : new String[] {"/", "/api", "/apis/banking", "/q/health", "/favicon.ico", ""}) {
            assertThat(Route.of(path)).isEmpty();
        }
    }
}
