package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.NONCE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server of CURVE (26/CURVEZMQ): HELLO, WELCOME, INITIATE, the question, READY. A box that is not what it must be ends
 * the connection without a word; only whoever has shown that it has its key is told why it is refused.
 */
final class CurveServer implements ZmtpMechanism {
    private enum State {
        /** HELLO is due. */
        HELLO,
        /** INITIATE is due. */
        INITIATE,
        /** Nothing is due: an answer is awaited, or READY has been sent. */
        NOTHING
    }

    private static final long READY_COUNTER = 1;
    private static final byte[] NOTHING_CLEAR = {};

    private final ZmtpLocalEnd local;
    private final CurveKeyPair keys;
    private final Authentication authentication;
    private final CurveCrypto crypto;
    private State due = State.HELLO;
    private int peerMinorVersion;
    private long peerCounter;
    private @Nullable CurveCookie cookie;

    /** Between the short-term keys; null before INITIATE, and once it is the traffic's. */
    private @Nullable NaclBox session;

    CurveServer(ZmtpLocalEnd local, CurveKeyPair keys, ZmtpAuthenticator authenticator, CurveCrypto crypto) {
        this.local = local;
        this.keys = keys;
        this.crypto = crypto;
        authentication = new Authentication(authenticator, true);
    }

    @Override
    public String name() {
        return CurveLayout.MECHANISM;
    }

    @Override
    public boolean asServer() {
        return true;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        int length = body.readableBytes();
        switch (due) {
            case HELLO -> {
                CurveCommands.expect(CurveLayout.HELLO, body);
                CurveCommands.checkLength(length == CurveLayout.HELLO_LENGTH, length);
                onHello(body, port);
            }
            case INITIATE -> {
                CurveCommands.expect(CurveLayout.INITIATE, body);
                CurveCommands.checkLength(length >= CurveLayout.MIN_INITIATE_LENGTH, length);
                onInitiate(body, port);
            }
            case NOTHING -> throw CurveCommands.unexpected();
        }
    }

    @Override
    public void close() {
        if (cookie != null) {
            cookie.close();
        }
        if (session != null) {
            session.close();
        }
    }

    private void onHello(ByteBuf data, ZmtpMechanismPort port) {
        CurveCrypto.require(
                data.readByte() == CurveLayout.MAJOR_VERSION && data.readByte() == CurveLayout.MINOR_VERSION,
                "HELLO of another version than 1.0");
        requireZeros(CurveCrypto.read(data, CurveLayout.PADDING_LENGTH), "padding");
        byte[] clientKey = CurveCrypto.read(data, CurveLayout.KEY_LENGTH);
        peerCounter = data.readLong();
        byte[] signature = CurveCrypto.read(data, CurveLayout.SIGNATURE_BOX_LENGTH);
        try (NaclBox box = crypto.agree(clientKey, keys.secretOctets())) {
            byte[] nonce = CurveNonce.of(CurveNonce.HELLO, peerCounter);
            requireZeros(CurveCrypto.open(box, nonce, signature, CurveLayout.HELLO), "signature");
            port.send(welcome(box, clientKey, port));
        }
        due = State.INITIATE;
    }

    private ByteBuf welcome(NaclBox box, byte[] clientKey, ZmtpMechanismPort port) {
        byte[] secretKey = crypto.randomOctets(CurveLayout.KEY_LENGTH);
        try {
            cookie = new CurveCookie(crypto);
            byte[] text =
                    CurveCrypto.join(crypto.nacl().publicKey(secretKey), cookie.seal(crypto, clientKey, secretKey));
            byte[] nonce = crypto.randomOctets(CurveLayout.LONG_NONCE_LENGTH);
            byte[] sealed = CurveCrypto.seal(box, CurveNonce.of(CurveNonce.WELCOME, nonce), text);
            return CommandWire.encode(port.allocator(), CurveLayout.WELCOME, Unpooled.wrappedBuffer(nonce, sealed));
        } finally {
            Arrays.fill(secretKey, (byte) 0);
        }
    }

    private void onInitiate(ByteBuf data, ZmtpMechanismPort port) {
        byte[] cookieOctets = CurveCrypto.read(data, CurveLayout.COOKIE_LENGTH);
        long counter = data.readLong();
        byte[] sealed = CurveCrypto.read(data, data.readableBytes());
        if (Long.compareUnsigned(counter, peerCounter) <= 0) {
            throw new ZmtpProtocolException(NONCE, "INITIATE with a nonce that is not above that of HELLO");
        }
        peerCounter = counter;
        ByteBuf text = Unpooled.wrappedBuffer(openInitiate(cookieOctets, sealed));
        CurvePublicKey client = CurvePublicKey.of(CurveCrypto.read(text, CurveLayout.KEY_LENGTH));
        text.skipBytes(CurveLayout.LONG_NONCE_LENGTH + CurveLayout.VOUCH_LENGTH);
        Metadata metadata = MetadataWire.read(text);
        due = State.NOTHING;
        authentication.ask(
                ZmtpLocalEnd.routingIdOf(metadata),
                new ZmtpCredentials.Curve(client),
                port,
                user -> onAdmitted(metadata, user, port));
    }

    /** Opens the cookie, with it the box, with it the vouch; our short-term secret exists for that long and no longer. */
    private byte[] openInitiate(byte[] cookieOctets, byte[] sealed) {
        CurveCookie expected = Objects.requireNonNull(cookie);
        byte[] keysInCookie = expected.open(cookieOctets);
        expected.close();
        byte[] clientKey = Arrays.copyOf(keysInCookie, CurveLayout.KEY_LENGTH);
        byte[] secretKey = Arrays.copyOfRange(keysInCookie, CurveLayout.KEY_LENGTH, keysInCookie.length);
        Arrays.fill(keysInCookie, (byte) 0);
        try {
            session = crypto.agree(clientKey, secretKey);
            byte[] nonce = CurveNonce.of(CurveNonce.INITIATE, peerCounter);
            byte[] text = CurveCrypto.open(session, nonce, sealed, CurveLayout.INITIATE);
            byte[] vouch = Arrays.copyOfRange(
                    text,
                    CurveLayout.KEY_LENGTH,
                    CurveLayout.KEY_LENGTH + CurveLayout.LONG_NONCE_LENGTH + CurveLayout.VOUCH_LENGTH);
            try (NaclBox box = crypto.agree(Arrays.copyOf(text, CurveLayout.KEY_LENGTH), secretKey)) {
                CurveVouch.check(box, vouch, clientKey, keys.publicKey());
            }
            return text;
        } finally {
            Arrays.fill(secretKey, (byte) 0);
        }
    }

    private void onAdmitted(Metadata metadata, ZmtpUser user, ZmtpMechanismPort port) {
        ZmtpPeer peer = Admission.admit(local, peerMinorVersion, metadata, user, port);
        NaclBox box = Objects.requireNonNull(session);
        byte[] properties = Admission.properties(local, peer.localType());
        byte[] sealed = CurveCrypto.seal(box, CurveNonce.of(CurveNonce.READY, READY_COUNTER), properties);
        CurveCommands.send(CommandWire.READY, NOTHING_CLEAR, READY_COUNTER, sealed, port);
        CurveTraffic traffic = CurveTraffic.ofServer(box, READY_COUNTER, peerCounter, port);
        session = null;
        port.complete(peer, traffic);
    }

    private static void requireZeros(byte[] octets, String what) {
        int union = 0;
        for (byte octet : octets) {
            union |= octet;
        }
        CurveCrypto.require(union == 0, "HELLO whose " + what + " is not zero");
    }
}
