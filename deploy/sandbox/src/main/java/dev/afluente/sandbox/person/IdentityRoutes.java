package dev.afluente.sandbox.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.account.AccountOpening;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

/** {@code /identity}: who holds the accounts of an item. {@code /investments} and {@code /loans}: nobody has any. */
@Singleton
public class IdentityRoutes {

    private final Api api;
    private final Items items;

    public IdentityRoutes(Api api, Items items) {
        this.api = api;
        this.items = items;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.GET, "/identity", this::ofItem);
        api.keyed(router, HttpMethod.GET, "/identity/:id", this::one);
        api.keyed(router, HttpMethod.GET, "/investments", this::none);
        api.keyed(router, HttpMethod.GET, "/loans", this::none);
    }

    private byte[] none(Call call) {
        call.queryUuid("itemId");
        return Json.bytes(Json.page(Json.array()));
    }

    private byte[] ofItem(Call call) {
        return Json.bytes(view(collected(items.find(call.queryUuid("itemId")))));
    }

    private byte[] one(Call call) {
        Item found = items.all().stream()
                .filter(item -> id(item).equals(call.path("id")))
                .findFirst()
                .orElse(null);
        return Json.bytes(view(collected(found)));
    }

    private static Item collected(Item item) {
        if (item == null || !item.progress().connected()) {
            throw PluggyError.notFound("IDENTITY_NOT_FOUND", "identity not found");
        }
        return item;
    }

    private static String id(Item item) {
        return UUID.nameUUIDFromBytes(("identity " + item.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static ObjectNode view(Item item) {
        Person person = AccountOpening.holder(item.origin().key());
        var draw = new Draw(item.origin().key(), 1);
        String birthDate =
                LocalDate.of(draw.between(1955, 2005), draw.between(1, 12), draw.between(1, 28)) + "T00:00:00.000Z";
        ObjectNode view = Json.object()
                .put("id", id(item))
                .put("itemId", item.id())
                .put("fullName", person.name())
                .put("document", person.cpf())
                .put("documentType", "CPF")
                .put("taxNumber", person.cpf())
                .put("birthDate", birthDate);
        String mail = person.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", ".") + "@correio.example";
        view.putArray("emails").addObject().put("type", "Personal").put("value", mail);
        view.putArray("phoneNumbers").addObject().put("type", "Personal").put("value", "+55 11 9" + draw.digits(8));
        String street = "Rua das Acácias, " + draw.between(1, 1999);
        view.putArray("addresses")
                .addObject()
                .put("fullAddress", street + ", São Paulo, SP")
                .put("primaryAddress", street)
                .put("city", "São Paulo")
                .put("state", "SP")
                .put("country", "Brasil")
                .put("postalCode", "0" + draw.digits(4) + "-" + draw.digits(3))
                .put("type", "Personal");
        view.putArray("relations");
        return view.put("createdAt", Json.time(item.createdAt())).put("updatedAt", Json.time(item.updatedAt()));
    }
}
