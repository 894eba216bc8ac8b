package dev.afluente.sync.source.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.category.CategorySource.ProviderCategory;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluggyCategoriesTest {
    private static final String FOOD = """
            {"id":"11000000","description":"Food and drinks","descriptionTranslated":"Alimentos e bebidas"}""";
    private static final String OUT = """
            {"id":"11010000","description":"Eating out","parentId":"11000000","parentDescription":"Food and drinks"}""";

    @Test
    void theDocumentsArrayAndTheExamplesEnvelopeAreTheSameTree() throws JsonProcessingException {
        String list = "[" + FOOD + "," + OUT + "]";
        List<ProviderCategory> tree = List.of(
                new ProviderCategory("11000000", null, "Alimentos e bebidas", "Food and drinks"),
                new ProviderCategory("11010000", "11000000", "Eating out", "Eating out"));

        assertThat(read(list)).isEqualTo(tree);
        assertThat(read("{\"page\":1,\"total\":2,\"totalPages\":1,\"results\":" + list + "}"))
                .isEqualTo(tree);
    }

    @Test
    void whatIsNoCategoryCostsTheOthersNothing() throws JsonProcessingException {
        assertThat(read("[null,7,\"x\",{},{\"id\":\" \"},{\"id\":5,\"description\":\"x\"},{\"id\":\"1\"}," + FOOD + ","
                        + FOOD + "]"))
                .extracting(ProviderCategory::id)
                .containsExactly("11000000");
        assertThat(read("{}")).isEmpty();
        assertThat(read("\"closed for maintenance\"")).isEmpty();
    }

    private static List<ProviderCategory> read(String json) throws JsonProcessingException {
        return PluggyCategories.read(PluggyJson.MAPPER.readTree(json));
    }
}
