package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.net.Transport;
import org.junit.jupiter.api.Test;

/** Which transport the broker takes, and that all is well on it where the kernel forbids the best one, as containers do. */
class TransportsTest {
    private static final String EPOLL = "anon_inode:[eventpoll]";
    private static final String IO_URING = "anon_inode:[io_uring]";

    /** The number of io_uring_setup on every architecture. */
    private static final String IO_URING_SETUP = "425";

    private static final int REQUESTS = 50;

    @Test
    void takesIoUringWhereItIsThereAndAllowed() {
        try (BrokerProcess broker = BrokerCommand.choosingTransport().start()) {
            assertThat(broker.openFileNames()).contains(hasIoUring() ? IO_URING : EPOLL);
            assertServes(broker);
        }
    }

    @Test
    void takesEpollWhereIoUringIsForbidden() {
        try (BrokerProcess broker =
                BrokerCommand.choosingTransport().under(forbiddingIoUring()).start()) {
            assertThat(broker.openFileNames()).contains(EPOLL).doesNotContain(IO_URING);
            assertServes(broker);
        }
    }

    @Test
    void saysWhyWhereIoUringIsForbiddenAndWasAskedFor() {
        try (ChildProcess process = BrokerCommand.choosingTransport()
                .transport("io_uring")
                .under(forbiddingIoUring())
                .launch()) {
            assertThat(process.awaitExit(Limits.SOON)).isEqualTo(1);
            assertThat(process.errors())
                    .isEqualToIgnoringWhitespace("zmtp-broker: the transport io_uring does not work here:"
                            + " failed to create io_uring ring fd: Operation not permitted");
        }
    }

    /** All that we use of it is there since Linux 6.0; a container may forbid it whatever the kernel's own switch says. */
    private static boolean hasIoUring() {
        int version = Integer.parseInt(System.getProperty("os.version").replaceAll("\\..*", ""));
        return version >= 6 && Transport.IO_URING.unavailable() == null;
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
