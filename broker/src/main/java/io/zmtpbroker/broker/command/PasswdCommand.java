package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.CredentialFileException;
import io.zmtpbroker.broker.access.PlainUsersEditor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a users file. */
@Command(
        name = "passwd",
        mixinStandardHelpOptions = true,
        customSynopsis = PasswdCommand.SYNOPSIS,
        sortOptions = false,
        usageHelpAutoWidth = true,
        header = "Gives a user of PLAIN a password, in a file that the broker reads (--plain-users).",
        footer = {
            "",
            "The password is asked for twice on the terminal, or read from the first line of standard input where that is no"
                    + " terminal. A broker that runs reads the file again on SIGHUP."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PasswdCommand implements Callable<Integer> {

    static final String SYNOPSIS =
            "zmtp-broker passwd [--role client|worker|client,worker] [--stdin | --delete] FILE NAME";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--role",
            paramLabel = "client|worker|client,worker",
            split = ",",
            description = "what the user may do; may be repeated. A new user needs one; another keeps what it has"
                    + " without this")
    private @Nullable List<AccessRole> roles;

    @Option(names = "--stdin", description = "read the password from standard input, even if that is a terminal")
    private boolean stdin;

    @Option(names = "--delete", description = "take the user out of the file")
    private boolean delete;

    @Parameters(index = "0", paramLabel = "FILE", description = "the users file; a new one is made, mode 0600")
    private Path file;

    @Parameters(index = "1", paramLabel = "NAME", description = "the user")
    private String name;

    /** What must not be there; taken, so that nothing shows it. */
    @Parameters(index = "2..*", hidden = true)
    private @Nullable List<String> surplus;

    private PasswdCommand() {}

    static PasswdCommand create() {
        return new PasswdCommand();
    }

    @Override
    public Integer call() {
        if (surplus != null) {
            throw new ParameterException(
                    spec.commandLine(), "a password does not stand on the command line; it is asked for");
        }
        try {
            PlainUsersEditor editor = PlainUsersEditor.open(file);
            return delete ? delete(editor) : set(editor);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (CredentialFileException | IOException e) {
            return BrokerCommand.fail(spec, e.getMessage());
        }
    }

    private int delete(PlainUsersEditor editor) throws CredentialFileException {
        if (stdin || roles != null) {
            throw new IllegalArgumentException("--delete stands alone");
        }
        if (!editor.delete(name)) {
            return BrokerCommand.fail(spec, "there is no user '" + name + "' in " + file);
        }
        if (editor.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "zmtp-broker: that was the last user: a broker does not take a file without any, and one that"
                                    + " runs goes on with those it has");
        }
        return 0;
    }

    private int set(PlainUsersEditor editor) throws CredentialFileException, IOException {
        Set<AccessRole> wanted = roles == null ? Set.of() : EnumSet.copyOf(roles);
        editor.checkSet(name, wanted); // before anybody has typed a password in vain
        byte[] password = PasswordPrompt.read(stdin, name);
        try {
            editor.set(name, wanted, password);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
        return 0;
    }
}
