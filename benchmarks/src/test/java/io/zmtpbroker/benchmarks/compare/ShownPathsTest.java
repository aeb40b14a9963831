package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownPathsTest {

    private final ShownPaths paths = new ShownPaths(Path.of("/home/me/project"), Path.of("/tmp/compare-123"));

    @Test
    void pathsBelowTheWorkingDirectoryAreRelative() {
        assertThat(paths.in(List.of(
                        "-jar", "/home/me/project/broker.jar", "old=/home/me/project/old.jar", "a:/home/me/project/b")))
                .containsExactly("-jar", "broker.jar", "old=old.jar", "a:b");
    }

    @Test
    void ownFilesAreNames() {
        assertThat(paths.in(List.of("/tmp/compare-123/load_balancer", "--key=/tmp/compare-123/ours.keys")))
                .containsExactly("load_balancer", "--key=ours.keys");
    }

    @Test
    void allElseStays() {
        List<String> others = List.of(
                "/usr/bin/java",
                "/home/me/projects/a.jar",
                "/x/home/me/project/a.jar",
                "tcp://127.0.0.1:*",
                "/home/me/project");

        assertThat(paths.in(others)).isEqualTo(others);
    }
}
