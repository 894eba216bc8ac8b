package dev.afluente.model.pluggy.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * One row of a list as a tree of bounded depth and numbers, whatever it holds: a number of more than {@value
 * PluggyJson#MAX_DIGITS} digits or with an exponent beyond arithmetic, and what lies deeper than {@value #MAX_DEPTH}
 * levels, become {@code {"cut": true}}: an object, because a text could be taken for what was there. Where such a field
 * matters its row cannot be read and is set aside; its neighbours are not touched.
 */
public final class RowTree extends JsonDeserializer<JsonNode> {
    private static final int MAX_DEPTH = 50;
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public JsonNode deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return read(json, 0);
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) {
        return NODES.nullNode();
    }

    private static JsonNode read(JsonParser json, int depth) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isStructStart() && depth >= MAX_DEPTH) {
            json.skipChildren();
            return cut();
        }
        return switch (token) {
            case START_OBJECT -> object(json, depth);
            case START_ARRAY -> array(json, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json, token);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(json.getText());
        };
    }

    private static JsonNode object(JsonParser json, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            object.set(name, read(json, depth + 1));
        }
        return object;
    }

    private static JsonNode array(JsonParser json, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(json, depth + 1));
        }
        return array;
    }

    private static JsonNode number(JsonParser json, JsonToken token) throws IOException {
        int length = json.getTextLength();
        if (length > PluggyJson.MAX_DIGITS) {
            return cut();
        }
        try {
            if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                return DecimalNode.valueOf(new BigDecimal(json.getText()));
            }
            if (length <= INT_DIGITS) {
                return NODES.numberNode(Integer.parseInt(json.getText()));
            }
            return length <= LONG_DIGITS
                    ? NODES.numberNode(Long.parseLong(json.getText()))
                    : NODES.numberNode(new BigInteger(json.getText()));
        } catch (NumberFormatException e) {
            return cut();
        }
    }

    private static JsonNode cut() {
        return NODES.objectNode().put("cut", true);
    }
}
