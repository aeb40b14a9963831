package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint for workers to which clients come as well: who may be what, as far as the handshake tells. Users are named for their roles. */
@ExtendWith(LeakCheck.class)
class SharedEndpointTest {

    private static final int COMMAND = 4;
    private static final int GREETING_LENGTH = 64;

    /** Of a READY command: what stands in front of the properties. */
    private static final int READY_PREFIX_LENGTH = 8;

    private static final String ERROR_400 = "054552524f5203343030";

    private static final ZmtpAuthenticator BY_NAME = request -> {
        String name = ((ZmtpCredentials.Plain) request.credentials()).user();
        Metadata roles = Metadata.builder().add(AccessRole.PROPERTY, name).build();
        return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success(name, roles));
    };

    @ParameterizedTest
    @ValueSource(strings = {"PUSH", "REP"})
    void tellsAClientThatComesAsAWorkerThatItMayNot(String socketType) {
        try (LogLines log = new LogLines();
                TestBroker broker = start();
                RawPeer client = RawPeer.silent(port(broker))) {
            assertThat(Hex.of(answerTo(client, "client", socketType))).isEqualTo(ERROR_400);
            client.awaitEnd();

            assertThat(log.await("may not come")).endsWith("user 'client' may not come with socket type " + socketType);
            assertThat(broker.counter("connections.forbidden")).isOne();
            assertThat(broker.counter("violations.not-permitted")).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({"worker, PUSH", "worker, REP", "'client,worker', PUSH", "client, DEALER", "client, REQ", "worker, REQ"})
    void letsInWhoMayBeThat(String user, String socketType) {
        try (TestBroker broker = start();
                RawPeer peer = RawPeer.silent(port(broker))) {
            assertThat(new String(answerTo(peer, user, socketType), StandardCharsets.US_ASCII))
                    .contains("READY");

            assertThat(broker.counter("connections.forbidden")).isZero();
        }
    }

    private static TestBroker start() {
        return TestBroker.start(BrokerConfig.builder()
                .workers(Endpoint.parse("tcp://127.0.0.1:*"))
                .access(Access.builder().plainUsers(BY_NAME).build())
                .mechanism(Mechanism.PLAIN));
    }

    private static int port(TestBroker broker) {
        return broker.broker().endpoints().get(0).endpoint().port();
    }

    /** Goes through a handshake of PLAIN, and returns the last command of the broker. */
    private static byte[] answerTo(RawPeer peer, String user, String socketType) {
        peer.send(RawPeer.greeting("PLAIN"));
        peer.octets(GREETING_LENGTH);
        var credentials = new ByteArrayOutputStream();
        credentials.write(user.length());
        credentials.writeBytes(user.getBytes(StandardCharsets.US_ASCII));
        credentials.write(0); // no password
        peer.send(command("HELLO", credentials.toByteArray()));
        peer.command();
        byte[] ready = RawPeer.ready(socketType, "");
        peer.send(command("INITIATE", Arrays.copyOfRange(ready, READY_PREFIX_LENGTH, ready.length)));
        return peer.command();
    }

    private static byte[] command(String name, byte[] data) {
        var body = new ByteArrayOutputStream();
        body.write(name.length());
        body.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(data);
        return RawPeer.frame(COMMAND, body.toByteArray());
    }
}
