package io.zmtpbroker.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.wire.Frames;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A worker that answers each task at once with what it was given. */
final class LoadWorker extends LoadConnection {

    /** What asks for a task; empty for a worker that is given tasks unasked. */
    private final byte[] request;

    /** Where answers go; null for a worker that answers on its own connection. */
    private final @Nullable LoadConnection answers;

    LoadWorker(LoadLoop loop, Runnable onHandshake, WorkerDialect dialect, @Nullable LoadConnection answers) {
        super(loop, onHandshake);
        request = dialect.request().getBytes(StandardCharsets.US_ASCII);
        this.answers = answers;
    }

    @Override
    void onOpen() {
        if (request.length > 0) {
            say(request);
        }
    }

    @Override
    public void onMessage(ByteBuf message) {
        if (answers == null) { // envelope and all
            say(message);
            return;
        }
        message.skipBytes(Frames.EMPTY_LENGTH);
        answers.say(message);
        say(request);
    }
}
