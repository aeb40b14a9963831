package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.interop.StepwiseClient.Step;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpViolation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes of PLAIN and CURVE that are cut, changed or made up at any of their steps hurt nobody else and leave nothing behind. */
@SuppressWarnings("try") // a peer does its part by being there
class HostileHandshakesTest {
    private static final long SEED = 26;

    /** Of each way to spoil each step. */
    private static final int ROUNDS = 5;

    /** Less than a KiB for each connection. */
    private static final long SPARE_HEAP = 256 << 10;

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    private Path folder;

    /** The violations are those that some of what is sent is for certain. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PLAIN, not-zmtp authentication unexpected-command malformed-command malformed-metadata",
        "CURVE, not-zmtp bad-box nonce not-boxed unexpected-command malformed-command"
    })
    void hurtNobodyElseAndLeaveNothing(Mechanism mechanism, String violations) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker)) {
            Runnable honest = () -> {
                shakeHands(broker.clientsPort(), alice);
                serve(client, worker);
            };
            int refused = spoilEachStep(broker, alice, bob, honest); // what only the first ones need is kept
            long heap = broker.liveHeapOctets();
            int files = broker.openFiles();

            for (int round = 0; round < ROUNDS; round++) {
                refused += spoilEachStep(broker, alice, bob, honest);
            }

            awaitOpenFiles(broker, files);
            assertThat(broker.liveHeapOctets()).isLessThan(heap + SPARE_HEAP);
            broker.stop();
            assertThat(violations.split(" ")).allSatisfy(each -> assertThat(broker.counted("violations." + each))
                    .isPositive());
            assertThat(violations(broker)).isGreaterThanOrEqualTo(refused);
            assertThat(broker.counted("connections.failed")).isZero();
            assertThat(broker.process().errors()).doesNotContain(SecureSetup.password(""), setup.secretKey());
        }
    }

    @Test
    void whoLosesHisPasswordInTheMiddleOfHisHandshakeDoesNotGetIn() {
        SecureSetup setup = new SecureSetup(Mechanism.PLAIN, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        setup.add("bob", SecureSetup.WORKER); // a file without anybody would not be taken
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                StepwiseClient peer = new StepwiseClient(broker.clientsPort(), SocketType.DEALER, alice.mechanism())) {
            byte[] initiate = peer.upTo(Step.INITIATE).octets(Step.INITIATE); // WELCOME has come
            setup.remove("alice");
            broker.process().hangUp();
            broker.process().awaitErrors("connections closed that lost theirs: 0", 1);

            peer.peer().send(initiate);

            broker.process().awaitErrors("(alice): its credential was taken away or changed", 1);
            broker.stop();
            assertThat(broker.counted("connections.revoked")).isOne();
        }
    }

    /** Returns how many of them were refused for certain. */
    private int spoilEachStep(BrokerProcess broker, PeerUser client, PeerUser worker, Runnable honest) {
        int refused = 0;
        for (Step step : Step.values()) {
            for (Spoiling spoiling : Spoiling.values()) {
                refused += visit(broker, client, worker, step, spoiling) ? 1 : 0;
                honest.run();
            }
        }
        return refused;
    }

    /** Shakes hands as far as that step, and spoils it. */
    private boolean visit(BrokerProcess broker, PeerUser client, PeerUser worker, Step step, Spoiling spoiling) {
        boolean asClient = step != Step.MESSAGE && random.nextBoolean(); // a changed message shall not be a request
        try (StepwiseClient peer = asClient
                ? new StepwiseClient(broker.clientsPort(), SocketType.DEALER, client.mechanism())
                : new StepwiseClient(broker.answersPort(), SocketType.PUSH, worker.mechanism())) {
            byte[] octets = spoiling.apply(peer.upTo(step).octets(step), random);
            peer.peer().send(octets);
            boolean refused = isRefused(step, spoiling, peer.isCurve());
            if (refused) {
                peer.peer().awaitEnd();
            } else if (random.nextBoolean()) {
                peer.peer().reset();
            }
            return refused;
        }
    }

    /** Whether no chance can make it lawful, or wait for more. In clear, what stands behind INITIATE are messages and commands. */
    private static boolean isRefused(Step step, Spoiling spoiling, boolean curve) {
        return switch (spoiling) {
            case CUT, FLIPPED, JUNK -> false;
            case WRONG_AT_THE_END -> step != Step.GREETING && (curve || step != Step.MESSAGE);
            case JUNK_IN_A_COMMAND -> curve || step != Step.MESSAGE;
            case TWICE -> curve || step.compareTo(Step.INITIATE) < 0;
        };
    }

    private static void shakeHands(int port, PeerUser user) {
        try (StepwiseClient honest = new StepwiseClient(port, SocketType.DEALER, user.mechanism())) {
            assertThat(honest.upTo(Step.MESSAGE).octets(Step.MESSAGE)).isNotEmpty();
        }
    }

    private static void serve(Client client, Worker worker) {
        client.ask(Message.of("question"));
        Worker.Task task = worker.fetch();
        worker.answer(task, Message.of("answer"));
        assertThat(client.answer()).isEqualTo(Message.of("answer"));
    }

    private static void awaitOpenFiles(BrokerProcess broker, int most) {
        long deadlineNanos = System.nanoTime() + Limits.SOON.toNanos();
        while (broker.openFiles() > most) {
            assertThat(System.nanoTime() - deadlineNanos)
                    .as("more than %d are open: %s", most, broker.openFileNames())
                    .isNegative();
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private static long violations(BrokerProcess broker) {
        return Arrays.stream(ZmtpViolation.values())
                .map(violation -> violation.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .mapToLong(label -> broker.counted("violations." + label))
                .sum();
    }
}
