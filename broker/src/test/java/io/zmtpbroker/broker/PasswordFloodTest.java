package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.Mechanism;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** More wrong passwords of one address than can be checked in a long time. */
@ExtendWith(LeakCheck.class)
class PasswordFloodTest {

    /** Of "secret", and so slow that all who wait take longer than a peer here waits, and a few of them do not. */
    private static final String HASH =
            "$pbkdf2-sha256$200000$MDEyMzQ1Njc4OWFiY2RlZg$FI69FLUHI5Cn898TmN7aSeH84KfPV25dAU9sbR4dp8E";

    private static final int COMMAND = 4;
    private static final int GREETING_LENGTH = 64;

    @TempDir
    private Path folder;

    /** Each waits for five seconds at most to be let in. */
    @Test
    void keepsNobodyElseOutAndIsForgottenWhenItHasGone() throws Exception {
        Path users = folder.resolve("users");
        Files.writeString(users, "alice " + HASH + " client\nbob " + HASH + " client\n");
        Access access = Access.builder().plainUsers(users).build();
        List<RawPeer> flood = new ArrayList<>();
        try (TestBroker broker =
                TestBroker.start(config -> config.access(access).mechanism(Mechanism.PLAIN))) {
            while (broker.counter("violations.authenticator-busy") == 0) { // until somebody finds the line full
                RawPeer one = RawPeer.silent(broker.clientsPort());
                flood.add(one);
                hello(one, "nobody-" + flood.size());
            }

            try (RawPeer alice = RawPeer.silentFromElsewhere(broker.clientsPort())) {
                hello(alice, "alice");
                expectWelcome(alice);
            }

            flood.forEach(RawPeer::hangUp);
            try (RawPeer bob = RawPeer.silent(broker.clientsPort())) {
                hello(bob, "bob");
                expectWelcome(bob);
            }
        }
    }

    private static void hello(RawPeer peer, String user) {
        peer.send(RawPeer.greeting("PLAIN"));
        var body = new ByteArrayOutputStream();
        for (String text : List.of("HELLO", user, "secret")) {
            body.write(text.length());
            body.writeBytes(octets(text));
        }
        peer.send(RawPeer.frame(COMMAND, body.toByteArray()));
    }

    private static void expectWelcome(RawPeer peer) {
        peer.octets(GREETING_LENGTH);
        assertThat(new String(peer.command(), StandardCharsets.US_ASCII)).contains("WELCOME");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
