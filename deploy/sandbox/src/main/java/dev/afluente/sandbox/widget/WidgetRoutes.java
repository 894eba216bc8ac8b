package dev.afluente.sandbox.widget;

import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.http.PluggyError;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages that stand in for Pluggy Connect and for the banks' own pages, and the banks' logos. */
@Singleton
public class WidgetRoutes {

    private static final Pattern LOGO = Pattern.compile("(\\d{1,6})\\.svg");

    private final Connectors connectors;
    private final Buffer connect = read("/pages/connect.html");
    private final Buffer authorize = read("/pages/authorize.html");

    public WidgetRoutes(Connectors connectors) {
        this.connectors = connectors;
    }

    void register(@Observes Router router) {
        router.get("/connect").handler(context -> html(context, connect));
        router.get("/connect/authorize").handler(context -> html(context, authorize));
        router.get("/connect/logo/:file").handler(this::logo);
    }

    private static void html(RoutingContext context, Buffer page) {
        context.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader(
                        "content-security-policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'")
                .putHeader("referrer-policy", "no-referrer")
                .end(page);
    }

    private void logo(RoutingContext context) {
        Matcher file = LOGO.matcher(context.pathParam("file"));
        Connector connector;
        try {
            connector = file.matches() ? connectors.get(Integer.parseInt(file.group(1))) : null;
        } catch (PluggyError unknown) {
            connector = null;
        }
        if (connector == null) {
            context.response().setStatusCode(404).end();
            return;
        }
        String svg =
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'><circle cx='24' cy='24' r='24' fill='#"
                        + connector.color()
                        + "'/><text x='24' y='32' font-family='sans-serif' font-size='22' fill='#fff' "
                        + "text-anchor='middle'>" + initial(connector.name()) + "</text></svg>";
        context.response().putHeader("content-type", "image/svg+xml").end(svg);
    }

    private static String initial(String name) {
        String[] words = name.split(" ", -1);
        return words[words.length > 1 && words[0].equals("Banco") ? words.length - 1 : 0].substring(0, 1);
    }

    private static Buffer read(String resource) {
        try (InputStream in = WidgetRoutes.class.getResourceAsStream(resource)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
