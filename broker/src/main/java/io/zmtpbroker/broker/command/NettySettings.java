package io.zmtpbroker.broker.command;

/** What the broker as a process sets of Netty, where the command line of the JVM does not. */
final class NettySettings {

    private NettySettings() {}

    /** To be called before any class of Netty is used. */
    static void apply() {
        // It samples buffers, which costs more memory a request than all else; tests look for leaks with every buffer.
        if (System.getProperty("io.netty.leakDetectionLevel") == null) {
            setDefault("io.netty.leakDetection.level", "disabled");
        }
        // The adaptive one makes an object for each request that is kept.
        setDefault("io.netty.allocator.type", "pooled");
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
