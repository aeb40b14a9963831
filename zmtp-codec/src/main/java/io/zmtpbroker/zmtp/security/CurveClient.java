package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpPeer;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.CommandWire;
import io.zmtpbroker.zmtp.wire.MetadataWire;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The client of CURVE (26/CURVEZMQ): HELLO, WELCOME, INITIATE, READY. That WELCOME opens shows that the server has the key
 * that we know it by.
 */
final class CurveClient implements ZmtpMechanism {
    private static final long HELLO_COUNTER = 1;
    private static final long INITIATE_COUNTER = 2;

    private final ZmtpLocalEnd local;
    private final CurveKeyPair keys;
    private final CurvePublicKey serverKey;
    private final CurveCrypto crypto;
    private int peerMinorVersion;

    /** Our short-term secret, from HELLO to WELCOME. */
    private byte[] secretKey = {};

    private byte[] publicKey = {};

    /** Between our short-term key and the server's long-term one, from HELLO to WELCOME. */
    private @Nullable NaclBox toServer;

    /** Between the short-term keys; null before WELCOME, and once it is the traffic's. */
    private @Nullable NaclBox session;

    CurveClient(ZmtpLocalEnd local, CurveKeyPair keys, CurvePublicKey serverKey, CurveCrypto crypto) {
        this.local = local;
        this.keys = keys;
        this.serverKey = serverKey;
        this.crypto = crypto;
    }

    @Override
    public String name() {
        return CurveLayout.MECHANISM;
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public void onGreeting(int minorVersion, ZmtpMechanismPort port) {
        peerMinorVersion = minorVersion;
        secretKey = crypto.randomOctets(CurveLayout.KEY_LENGTH);
        publicKey = crypto.nacl().publicKey(secretKey);
        toServer = crypto.agree(serverKey.bytes(), secretKey);
        byte[] signature = CurveCrypto.seal(
                toServer, CurveNonce.of(CurveNonce.HELLO, HELLO_COUNTER), new byte[CurveLayout.SIGNATURE_LENGTH]);
        byte[] version = {CurveLayout.MAJOR_VERSION, CurveLayout.MINOR_VERSION};
        byte[] clear = CurveCrypto.join(version, new byte[CurveLayout.PADDING_LENGTH], publicKey);
        CurveCommands.send(CurveLayout.HELLO, clear, HELLO_COUNTER, signature, port);
    }

    @Override
    public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
        int length = body.readableBytes();
        if (toServer != null) {
            CurveCommands.expectFromServer(CurveLayout.WELCOME, body);
            CurveCommands.checkLength(length == CurveLayout.WELCOME_LENGTH, length);
            onWelcome(toServer, body, port);
        } else if (session != null) {
            CurveCommands.expectFromServer(CommandWire.READY, body);
            CurveCommands.checkLength(length >= CurveLayout.MIN_READY_LENGTH, length);
            onReady(session, body, port);
        } else {
            throw CurveCommands.unexpected();
        }
    }

    @Override
    public void close() {
        Arrays.fill(secretKey, (byte) 0);
        if (toServer != null) {
            toServer.close();
        }
        if (session != null) {
            session.close();
        }
    }

    private void onWelcome(NaclBox box, ByteBuf data, ZmtpMechanismPort port) {
        byte[] nonce = CurveCrypto.read(data, CurveLayout.LONG_NONCE_LENGTH);
        byte[] sealed = CurveCrypto.read(data, data.readableBytes());
        byte[] text = CurveCrypto.open(box, CurveNonce.of(CurveNonce.WELCOME, nonce), sealed, CurveLayout.WELCOME);
        box.close();
        toServer = null;
        byte[] serverShortKey = Arrays.copyOf(text, CurveLayout.KEY_LENGTH);
        byte[] cookie = Arrays.copyOfRange(text, CurveLayout.KEY_LENGTH, text.length);
        session = crypto.agree(serverShortKey, secretKey);
        Arrays.fill(secretKey, (byte) 0);
        byte[] initiate = CurveCrypto.join(
                keys.publicKey().bytes(),
                vouch(serverShortKey),
                Admission.properties(local, Admission.typeToBeginWith(local)));
        byte[] initiateBox = CurveCrypto.seal(session, CurveNonce.of(CurveNonce.INITIATE, INITIATE_COUNTER), initiate);
        CurveCommands.send(CurveLayout.INITIATE, cookie, INITIATE_COUNTER, initiateBox, port);
    }

    private byte[] vouch(byte[] serverShortKey) {
        try (NaclBox box = crypto.agree(serverShortKey, keys.secretOctets())) {
            return CurveVouch.make(crypto, box, publicKey, serverKey);
        }
    }

    private void onReady(NaclBox box, ByteBuf data, ZmtpMechanismPort port) {
        long counter = data.readLong();
        byte[] sealed = CurveCrypto.read(data, data.readableBytes());
        byte[] properties = CurveCrypto.open(box, CurveNonce.of(CurveNonce.READY, counter), sealed, CommandWire.READY);
        ZmtpPeer peer = local.admit(peerMinorVersion, MetadataWire.read(Unpooled.wrappedBuffer(properties)));
        CurveTraffic traffic = CurveTraffic.ofClient(box, INITIATE_COUNTER, counter, port);
        session = null;
        port.complete(peer, traffic);
    }
}
