package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.handler.ZmtpPipeline;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.security.nacl.NaclLibrary;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.Reachable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The octets of CURVE's short-lived secrets: where they are while they are needed, and that they are nowhere afterwards. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource
class ErasureTest {
    private static final List<String> TO_SERVER =
            List.of(CurveVectors.GREETING_OF_CLIENT, CurveVectors.HELLO, CurveVectors.INITIATE);
    private static final List<String> TO_CLIENT =
            List.of(CurveVectors.GREETING_OF_SERVER, CurveVectors.WELCOME, CurveVectors.READY);

    private final Nacl nacl;
    private final Map<String, byte[]> secrets = new LinkedHashMap<>();

    ErasureTest(NaclLibrary library) {
        nacl = library.nacl();
        secrets.put("client's short-term key", Hex.octets("03*32"));
        secrets.put("server's short-term key", Hex.octets("04*32"));
        secrets.put("cookie key", Hex.octets("05*32"));
        secrets.put("HELLO key", sharedKey(CurveVectors.SERVER_KEY, "03*32"));
        secrets.put("vouch key", sharedKey(CurveVectors.SERVER_SHORT_KEY, "02*32"));
        secrets.put("session key", sharedKey(CurveVectors.SERVER_SHORT_KEY, "03*32"));
    }

    @ParameterizedTest(name = "after {0} steps")
    @CsvSource({"0, ''", "1, ''", "2, cookie key", "3, session key"})
    void theServerHoldsWhatItNeedsAndNothingOnceItIsClosed(int steps, String needed) {
        Conversation server = Conversation.accepting(CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), nacl));
        TO_SERVER.subList(0, steps).forEach(server::say);
        assertThat(heldBy(server.handshake)).isEqualTo(needed);

        server.close();

        assertThat(heldBy(server.handshake)).isEmpty();
    }

    @ParameterizedTest(name = "after {0} steps")
    @CsvSource({"0, ''", "1, 'client''s short-term key, HELLO key'", "2, session key", "3, session key"})
    void theClientHoldsWhatItNeedsAndNothingOnceItIsClosed(int steps, String needed) {
        Conversation client = Conversation.connecting(CurveVectors.client(nacl));
        TO_CLIENT.subList(0, steps).forEach(client::say);
        assertThat(heldBy(client.handshake)).isEqualTo(needed);

        client.close();

        assertThat(heldBy(client.handshake)).isEmpty();
    }

    @Test
    void aHandshakeThatFailedHoldsNothingOnceItIsClosed() {
        Conversation server = Conversation.accepting(CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), nacl));
        Conversation client = Conversation.connecting(CurveVectors.client(nacl));
        TO_SERVER.subList(0, 2).forEach(server::say);
        TO_CLIENT.subList(0, 2).forEach(client::say);
        server.failure(flipped(CurveVectors.INITIATE));
        client.failure(flipped(CurveVectors.READY));

        server.close();
        client.close();

        assertThat(heldBy(server.handshake)).isEmpty();
        assertThat(heldBy(client.handshake)).isEmpty();
    }

    @Test
    void trafficHoldsItsKeyUntilItIsClosed() {
        Conversation server = Conversation.accepting(CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), nacl));
        TO_SERVER.forEach(server::say);
        ZmtpTraffic traffic = server.handshake.takeTraffic().orElseThrow();
        traffic.expose(
                Unpooled.wrappedBuffer(Hex.octets(CurveVectors.CLIENT_MESSAGE)),
                ByteBufAllocator.DEFAULT,
                ByteBuf::release);
        traffic.protect(Unpooled.copiedBuffer(Hex.octets("00 00")), ByteBufAllocator.DEFAULT)
                .release();
        server.close();
        assertThat(heldBy(server.handshake)).isEmpty();
        assertThat(heldBy(traffic)).isEqualTo("session key");

        traffic.close();

        assertThat(heldBy(traffic)).isEmpty();
    }

    @Test
    void aConnectionHoldsItsKeyUntilItIsClosed() {
        ZmtpPipeline pipeline = ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                .mechanism(CurveVectors.server(ZmtpAuthenticator.anyCurveKey(), nacl))
                .build());
        EmbeddedChannel channel = new EmbeddedChannel();
        pipeline.install(channel.pipeline());
        List<ChannelHandler> handlers =
                new ArrayList<>(channel.pipeline().toMap().values());
        TO_SERVER.forEach(octets -> channel.writeInbound(Hex.buffer(octets)));
        handlers.addAll(channel.pipeline().toMap().values());
        assertThat(handlers).extracting(this::heldBy).contains("session key");

        channel.finishAndReleaseAll();

        assertThat(handlers).extracting(this::heldBy).containsOnly("");
    }

    @Test
    void aBoxIsZeroOnceItIsClosed() {
        NaclBox box = nacl.secretBox(Hex.octets("05*32"));
        byte[] nonce = Hex.octets("55*24");
        byte[] sealed = CurveCrypto.seal(box, nonce, Hex.octets("aa*3000"));
        CurveCrypto.open(box, nonce, sealed, "it");
        assertThat(Reachable.holds(box, Hex.octets("05*32"))).isTrue();

        box.close();

        ErasureWatch.assertZero(box);
    }

    private String heldBy(Object object) {
        return secrets.entrySet().stream()
                .filter(secret -> Reachable.holds(object, secret.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    /** What crypto_box_beforenm makes of the two, which a box that was never used holds in front of all else. */
    private byte[] sharedKey(String publicKey, String secretKey) {
        try (NaclBox box =
                nacl.box(Hex.octets(publicKey), Hex.octets(secretKey)).orElseThrow()) {
            return Arrays.copyOf(Reachable.octets(box).get(0), Nacl.KEY_LENGTH);
        }
    }

    private static String flipped(String command) {
        byte[] octets = Hex.octets(command);
        octets[octets.length - 1] ^= 1;
        return Hex.of(octets);
    }
}
