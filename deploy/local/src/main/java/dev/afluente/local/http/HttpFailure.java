package dev.afluente.local.http;

/** A request that was not answered with 2xx. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status 0 when there was no answer */
    public HttpFailure(String request, int status, String detail) {
        super(request + (status == 0 ? " failed: " : " answered " + status + ": ") + detail);
        this.status = status;
    }

    /** 0 when there was no answer. */
    public int status() {
        return status;
    }
}
