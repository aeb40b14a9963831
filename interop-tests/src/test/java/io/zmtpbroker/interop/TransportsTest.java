package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which transport the broker takes, and that all is well on it where the kernel forbids the best one, as containers do. */
class TransportsTest {
    private static final String EPOLL = "anon_inode:[eventpoll]";
    private static final String IO_URING = "anon_inode:[io_uring]";

    /** The number of io_uring_setup on every architecture. */
    private static final String IO_URING_SETUP = "425";

    private static final int REQUESTS = 50;

    @Test
    void takesEpollByItself() {
        try (BrokerProcess broker = BrokerCommand.asShipped().start()) {
            assertThat(broker.openFileNames()).contains(EPOLL).doesNotContain(IO_URING);
            assertServes(broker);
        }
    }

    @Test
    void takesIoUringWhereItIsAskedForAndAllowed() throws IOException {
        Path disabled = Path.of("/proc/sys/kernel/io_uring_disabled");
        assumeTrue(Files.exists(disabled), "a kernel before 6.6 does not say whether it allows io_uring");
        assumeTrue(Files.readString(disabled).strip().equals("0"), "io_uring is not allowed here");

        try (BrokerProcess broker =
                BrokerCommand.asShipped().transport("io_uring").start()) {
            assertThat(broker.openFileNames()).contains(IO_URING);
            assertServes(broker);
        }
    }

    @Test
    void saysWhyWhereIoUringIsForbiddenAndWasAskedFor() {
        try (ChildProcess process = BrokerCommand.asShipped()
                .transport("io_uring")
                .under(forbiddingIoUring())
                .launch()) {
            assertThat(process.awaitExit(Limits.SOON)).isEqualTo(1);
            assertThat(process.errors())
                    .isEqualToIgnoringWhitespace("zmtp-broker: the transport io_uring does not work here:"
                            + " failed to create io_uring ring fd: Operation not permitted");
        }
    }

    private static void assertServes(BrokerProcess broker) {
        GuideWorkerPlan work = GuideWorkerPlan.of(WorkerProtocol.REP, broker.workers(), broker.answers(), "");
        GuideClientPlan ask = GuideClientPlan.of(ClientProtocol.REQ, broker.clients(), "");
        try (GuideWorkers worker = GuidePeers.start(PeerLibrary.JEROMQ, work);
                RunningClients clients = GuidePeers.start(PeerLibrary.JEROMQ, ask.times(2, REQUESTS))) {
            assertThat(worker).isNotNull();
            assertThat(clients.await().isAllRight(2 * REQUESTS)).isTrue();
        }
    }

    private static String[] forbiddingIoUring() {
        return new String[] {
            RealPeers.python(), PythonPeer.resource("forbid.py").toString(), IO_URING_SETUP
        };
    }
}
