package io.zmtpbroker.zmtp.testing;

import io.netty.util.LeakPresenceDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves a buffer behind. Netty's detector must be set for the whole virtual machine, by
 * {@code -Dio.netty.customResourceLeakDetector=io.netty.util.LeakPresenceDetector}; without it the class fails at once.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        boolean active = ResourceLeakDetectorFactory.instance().newResourceLeakDetector(LeakCheck.class, 1)
                instanceof LeakPresenceDetector;
        if (!active) {
            throw new IllegalStateException(
                    "run with -Dio.netty.customResourceLeakDetector=" + LeakPresenceDetector.class.getName());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LeakPresenceDetector.check();
    }
}
