package io.zmtpbroker.broker.command;

/** The entry point of the jar. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends with its exit code: 0 after a stop, 1 if it could not start, 2 for wrong arguments; see also
     * {@link SuddenEnd}.
     */
    public static void main(String[] arguments) {
        HangUps hangUps = new HangUps();
        hangUps.install();
        NettySettings.apply();
        System.exit(BrokerCommand.run(arguments, hangUps));
    }
}
