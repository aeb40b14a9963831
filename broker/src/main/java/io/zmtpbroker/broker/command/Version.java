package io.zmtpbroker.broker.command;

import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, with the Java that runs it and what computes CURVE. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            build.load(in);
        }
        return new String[] {
            "zmtp-broker " + build.getProperty("version"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            curve()
        };
    }

    private static String curve() {
        try {
            return "CURVE by " + Nacl.describePreferred();
        } catch (IllegalStateException e) { // what is demanded cannot be had
            return "no CURVE: " + e.getMessage();
        }
    }
}
