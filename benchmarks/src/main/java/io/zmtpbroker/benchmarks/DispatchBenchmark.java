package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.broker.dispatch.Client;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Intake;
import io.zmtpbroker.broker.dispatch.Principal;
import io.zmtpbroker.broker.dispatch.ReplyPort;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.TaskPort;
import io.zmtpbroker.broker.dispatch.Worker;
import io.zmtpbroker.broker.dispatch.WorkerKind;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the dispatcher itself cost a request: asked, handed out with a deadline, answered; and does that grow with the
 * number of requests that wait?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int STEP_NANOS = 1000;

    /** Requests that wait all the time. */
    @Param({"0", "10", "1000", "1000000"})
    int waiting;

    private final Ports ports = new Ports();
    private final ByteBuf body = Unpooled.buffer().writeZero(64);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Dispatcher<ByteBuf> dispatcher = new Dispatcher<>(
            new DispatchConfig(3, TIMEOUT_NANOS, 0, Long.MAX_VALUE), random::nextLong, new IgnoringIntake());
    private final Service<ByteBuf> service = dispatcher.service("");
    private final Client<ByteBuf> client = dispatcher.openClient(ports, GonePolicy.RUN);
    private final Worker<ByteBuf> worker =
            dispatcher.openWorker(service, ports, WorkerKind.ANSWERS_ELSEWHERE, Principal.ANYBODY);
    private long nowNanos;

    /** Fills the queue. */
    @Setup(Level.Trial)
    public void fillQueue() {
        for (int i = 0; i < waiting; i++) {
            ask();
        }
    }

    /** One request in, one request through. */
    @Benchmark
    public long cycle() {
        nowNanos += STEP_NANOS;
        ask();
        dispatcher.onReady(worker, 1, nowNanos);
        dispatcher.onWritten(worker);
        dispatcher.onAnswer(Principal.ANYBODY, ports.idHigh, ports.idLow, body, nowNanos);
        return ports.answered;
    }

    private void ask() {
        dispatcher.onRequest(client, service, body.retain(), 64 + Request.OVERHEAD_OCTETS, nowNanos);
    }

    private static final class Ports implements ReplyPort<ByteBuf>, TaskPort<ByteBuf> {

        long idHigh;
        long idLow;
        long answered;

        @Override
        public void assign(Request<ByteBuf> request) {
            idHigh = request.idHigh();
            idLow = request.idLow();
        }

        @Override
        public void answer(Request<ByteBuf> request, ByteBuf content) {
            answered += content.readableBytes();
        }

        @Override
        public void fail(Request<ByteBuf> request) {
            throw new AssertionError("no request fails here");
        }
    }

    private static final class IgnoringIntake implements Intake {

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
