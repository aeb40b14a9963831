package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.zmtp.wire.Frames;

/** The services that the broker itself offers to Majordomo clients (8/MMI). */
final class MajordomoManagement {

    private static final String PREFIX = "mmi.";
    private static final String SERVICE = "mmi.service";
    private static final byte[] OFFERED = FrameMatch.text("200");
    private static final byte[] NOT_OFFERED = FrameMatch.text("404");
    private static final byte[] NOT_IMPLEMENTED = FrameMatch.text("501");

    private final Dispatcher<ByteBuf> dispatcher;

    MajordomoManagement(Dispatcher<ByteBuf> dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Whether a service is the broker's, so that no worker may offer it. */
    static boolean isItsService(String service) {
        return service.startsWith(PREFIX);
    }

    /**
     * Writes the answer to a request, as one last frame.
     *
     * @param body the request's first body frame at its reader index
     */
    void answer(String service, ByteBuf body, ByteBuf out) {
        Frames.write(out, false, status(service, body));
    }

    private byte[] status(String service, ByteBuf body) {
        if (!service.equals(SERVICE)) {
            return NOT_IMPLEMENTED;
        }
        String asked = FrameMatch.textAt(body, body.readerIndex());
        return isItsService(asked) ? asked.equals(SERVICE) ? OFFERED : NOT_OFFERED : offered(asked);
    }

    private byte[] offered(String service) {
        return dispatcher.isOffered(service) ? OFFERED : NOT_OFFERED;
    }
}
