package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;

/** The empty message that a socket with ZMQ_PROBE_ROUTER sends first, a REQ included. It means nothing to a broker. */
final class Probe {

    private static final int EMPTY_MESSAGE_LENGTH = 2;

    private Probe() {}

    static boolean is(ByteBuf firstMessage) {
        return firstMessage.readableBytes() == EMPTY_MESSAGE_LENGTH;
    }
}
