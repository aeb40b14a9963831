package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sockets of libzmq, in a Python process that does one command after the other. */
final class PythonPeers implements Peers {
    private static final String NOTHING = "none";

    private final PythonPeer puppet = PythonPeer.start("puppet.py");
    private int opened;

    @Override
    public PeerSocket open(SocketSpec spec) {
        String name = "s" + opened++;
        String options = spec.options().entrySet().stream()
                .map(option -> " " + option.getKey().pythonName() + "=" + option.getValue())
                .collect(Collectors.joining());
        command("open " + name + " " + spec.type() + " " + spec.endpoint() + options, Duration.ZERO);
        return new PythonSocket(name);
    }

    /** The process in which the sockets live. */
    ChildProcess process() {
        return puppet.process();
    }

    @Override
    public void close() {
        if (process().isAlive()) {
            puppet.finish();
        }
        puppet.close();
    }

    private String command(String line, Duration limit) {
        puppet.writeLine(line);
        return puppet.line(limit.plus(Limits.SOON));
    }

    private final class PythonSocket implements PeerSocket {
        private final String name;

        PythonSocket(String name) {
            this.name = name;
        }

        @Override
        public boolean send(Message message, Duration limit) {
            String frames = message.frames().stream()
                    .map(frame -> HexFormat.of().formatHex(frame))
                    .collect(Collectors.joining(","));
            return command("send " + name + " " + limit.toMillis() + " " + frames, limit)
                    .equals("sent");
        }

        @Override
        public Optional<Message> receive(Duration limit) {
            String answer = command("receive " + name + " " + limit.toMillis(), limit);
            if (answer.equals(NOTHING)) {
                return Optional.empty();
            }
            String frames = answer.substring("message ".length());
            return Optional.of(Message.of(Arrays.stream(frames.split(",", -1))
                    .map(frame -> HexFormat.of().parseHex(frame))
                    .toList()));
        }

        @Override
        public void close() {
            if (process().isAlive()) {
                command("close " + name, Duration.ZERO);
            }
        }
    }
}
