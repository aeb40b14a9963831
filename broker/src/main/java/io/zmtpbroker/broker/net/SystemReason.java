package io.zmtpbroker.broker.net;

import java.io.FileNotFoundException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What the system had against listening or connecting, in words for people. */
final class SystemReason {

    private SystemReason() {}

    static String of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileNotFoundException) { // how Netty's natives say it of a Unix socket, without a word
            return "no such file";
        }
        // Netty says the address again behind the system's word, and has the system's exception as the cause.
        Throwable cause =
                failure instanceof SocketException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        int colon = message.lastIndexOf(": "); // Netty's natives put the name of the call in front
        return colon < 0 ? message : message.substring(colon + 2);
    }
}
