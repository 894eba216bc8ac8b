package dev.afluente.sync.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.model.openapi.contract.ApiContract;
import dev.afluente.model.openapi.contract.OfferedOperations;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document names every operation of the running service, and no other. */
@QuarkusTest
class ApiDocumentTest {
    @Test
    void everyOperationOfTheServiceIsInTheDocumentAndTheReverse() {
        Set<String> documented = ApiContract.served().operations().stream()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toSet());

        assertThat(documented).isEqualTo(OfferedOperations.offered()).hasSizeGreaterThan(5);
    }

    @Test
    void everyOperationOfTheDocumentIsThere() {
        for (ApiContract.Operation operation : ApiContract.served().operations()) {
            String path =
                    operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());

            assertThat(RestAssured.given()
                            .request(operation.method(), path)
                            .jsonPath()
                            .getString("code"))
                    .as(operation.id())
                    .isEqualTo("unauthorized");
        }
    }
}
