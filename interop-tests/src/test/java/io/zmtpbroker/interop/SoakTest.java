package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Good and bad peers come and go for {@code soak.seconds} (2 by default; minutes or hours: CONTRIBUTING.md). Every good request is
 * answered rightly, and when all have gone the broker is what it was. A run is repeated, as far as threads allow, with its
 * {@code soak.seed}.
 */
@Tag("alone")
class SoakTest {
    private static final int SECONDS = Integer.getInteger("soak.seconds", 2);
    private static final long SEED = Long.getLong("soak.seed", new SplittableRandom().nextLong());
    private static final int WARM_UP_SECONDS = 1;
    private static final long MIB = 1 << 20;

    /** What live objects may have grown by: classes that were needed late, and pools that fill by and by. */
    private static final long HEAP_SLACK = 4 * MIB;

    /** Netty keeps some of the memory for buffers for the next burst. */
    private static final long BUFFER_SLACK = 16 * MIB;

    @Test
    void memoryDescriptorsAndTablesAreAtTheEndWhatTheyWereAtTheStart(@TempDir Path folder) throws Exception {
        System.out.println("soak.seconds=" + SECONDS + " soak.seed=" + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        CurveKeyPair keys = CurveKeyPair.generate();
        SecureSetup setup = new SecureSetup(Mechanism.PLAIN, folder);
        SoakUsers users = new SoakUsers(keys.publicKey(), setup.add(GoodCrowd.PLAIN_USER, SecureSetup.CLIENT));
        try (BrokerProcess broker = SoakBroker.start(keys, setup.users())) {
            SoakTargets targets = SoakTargets.of(broker, keys.publicKey());
            int files = SoakState.of(broker).files(); // with the one that measuring takes
            soak(broker, targets, users, random.split(), WARM_UP_SECONDS, files);
            SoakState start = SoakState.of(broker);

            Soaked soaked = soak(broker, targets, users, random.split(), SECONDS, start.files());

            SoakState end = SoakState.of(broker);
            System.out.print(SoakState.table(start, soaked.middle, end));
            System.out.println("good requests, all answered rightly: " + soaked.answered);
            System.out.println("visits of bad peers: " + soaked.visits);
            assertThat(soaked.answered).isPositive();
            assertThat(end.files()).isLessThanOrEqualTo(start.files());
            assertThat(end.isIdle()).isTrue();
            assertThat(end.heap()).isLessThan(start.heap() + HEAP_SLACK);
            assertThat(end.direct()).isLessThan(start.direct() + BUFFER_SLACK);
            broker.stop();
            System.out.println("counters: " + broker.process().awaitErrors("stopped; ", 1));
        }
    }

    /** Lets all of them come, and go again; returns when no table has anything more and no descriptor too many is open. */
    private static Soaked soak(
            BrokerProcess broker, SoakTargets targets, SoakUsers users, SplittableRandom random, int seconds, int files)
            throws InterruptedException {
        Failures failures = new Failures();
        try (GoodCrowd good = new GoodCrowd(broker, users, random, failures);
                BadCrowd bad = new BadCrowd(targets, random, failures)) {
            failures.pass(seconds * 500L);
            SoakState middle = SoakState.of(broker);
            failures.pass(seconds * 500L);
            Map<BadPeer, Integer> visits = bad.stop();
            long answered = good.stop();
            SoakState.await(broker, "all is as before", state -> state.isIdle() && state.files() <= files);
            return new Soaked(middle, answered, visits);
        }
    }

    private record Soaked(SoakState middle, long answered, Map<BadPeer, Integer> visits) {}
}
