package dev.afluente.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {
    /** What clients branch on: a line is added for a new code and never changed. */
    private static final String GOLDEN = """
            bad_request 400
            invalid_parameter 400
            invalid_cursor 400
            invalid_body 400
            invalid_answer 400
            credentials_refused 400
            not_an_event 400
            unauthorized 401
            not_genuine 401
            forbidden 403
            not_found 404
            connection_not_found 404
            item_not_found 404
            account_not_found 404
            transaction_not_found 404
            sync_run_not_found 404
            bank_not_found 404
            consent_not_found 404
            notification_not_found 404
            category_not_found 404
            category_rule_not_found 404
            bill_not_found 404
            transfer_not_found 404
            decision_not_found 404
            event_not_found 404
            no_active_banks 404
            method_not_allowed 405
            not_acceptable 406
            conflict 409
            no_pending_challenge 409
            challenge_expired 409
            connection_busy 409
            category_in_use 409
            decision_final 409
            event_not_replayable 409
            payload_too_large 413
            unsupported_media_type 415
            too_many_requests 429
            internal_error 500
            provider_rejected 502
            provider_unavailable 503
            secrets_unavailable 503
            storage_unavailable 503
            stream_unavailable 503
            upstream_unavailable 503
            """;

    @Test
    void codesAndTheirStatusesAreForEver() {
        assertThat(Arrays.stream(ProblemCode.values())
                        .map(code -> code.wire() + " " + code.status() + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(GOLDEN);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyProblemCarriesItsCodeStatusAndTitle(ProblemCode code) {
        for (HttpProblem problem :
                new HttpProblem[] {code.problem(), code.because("Say it otherwise"), code.retryAfter(7)}) {
            assertThat(problem.getStatusCode()).isEqualTo(code.status());
            assertThat(problem.getTitle()).isEqualTo(code.title());
            assertThat(problem.getParameters()).containsEntry("code", code.wire());
        }
        assertThat(code.because("Say it otherwise").getDetail()).isEqualTo("Say it otherwise");
        assertThat(code.retryAfter(7).getHeaders()).containsEntry("Retry-After", "7");
    }
}
