package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclLibrary;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role of CURVE against the known conversation, octet by octet. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource
class CurveVectorsTest {
    private final RecordingShell shell = new RecordingShell();
    private final Nacl nacl;
    private final ErasureWatch watch;

    CurveVectorsTest(NaclLibrary library) {
        nacl = library.nacl();
        watch = new ErasureWatch(nacl);
    }

    @Test
    void derivesThePublicKeys() {
        assertThat(Hex.of(CurveVectors.SERVER.publicKey().bytes())).isEqualTo(CurveVectors.SERVER_KEY);
        assertThat(Hex.of(CurveVectors.CLIENT.publicKey().bytes())).isEqualTo(CurveVectors.CLIENT_KEY);
        assertThat(Hex.of(nacl.publicKey(Hex.octets("03*32")))).isEqualTo(CurveVectors.CLIENT_SHORT_KEY);
        assertThat(Hex.of(nacl.publicKey(Hex.octets("04*32")))).isEqualTo(CurveVectors.SERVER_SHORT_KEY);
    }

    @Test
    void isTheServer() {
        ZmtpHandshake handshake = server();
        handshake.start();
        advance(handshake, CurveVectors.GREETING_OF_CLIENT);
        assertThat(shell.sent()).isEqualTo(hex(CurveVectors.GREETING_OF_SERVER));

        advance(handshake, CurveVectors.HELLO);
        assertThat(shell.sent()).isEqualTo(hex(CurveVectors.WELCOME));
        advance(handshake, CurveVectors.INITIATE);

        assertThat(shell.sent()).isEqualTo(hex(CurveVectors.READY));
        ZmtpPeer peer = handshake.peer().orElseThrow();
        assertThat(peer.type()).isEqualTo(SocketType.DEALER);
        assertThat(peer.user().id()).isEqualTo(CurveVectors.CLIENT.publicKey().z85());
        ZmtpTraffic traffic = handshake.takeTraffic().orElseThrow();
        assertThat(expose(traffic, CurveVectors.CLIENT_MESSAGE)).isEqualTo(hex("01 05 68 65 6c 6c 6f"));
        assertThat(protect(traffic, "00 00")).isEqualTo(hex(CurveVectors.SERVER_MESSAGE));
        traffic.close();
        handshake.close();
        watch.assertErased();
    }

    @Test
    void isTheClient() {
        ZmtpHandshake handshake = client();
        handshake.start();
        shell.sent();
        advance(handshake, CurveVectors.GREETING_OF_SERVER);
        assertThat(shell.sent()).endsWith(hex(CurveVectors.HELLO));

        advance(handshake, CurveVectors.WELCOME);
        assertThat(shell.sent()).isEqualTo(hex(CurveVectors.INITIATE));
        advance(handshake, CurveVectors.READY);

        assertThat(shell.sent()).isEmpty();
        assertThat(handshake.peer().orElseThrow().type()).isEqualTo(SocketType.ROUTER);
        ZmtpTraffic traffic = handshake.takeTraffic().orElseThrow();
        assertThat(protect(traffic, "01 05 68 65 6c 6c 6f")).isEqualTo(hex(CurveVectors.CLIENT_MESSAGE));
        assertThat(expose(traffic, CurveVectors.SERVER_MESSAGE)).isEqualTo(hex("00 00"));
        traffic.close();
        handshake.close();
        watch.assertErased();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesTheSameHoweverTheOctetsAreCut(long seed) {
        ZmtpHandshake handshake = server();
        byte[] all = Hex.octets(CurveVectors.GREETING_OF_CLIENT
                + CurveVectors.HELLO
                + CurveVectors.INITIATE
                + CurveVectors.CLIENT_MESSAGE);
        ByteBuf in = Unpooled.buffer();

        List<byte[]> pieces = seed == 1
                ? Fragmenter.singly(all)
                : Fragmenter.random(all, new SplittableRandom(seed), (int) seed * 20);
        for (byte[] piece : pieces) {
            in.writeBytes(piece);
            handshake.advance(in);
            while (!shell.steps.isEmpty()) {
                shell.steps.remove().run();
                handshake.advance(in);
            }
        }

        assertThat(shell.sent()).endsWith(hex(CurveVectors.WELCOME + CurveVectors.READY));
        assertThat(Hex.of(in)).isEqualTo(hex(CurveVectors.CLIENT_MESSAGE));
        handshake.close();
        watch.assertErased();
    }

    @Test
    void erasesWhenTheConnectionEndsAtAnyPoint() {
        List<String> server = List.of(CurveVectors.GREETING_OF_CLIENT, CurveVectors.HELLO, CurveVectors.INITIATE);
        List<String> client = List.of(CurveVectors.GREETING_OF_SERVER, CurveVectors.WELCOME, CurveVectors.READY);
        for (int steps = 0; steps <= 3; steps++) {
            ZmtpHandshake asServer = server();
            ZmtpHandshake asClient = client();
            server.subList(0, steps).forEach(octets -> advance(asServer, octets));
            client.subList(0, steps).forEach(octets -> advance(asClient, octets));

            asServer.close();
            asClient.close();

            watch.assertErased();
        }
    }

    private ZmtpHandshake server() {
        return new ZmtpHandshake(
                CurveVectors.end(ZmtpRole.ACCEPTING, SocketType.ROUTER),
                ZmtpLimits.DEFAULT,
                CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), watch),
                shell);
    }

    private ZmtpHandshake client() {
        return new ZmtpHandshake(
                CurveVectors.end(ZmtpRole.CONNECTING, SocketType.DEALER),
                ZmtpLimits.DEFAULT,
                CurveVectors.client(watch),
                shell);
    }

    private void advance(ZmtpHandshake handshake, String octets) {
        handshake.advance(Unpooled.wrappedBuffer(Hex.octets(octets)));
        while (!shell.steps.isEmpty()) {
            shell.steps.remove().run();
        }
    }

    private static String expose(ZmtpTraffic traffic, String octets) {
        StringBuilder exposed = new StringBuilder();
        traffic.expose(Hex.buffer(octets), ByteBufAllocator.DEFAULT, out -> {
            exposed.append(Hex.of(out));
            out.release();
        });
        return exposed.toString();
    }

    private static String protect(ZmtpTraffic traffic, String octets) {
        ByteBuf out = traffic.protect(Hex.buffer(octets), ByteBufAllocator.DEFAULT);
        String hex = Hex.of(out);
        out.release();
        return hex;
    }

    private static String hex(String text) {
        return Hex.of(Hex.octets(text));
    }
}
