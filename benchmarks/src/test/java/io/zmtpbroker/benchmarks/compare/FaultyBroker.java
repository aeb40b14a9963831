package io.zmtpbroker.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A process that echoes requests itself, as if a worker had, and does every hundredth reply wrong as its first argument says. */
public final class FaultyBroker {

    private static final int EVERY = 100;

    private FaultyBroker() {}

    /** A jar that runs this, for {@code --jar}. */
    static Path jar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FaultyBroker.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = directory.resolve("faulty-broker.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** Runs until the process is ended. */
    @SuppressWarnings("SystemOut") // the comparison reads it
    public static void main(String[] arguments) {
        if (arguments[0].equals("--version")) {
            System.out.println("a faulty broker");
            return;
        }
        try (ZContext context = new ZContext(1)) {
            ZMQ.Socket clients = context.createSocket(SocketType.ROUTER);
            ZMQ.Socket workers = context.createSocket(SocketType.ROUTER);
            clients.bind("tcp://127.0.0.1:*");
            workers.bind("tcp://127.0.0.1:*");
            System.out.println("clients listening on " + clients.getLastEndpoint());
            System.out.println("workers listening on " + workers.getLastEndpoint());
            System.out.println("ready");
            System.out.flush();
            for (int i = 1; ; i++) {
                answer(clients, i % EVERY == 0 ? arguments[0] : "");
            }
        }
    }

    /** {@code [client, "", request]}. */
    private static void answer(ZMQ.Socket clients, String fault) {
        byte[] client = clients.recv();
        byte[] delimiter = clients.recv();
        byte[] body = clients.recv();
        if (fault.equals("drop")) {
            return;
        }
        if (fault.equals("alter")) {
            body[body.length - 1]++;
        }
        clients.send(client, ZMQ.SNDMORE);
        clients.send(delimiter, ZMQ.SNDMORE);
        clients.send(fault.equals("refuse") ? new byte[0] : body);
    }
}
