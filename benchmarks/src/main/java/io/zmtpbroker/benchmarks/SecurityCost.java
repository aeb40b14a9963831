package io.zmtpbroker.benchmarks;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.handler.ZmtpOptions;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import java.util.Arrays;

/**
 * What does CURVE add to the CPU time of a server that does nothing but echo, system calls included? Two loops in one
 * process, over TCP on the loopback interface: one echoes, the other keeps a number of messages on their way. The answer is
 * the CPU time of the echoing thread for each message, its kernel part included; NULL and CURVE take turns, so that what
 * else the machine does hurts both. Not JMH, which measures the calling thread.
 *
 * <p>Arguments: rounds and seconds a measurement. The system property {@code io.zmtpbroker.zmtp.nacl} says whose boxes.
 */
public final class SecurityCost {
    private static final int[] BODY_LENGTHS = {64, 1024};
    private static final int[] WINDOWS = {1, 16, 256};

    private SecurityCost() {}

    /**
     * Measures and prints.
     *
     * @param arguments rounds, 5 if there is none; seconds, 1 if there is none
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
        EventLoopGroup server = loop();
        EventLoopGroup client = loop();
        System.out.println("CURVE by " + Nacl.describePreferred() + ", Java " + Runtime.version());
        System.out.println("octets  on their way  NULL ns  CURVE ns  ratio   (medians of " + rounds + ")");
        try (EchoConnection clear = anonymous(server, client);
                EchoConnection curve = curve(server, client)) {
            for (int bodyLength : BODY_LENGTHS) {
                for (int window : WINDOWS) {
                    compare(clear, curve, bodyLength, window, rounds, seconds);
                }
            }
        } finally {
            server.shutdownGracefully();
            client.shutdownGracefully();
        }
    }

    private static void compare(
            EchoConnection clear, EchoConnection curve, int bodyLength, int window, int rounds, double seconds)
            throws Exception {
        double[] nulls = new double[rounds];
        double[] curves = new double[rounds];
        double[] ratios = new double[rounds];
        clear.serverNanosPerMessage(bodyLength, window, seconds); // warms up
        curve.serverNanosPerMessage(bodyLength, window, seconds);
        for (int round = 0; round < rounds; round++) {
            nulls[round] = clear.serverNanosPerMessage(bodyLength, window, seconds);
            curves[round] = curve.serverNanosPerMessage(bodyLength, window, seconds);
            ratios[round] = curves[round] / nulls[round];
        }
        System.out.printf(
                "%6d  %12d  %7.0f  %8.0f  %5.2f%n", bodyLength, window, median(nulls), median(curves), median(ratios));
    }

    private static EchoConnection anonymous(EventLoopGroup server, EventLoopGroup client) throws Exception {
        return EchoConnection.open(
                server,
                client,
                options(SocketType.ROUTER, ZmtpMechanisms.anonymous()),
                options(SocketType.DEALER, ZmtpMechanisms.anonymous()));
    }

    private static EchoConnection curve(EventLoopGroup server, EventLoopGroup client) throws Exception {
        CurveKeyPair keys = CurveKeyPair.generate();
        return EchoConnection.open(
                server,
                client,
                options(SocketType.ROUTER, ZmtpMechanisms.curveServer(keys, ZmtpAuthenticator.anyCurveKey())),
                options(SocketType.DEALER, ZmtpMechanisms.curveClient(CurveKeyPair.generate(), keys.publicKey())));
    }

    private static ZmtpOptions options(SocketType type, ZmtpMechanismFactory mechanism) {
        return ZmtpOptions.builder(type).mechanism(mechanism).build();
    }

    private static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(
                1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
