package dev.afluente.webhooks.http;

import io.vertx.core.Context;

/** What the exchanges of one event loop share. */
record EventLoop(Handover handover, Deadlines deadlines) {

    /** @param loop a context of the event loop that is no single request's */
    static EventLoop of(Context loop, long deadlineMillis) {
        return new EventLoop(
                new Handover(task -> loop.runOnContext(here -> task.run())),
                new Deadlines(loop.owner(), deadlineMillis));
    }
}
