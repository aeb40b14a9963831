package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.security.nacl.NaclLibrary;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.wire.Frames;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is allocated does not depend on the number of frames; on newer versions of Java it does, as Netty, without Unsafe,
 * copies between buffers outside the heap by views.
 */
@ExtendWith(LeakCheck.class)
@EnabledForJreRange(max = JRE.JAVA_23)
class CurveTrafficAllocationTest {
    private static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 300;
    private static final int FRAMES = 200;

    @ParameterizedTest
    @EnumSource
    void allocatesNothingForAFrame(NaclLibrary library) {
        ZmtpMechanismPort port = new LimitsPort(ZmtpLimits.DEFAULT, ALLOCATOR);
        try (ZmtpTraffic client = CurveTraffic.ofClient(session(library), 2, 1, port);
                ZmtpTraffic server = CurveTraffic.ofServer(session(library), 1, 2, port)) {
            allocated(client, server, FRAMES); // loads and compiles
            long forOne = allocated(client, server, 1);
            long forMany = allocated(client, server, FRAMES);

            // Less than an octet a frame: what a compiler that is still at work, and the measuring, take.
            assertThat(forMany - forOne).isLessThan((long) ROUNDS * FRAMES);
        }
    }

    private static long allocated(ZmtpTraffic client, ZmtpTraffic server, int frames) {
        ByteBuf clear = ALLOCATOR.directBuffer();
        for (int frame = 0; frame < frames; frame++) {
            Frames.write(clear, false, new byte[40]);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            server.expose(client.protect(clear.retain(), ALLOCATOR), ALLOCATOR, ByteBuf::release);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        clear.release();
        return allocated;
    }

    private static NaclBox session(NaclLibrary library) {
        return library.nacl()
                .box(Hex.octets(CurveVectors.SERVER_SHORT_KEY), Hex.octets("03*32"))
                .orElseThrow();
    }
}
