package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.access.CredentialFileException;
import io.zmtpbroker.broker.access.KeyPairFile;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key pair of CURVE. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        customSynopsis = KeygenCommand.SYNOPSIS,
        sortOptions = false,
        usageHelpAutoWidth = true,
        header =
                "Makes a key pair of CURVE: writes both keys to FILE, which only you may read, and prints the public one.",
        footer = {
            "",
            "The file has the form of ZeroMQ's certificates: the broker reads it (--curve-secret-file), and so do pyzmq"
                    + " (zmq.auth.load_certificate), CZMQ and JeroMQ."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeygenCommand implements Callable<Integer> {

    static final String SYNOPSIS = "zmtp-broker keygen [--force] FILE";

    @Spec
    private CommandSpec spec;

    @Option(names = "--force", description = "replace the file if it is there: its key pair is lost")
    private boolean force;

    @Parameters(paramLabel = "FILE", description = "where the key pair is written, mode 0600")
    private Path file;

    private KeygenCommand() {}

    static KeygenCommand create() {
        return new KeygenCommand();
    }

    @Override
    public Integer call() {
        CurveKeyPair pair = CurveKeyPair.generate();
        try {
            KeyPairFile.write(file, pair, force);
        } catch (CredentialFileException e) {
            return BrokerCommand.fail(spec, e.getMessage());
        }
        spec.commandLine().getOut().println(pair.publicKey().z85());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
