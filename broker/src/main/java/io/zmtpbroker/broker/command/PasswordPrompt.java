package io.zmtpbroker.broker.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Asks for a password: on the terminal, which does not show it, or on standard input. */
final class PasswordPrompt {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final int MAX_LINE_OCTETS = 4096;
    private static final char FIRST_BEYOND_ASCII = 0x80;

    /** What Java makes of octets that are no character. */
    private static final char UNREADABLE = '\ufffd';

    private PasswordPrompt() {}

    /**
     * The password.
     *
     * @param stdin whether to read standard input, even if that is a terminal
     * @return octets of UTF-8, for the caller to erase
     * @throws IOException if there is none, or nobody to ask
     */
    static byte[] read(boolean stdin, String name) throws IOException {
        Console console = stdin ? null : terminal();
        if (console != null) {
            return ask(console, name);
        }
        if (!stdin && isTerminal(STANDARD_INPUT)) { // it would be shown
            throw new IOException(
                    "cannot ask for a password, since the output is not a terminal; --stdin reads it as it is typed");
        }
        // Not System.in, whose buffer would keep it. What is behind the first line is left to others.
        return readLine(new FileInputStream(FileDescriptor.in));
    }

    private static byte[] ask(Console console, String name) throws IOException {
        char[] first = {};
        char[] second = {};
        try {
            first = entered(console.readPassword("Password of %s: ", name));
            checkReadable(first, console.charset());
            second = entered(console.readPassword("The same again: "));
            if (!Arrays.equals(first, second)) {
                throw new IOException("these were two different passwords; nothing was changed");
            }
            return octets(first);
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(second, '\0');
        }
    }

    private static byte[] octets(char[] password) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] exact = new byte[octets.remaining()];
        octets.get(exact);
        octets.clear();
        while (octets.hasRemaining()) {
            octets.put((byte) 0);
        }
        return exact;
    }

    private static char[] entered(char @Nullable [] password) throws IOException {
        if (password == null) {
            throw new IOException("no password was entered; nothing was changed");
        }
        return password;
    }

    /**
     * Checks that a password is what was typed. What Java reads as another character set than UTF-8 may be something else: in the
     * locale C every character that is not ASCII is the same one.
     */
    static void checkReadable(char[] password, Charset terminal) throws IOException {
        for (char character : password) {
            if (character >= FIRST_BEYOND_ASCII && !terminal.equals(StandardCharsets.UTF_8)) {
                throw new IOException("the locale says that the terminal is " + terminal
                        + ", so what was typed beyond ASCII cannot be told; set LC_ALL=C.UTF-8, or use --stdin;"
                        + " nothing was changed");
            }
            if (character == UNREADABLE) {
                throw new IOException("what was typed is not UTF-8; nothing was changed");
            }
        }
    }

    /** The first line, without its end. */
    static byte[] readLine(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE_OCTETS];
        try {
            int length = 0;
            int octet = in.read();
            while (octet >= 0 && octet != '\n') {
                if (length == line.length) {
                    throw new IOException("the password is too long");
                }
                line[length++] = (byte) octet;
                octet = in.read();
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            return Arrays.copyOf(line, length);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    /** Null if there is none. From Java 22 on there may be a console without a terminal. */
    @SuppressWarnings("SystemConsoleNull") // asked below as Java 22 wants it
    private static @Nullable Console terminal() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            boolean terminal = (boolean) Console.class.getMethod("isTerminal").invoke(console);
            return terminal ? console : null;
        } catch (ReflectiveOperationException e) {
            return console; // before Java 22 a console is a terminal
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no /proc here
        }
    }
}
