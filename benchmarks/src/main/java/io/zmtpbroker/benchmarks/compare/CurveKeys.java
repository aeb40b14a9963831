package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** New keys for a broker of ours with CURVE at all endpoints, and for the load that connects to it. */
final class CurveKeys {

    private final Path file;
    private final CurveKeyPair broker;

    private CurveKeys(Path file, CurveKeyPair broker) {
        this.file = file;
        this.broker = broker;
    }

    /**
     * Makes keys.
     *
     * @param file for the broker's, in the form of ZeroMQ's certificates (4/ZPL); it must not be there yet
     */
    static CurveKeys create(Path file) throws IOException {
        CurveKeyPair broker = CurveKeyPair.generate();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                curve
                    public-key = "%s"
                    secret-key = "%s"
                """.formatted(broker.publicKey().z85(), broker.secretKeyZ85()));
        return new CurveKeys(file, broker);
    }

    /** What the broker is told on its command line. */
    List<String> arguments() {
        return List.of("--mechanism=curve", "--curve-secret-file=" + file, "--curve-allow=any");
    }

    /** For all connections of a load, which share one key pair. */
    ZmtpMechanismFactory client() {
        return ZmtpMechanisms.curveClient(CurveKeyPair.generate(), broker.publicKey());
    }
}
