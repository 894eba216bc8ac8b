package dev.afluente.sync.source.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.afluente.model.pluggy.wire.PluggyItem;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Readiness.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an item says of its products, in the words of Pluggy's OpenAPI document. */
class PluggyReadinessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPDATED  | SUCCESS         | null                                                         | true  | false | false",
                "UPDATED  | PARTIAL_SUCCESS | null                                                         | false | false | false",
                "UPDATED  | PARTIAL_SUCCESS | {'transactions':{'isUpdated':false}}                         | false | true  | true",
                "UPDATED  | PARTIAL_SUCCESS | {'transactions':{'isUpdated':true},'creditCards':{'isUpdated':false}} | false | false | true",
                "UPDATED  | SUCCESS         | {'transactions':{'isUpdated':false},'identity':null}         | false | true  | true",
                "UPDATED  | PARTIAL_SUCCESS | {'identity':{'isUpdated':false},'transactions':null}         | false | false | false",
                "UPDATED  | SUCCESS         | {'transactions':{'isUpdated':null},'creditCards':{}}         | true  | false | false",
                "OUTDATED | ERROR           | null                                                         | false | false | false"
            })
    void tellsWhoseTransactionsTheBankRefused(
            String status, String execution, String detail, boolean complete, boolean accounts, boolean cards)
            throws JsonProcessingException {
        PluggyItem item = PluggyJson.MAPPER.readValue(
                """
                {"id": "item", "status": "%s", "executionStatus": "%s", "statusDetail": %s,
                 "lastUpdatedAt": "2026-03-10T09:15:02.000Z"}""".formatted(status, execution, detail.replace('\'', '"')), PluggyItem.class);

        Readiness.Ready ready = (Readiness.Ready) PluggySource.readiness(item);

        assertThat(ready.complete()).isEqualTo(complete);
        assertThat(ready.refused()).isEqualTo(new Refused(accounts, cards));
        assertThat(ready.asOf()).isEqualTo("2026-03-10T09:15:02Z");
    }
}
