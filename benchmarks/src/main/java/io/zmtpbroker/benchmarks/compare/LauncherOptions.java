package io.zmtpbroker.benchmarks.compare;

import java.util.List;

/** The JVM options of {@code bin/zmtp-broker}, with which users run our broker; a test holds the two equal. */
final class LauncherOptions {

    static final List<String> ALL = List.of(
            "-XX:+UseSerialGC",
            "-Xmn8m",
            "-XX:FreqInlineSize=100",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=inline,io.netty.channel.uring.IoUringIoHandler$DefaultIoUringIoRegistration::submit",
            "-XX:+ExitOnOutOfMemoryError");

    private LauncherOptions() {}
}
