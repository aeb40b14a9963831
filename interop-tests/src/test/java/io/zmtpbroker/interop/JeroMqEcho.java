package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import org.zeromq.ZMsg;

/** A DEALER of JeroMQ with PLAIN or CURVE, in a thread of this process: says hello, then sends back what it gets. */
final class JeroMqEcho implements SecurePeer {
    private static final int LOOK_UP_MILLIS = 50;
    private static final int HANDSHAKE_MILLIS = 1000; // see JeroMqPeers

    private final ZContext context = new ZContext();
    private final String endpoint;
    private final Thread echo;
    private volatile boolean closing;

    JeroMqEcho(boolean server, String address, String mechanism, List<String> arguments) {
        context.setLinger(0);
        if (server && mechanism.equals("PLAIN")) {
            letIn(arguments.get(0), arguments.get(1));
        }
        ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setReceiveTimeOut(LOOK_UP_MILLIS);
        secure(socket, server, mechanism, arguments);
        if (server) {
            socket.bind(address);
        } else {
            socket.connect(address);
        }
        endpoint = server ? socket.getLastEndpoint() : address;
        echo = new Thread(() -> echo(socket));
        echo.start();
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        closing = true;
        try {
            echo.join(Limits.SOON.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.close();
    }

    private void echo(ZMQ.Socket socket) {
        try {
            socket.sendMore(new byte[0]);
            socket.send("hello");
            while (!closing) {
                ZMsg message = ZMsg.recvMsg(socket);
                if (message != null) {
                    message.send(socket);
                }
            }
        } catch (ZMQException e) {
            // The context is being closed.
        }
    }

    private void letIn(String user, String password) {
        try {
            Path passwords = Files.createTempFile("plain", ".properties");
            Files.writeString(passwords, user + "=" + password + "\n");
            passwords.toFile().deleteOnExit();
            new ZAuth(context).configurePlain("*", passwords.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void secure(ZMQ.Socket socket, boolean server, String mechanism, List<String> arguments) {
        if (mechanism.equals("CURVE")) {
            socket.setCurvePublicKey(arguments.get(0).getBytes(US_ASCII));
            socket.setCurveSecretKey(arguments.get(1).getBytes(US_ASCII));
            if (server) {
                socket.setCurveServer(true);
            } else {
                socket.setCurveServerKey(arguments.get(2).getBytes(US_ASCII));
            }
        } else if (server) {
            socket.setPlainServer(true);
            socket.setZAPDomain("global");
        } else {
            socket.setPlainUsername(arguments.get(0));
            socket.setPlainPassword(arguments.get(1).getBytes(US_ASCII));
        }
    }
}
