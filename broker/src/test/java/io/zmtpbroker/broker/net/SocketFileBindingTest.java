package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileBindingTest {

    @TempDir
    private Path directory;

    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        channel.close();
    }

    @Test
    void letsNobodyReachTheSocketBeforeItsPermissionsAreSet() throws Exception {
        Path path = directory.resolve("x");
        List<String> seen = new ArrayList<>();

        binding(path, 0600).bind(hidden -> {
            listen(Path.of(hidden.name()));
            Path around = Path.of(hidden.name()).getParent();
            seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(around)));
            assertThat(path).doesNotExist();
            return channel;
        });

        assertThat(seen).containsExactly("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("x");
    }

    @Test
    void leavesTheStaleSocketWhereItIsIfItCannotBind() throws Exception {
        Path path = directory.resolve("x");
        listen(path).close();

        assertThatThrownBy(() -> binding(path, 0600).bind(hidden -> {
                    throw new BindException("no");
                }))
                .hasMessage("no");

        assertThat(directory.toFile().list()).containsExactly("x");
    }

    @Test
    void givesWayToOneThatWasFasterAndClosesItsOwn() throws Exception {
        Path path = directory.resolve("x");
        listen(path).close();

        assertThatThrownBy(() -> binding(path, 0600).bind(hidden -> {
                    listen(Path.of(hidden.name()));
                    Files.move(path, directory.resolve("stale")); // keeps its key from being used again
                    listen(path);
                    return channel;
                }))
                .isInstanceOf(IOException.class);

        assertThat(channel.isOpen()).isFalse();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("stale", "x");
    }

    @Test
    void deletesItsFileOnlyAsLongAsItIsTheSame() throws Exception {
        Path path = directory.resolve("x");
        listen(path);
        SocketFile ours = SocketFile.at(path);
        Files.move(path, directory.resolve("moved"));
        listen(path);

        ours.deleteIfSame();

        assertThat(path).exists();
        SocketFile.at(path).deleteIfSame();
        assertThat(path).doesNotExist();
    }

    @Test
    void refusesADirectoryWhoseNameLeavesNoRoomForAnother() throws Exception {
        Path deep = directory;
        while (deep.toString().length() < 104) {
            deep = deep.resolve(
                    "d".repeat(Math.min(50, Math.max(1, 104 - deep.toString().length()))));
        }
        Path path = Files.createDirectories(deep).resolve("x");

        assertThatThrownBy(() -> binding(path, 0600).bind(hidden -> channel))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the name of the directory is too long by");
    }

    private static SocketFileBinding binding(Path path, int mode) {
        return new SocketFileBinding(path, OptionalInt.of(mode));
    }

    private ServerSocketChannel listen(Path path) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        listeners.add(listener);
        return listener;
    }
}
