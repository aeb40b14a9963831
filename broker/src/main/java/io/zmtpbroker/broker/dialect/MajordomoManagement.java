package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.zmtp.wire.Frames;

/** The services that the broker itself offers to Majordomo clients (8/MMI). */
final class MajordomoManagement {

    private static final String PREFIX = "mmi.";
    private static final String SERVICE = "mmi.service";
    private static final String OFFERED = "200";
    private static final String NOT_OFFERED = "404";
    private static final String NOT_IMPLEMENTED = "501";

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
        String status = status(service, body);
        Frames.writeHeader(out, false, status.length());
        ByteBufUtil.writeAscii(out, status);
    }

    private String status(String service, ByteBuf body) {
        if (!service.equals(SERVICE)) {
            return NOT_IMPLEMENTED;
        }
        if (Frames.bodyLength(body, body.readerIndex()) > MajordomoVersion.MAX_SERVICE_LENGTH) {
            return NOT_OFFERED;
        }
        String asked = FrameMatch.textAt(body, body.readerIndex());
        return isItsService(asked) ? asked.equals(SERVICE) ? OFFERED : NOT_OFFERED : offered(asked);
    }

    private String offered(String service) {
        return dispatcher.isOffered(service) ? OFFERED : NOT_OFFERED;
    }
}
