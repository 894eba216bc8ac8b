package dev.afluente.model.pluggy;

import dev.afluente.model.pluggy.failure.AnswerTooLargeException;
import dev.afluente.model.pluggy.wire.PluggyJson;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.resteasy.reactive.client.impl.VertxRequestCustomizingClientBuilder;

/**
 * Bounds what one answer of Pluggy may weigh, before it is in memory: the client gathers a whole body first and has no
 * limit of its own. At the first byte too many the connection is closed and the call fails with {@link
 * AnswerTooLargeException}. Found by the client as a service.
 */
public final class AnswerLimit implements RestClientListener {
    /** A page of 500 rows weighs about 1 MiB. */
    static final long MAX_BYTES = PluggyJson.MAX_DOCUMENT;

    private static final String NAME = "answer-limit";

    @Override
    public void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (client == PluggyClient.class && builder instanceof VertxRequestCustomizingClientBuilder<?> vertx) {
            vertx.httpClientRequestCustomizer(AnswerLimit::watch);
        }
    }

    private static void watch(HttpClientRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            ChannelPipeline pipeline = connection.channel().pipeline();
            if (pipeline.get(NAME) == null && pipeline.get("codec") != null) {
                pipeline.addAfter("codec", NAME, new Meter(connection));
            }
        }
    }

    /** Lives with its connection, on the connection's own thread. */
    private static final class Meter extends ChannelInboundHandlerAdapter {
        private final ConnectionBase connection;
        private long bytes;

        Meter(ConnectionBase connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpResponse) {
                bytes = 0;
            }
            if (part instanceof HttpContent content) {
                bytes += content.content().readableBytes();
            }
            if (bytes <= MAX_BYTES) {
                context.fireChannelRead(part);
                return;
            }
            ReferenceCountUtil.release(part);
            context.fireExceptionCaught(new AnswerTooLargeException());
            connection.close();
        }
    }
}
