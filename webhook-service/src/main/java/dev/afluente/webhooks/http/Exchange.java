package dev.afluente.webhooks.http;

import dev.afluente.webhooks.intake.Admission;
import dev.afluente.webhooks.intake.Outcome;
import dev.afluente.webhooks.signature.Delivery;
import io.quarkus.logging.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * One request on its way through the door. Answers exactly once, at the latest at the deadline, whatever Kafka or the sender
 * does. Holds no more of a body than was allowed and admitted: a longer one is refused at the byte that is too many. Lives on
 * the request's event loop; only the outcome may arrive from elsewhere and is brought back there.
 */
final class Exchange extends Deadlines.Entry implements Handover.Settled {

    private static final String TRACEPARENT = "traceparent";

    private final WebhookRoute route;
    private final HttpServerRequest request;
    private final Vertx vertx;
    private final Context context;
    private final EventLoop loop;
    private Buffer body;
    private long reserved;
    private boolean settling;
    private boolean told;
    private Outcome outcome;
    private boolean answered;

    Exchange(WebhookRoute route, HttpServerRequest request, Vertx vertx) {
        this.route = route;
        this.request = request;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.loop = route.loop(context);
    }

    void start() {
        loop.deadlines().join(this);
        if (announced() > route.maxBodySize) {
            answer(Outcome.TOO_LARGE);
            return;
        }
        if (!reserve(Admission.OVERHEAD_BYTES)) {
            answer(Outcome.UNAVAILABLE);
            return;
        }
        request.exceptionHandler(gone -> abandon());
        request.handler(this::more);
        request.endHandler(end -> complete());
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void more(Buffer piece) {
        if (answered) {
            return;
        }
        int length = body == null ? 0 : body.length();
        if (length + piece.length() > route.maxBodySize) {
            answer(Outcome.TOO_LARGE);
        } else if (!reserve(piece.length())) {
            answer(Outcome.UNAVAILABLE);
        } else {
            body = body == null ? piece : body.appendBuffer(piece);
        }
    }

    private void complete() {
        if (answered) {
            return;
        }
        settling = true;
        long holding = reserved;
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        body = null;
        try {
            Delivery delivery = new Delivery(request.headers()::getAll, peer(), bytes);
            route.intake.take(delivery, request.getHeader(TRACEPARENT), outcome -> settled(outcome, holding));
        } catch (RuntimeException defect) {
            report(defect);
            if (!told) {
                settled(Outcome.FAILED, holding);
            }
        }
    }

    private void settled(Outcome outcome, long holding) {
        told = true;
        route.admission.release(holding);
        if (Vertx.currentContext() == context) {
            answer(outcome);
        } else {
            this.outcome = outcome;
            loop.handover().bring(this);
        }
    }

    @Override
    public void goOn() {
        answerAmongOthers(outcome);
    }

    @Override
    void late() {
        answerAmongOthers(Outcome.UNAVAILABLE);
    }

    /** Others come after this one and must have their answers whatever goes wrong here. */
    private void answerAmongOthers(Outcome outcome) {
        try {
            answer(outcome);
        } catch (RuntimeException defect) {
            report(defect);
        }
    }

    /** Its type only: the message may hold what was sent. */
    private static void report(RuntimeException defect) {
        Log.errorf("webhook: defect type=%s", defect.getClass().getName());
    }

    private void answer(Outcome outcome) {
        if (answered) {
            return;
        }
        finish();
        route.tally.answered(outcome, System.nanoTime() - started);
        if (request.response().closed()) {
            return;
        }
        // The request is asked nothing: it would take its lock for what is known here.
        if (settling) {
            route.answers.give(request.response(), outcome);
        } else {
            route.answers.giveLast(request.response(), outcome);
            Lingering.close(request, vertx);
        }
    }

    /** The sender hung up before its request was complete: there is nobody to answer and nothing to keep. */
    private void abandon() {
        if (!answered && !settling) {
            finish();
        }
    }

    private void finish() {
        answered = true;
        loop.deadlines().left(this);
        body = null;
        if (!settling) {
            route.admission.release(reserved);
            reserved = 0;
        }
    }

    private boolean reserve(long bytes) {
        boolean admitted = route.admission.reserve(bytes);
        if (admitted) {
            reserved += bytes;
        }
        return admitted;
    }

    private String peer() {
        // The request's own address is what a header says, wherever the server is told to believe forwarding headers.
        SocketAddress address = request.connection().remoteAddress();
        String literal = address == null ? null : address.hostAddress();
        return literal == null ? "" : literal;
    }

    /** The length the sender promises, or -1; what it sends is counted all the same. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
