package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.testing.Hex;
import java.security.SecureRandom;

/**
 * A conversation with known keys; the code that made it was tried against libzmq in both roles. s = 01*32, c = 02*32, c' =
 * 03*32, s' = 04*32, K = 05*32, r = 06*16, q = 07*16, v = 08*16; a DEALER speaks to a ROUTER, both without a routing id.
 */
public final class CurveVectors {
    public static final String GREETING_OF_CLIENT = "ff 00*7 01 7f 03 01 43 55 52 56 45 00*15 00 00*31 ";
    static final String GREETING_OF_SERVER = "ff 00*7 01 7f 03 01 43 55 52 56 45 00*15 01 00*31 ";

    static final CurveKeyPair SERVER = CurveKeyPair.ofSecretKey(Hex.octets("01*32"));
    static final CurveKeyPair CLIENT = CurveKeyPair.ofSecretKey(Hex.octets("02*32"));

    static final String SERVER_KEY = "a4e09292b651c278b9772c569f5fa9bb13d906b46ab68c9df9dc2b4409f8a209";
    static final String CLIENT_KEY = "ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e587d59";
    static final String CLIENT_SHORT_KEY = "5dfedd3b6bd47f6fa28ee15d969d5bb0ea53774d488bdaf9df1c6e0124b3ef22";
    static final String SERVER_SHORT_KEY = "ac01b2209e86354fb853237b5de0f4fab13c7fcbf433a61c019369617fecf10b";

    public static final String HELLO = "04 c8 05 48 45 4c 4c 4f 01 00 00*72 " + CLIENT_SHORT_KEY + " 00*7 01 "
            + "cb2381916e946e2ee6849a26d1c7be76bd4bf97083e52852897e696b8989c72f1b1955bdab8b6affeae1a4cf4a9267f3"
            + "83ae105aaad2c99179bdc7978c5a195bcd8e510261fbee5db7e05c017156fa31 ";
    static final String WELCOME = "04 a8 07 57 45 4c 43 4f 4d 45 06*16 "
            + "176ea50d7a123377b2b3bafb1c19af2a5b5f3e17a06cb81f9fb950b134e7ac23f8a7a90c864c9db5ecb25716a34eaffb"
            + "cf575056050c275c2dbe2ed0a3d0109b29870d746a4d4e80adeb3e41a688c0350e2443d3aa27314e7cce48e52bf7ccab"
            + "3c6af686b53bb22be8c5eb0f6ed87d476a4e869a3f5aeefb32660a56d61c0d0f7b4ab7c1700f405eb710a16669ee6444 ";
    static final String COOKIE = "07*16 "
            + "e23e78d311ead76732b3d68f9e90c4fdd5c7a9c6dd914a0be837c42ef1d5d94884c57859710ced4dc203391e4073ff93"
            + "ee72838145db48d1670d1ce8af3f446a5896329332c0213b6c8479057b9f44be ";
    static final String INITIATE_BOX =
            "fbde3be0e79ef9fbaa499886017e4d63884fe23978d2257cca3d4399d62af30683e5cfb03ec2f1a252286264f859dfb0"
                    + "db195f33ee262c20464339256dc6ebe0060670bca44129d09376e59bfd2ee66f826309161e21c3be4d06d3961cbcb328"
                    + "ce9ba48a26385cdf23dd394f96f648f1e454ee614592f22dc1d095fc4d100bf8466dacf1047acdc3305767bbdc85c449"
                    + "3276be250b4d205a30e64e6c940154b5cd7d53e12c63484fb130483125db0c6078c484 ";
    public static final String INITIATE =
            "06 00*6 01 24 08 49 4e 49 54 49 41 54 45 " + COOKIE + " 00*7 02 " + INITIATE_BOX;
    static final String READY = "04 41 05 52 45 41 44 59 00*7 01 "
            + "dab55f967f8ff5d5eeb25d2127fcb58684dfd0c87c144a697cceda4cee1834a13e94cd98532c4749ab54afb0f7f44a894bb77a ";

    /** The client's message of "hello" with more to come. */
    public static final String CLIENT_MESSAGE =
            "00 26 07 4d 45 53 53 41 47 45 00*7 03 5e78d04b5eb6402a37abae5d514516bb2cdb4f78b1ed ";

    /** The server's empty message. */
    static final String SERVER_MESSAGE = "00 21 07 4d 45 53 53 41 47 45 00*7 02 15c1fa25597be08c49e9c92fb8e69beded ";

    private CurveVectors() {}

    /** The server's source: s', K, q, r. */
    static SecureRandom serverRandom() {
        return new Scripted("04*32 05*32 07*16 06*16");
    }

    /** The client's: c', v. */
    static SecureRandom clientRandom() {
        return new Scripted("03*32 08*16");
    }

    static ZmtpLocalEnd end(ZmtpRole role, SocketType type) {
        return new ZmtpLocalEnd(role, ZmtpSocketPolicy.fixed(type), RoutingId.EMPTY, Metadata.EMPTY);
    }

    /** The server of one connection: its secrets are known. */
    public static ZmtpMechanismFactory server(ZmtpAuthenticator authenticator, Nacl nacl) {
        return ZmtpMechanisms.curveServer(SERVER, authenticator, new CurveCrypto(nacl, serverRandom()));
    }

    static ZmtpMechanismFactory client(Nacl nacl) {
        return ZmtpMechanisms.curveClient(CLIENT, SERVER.publicKey(), new CurveCrypto(nacl, clientRandom()));
    }

    /** Gives out known octets, and no more than there are. */
    private static final class Scripted extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] octets;
        private int at;

        Scripted(String octets) {
            this.octets = Hex.octets(octets);
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(octets, at, into, 0, into.length);
            at += into.length;
        }
    }
}
