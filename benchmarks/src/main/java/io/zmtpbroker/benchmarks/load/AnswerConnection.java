package io.zmtpbroker.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** The PUSH on which a worker that fetches answers. */
final class AnswerConnection extends LoadConnection {

    AnswerConnection(LoadLoop loop, Runnable onHandshake) {
        super(loop, onHandshake);
    }

    @Override
    void onOpen() {}

    @Override
    public void onMessage(ByteBuf message) {
        loop().wrong(); // a PULL says nothing
    }
}
