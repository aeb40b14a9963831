package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What bad peers do. Each visit ends by itself, after some seconds at most, unless the broker ends it before. */
enum BadPeer {
    RANDOM_OCTETS {
        @Override
        void call(BadVisit visit) {
            visit.silent(visit.anyPort()).send(visit.octets(MOST));
        }
    },
    OCTETS_AFTER_THE_GREETING {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.silent(visit.anyPort());
            peer.send(RawPeer.greeting());
            peer.send(visit.octets(MOST));
        }
    },
    OCTETS_AFTER_THE_HANDSHAKE {
        @Override
        void call(BadVisit visit) {
            visit.welcome().send(visit.octets(MOST));
        }
    },
    /** They wait until the broker has had enough. */
    HALF_A_GREETING {
        @Override
        void call(BadVisit visit) {
            RawPeer last = visit.silent(visit.anyPort());
            for (int i = 0; i < CROWD; i++) {
                last = visit.silent(visit.anyPort());
                last.send(cut(visit, RawPeer.greeting()));
            }
            last.awaitEnd();
        }
    },
    A_GIBIBYTE_ANNOUNCED {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcome();
            peer.send(Hex.octets("02 00 00 00 00 40 00 00 00"));
            peer.awaitEnd();
        }
    },
    A_LONG_MESSAGE_BEGUN {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcome();
            peer.send(Hex.octets("02 00 00 00 00 03 c0 00 00"));
            peer.send(new byte[visit.random().nextInt(1 << 20)]);
        }
    },
    ENDLESS_FRAMES {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcome();
            peer.send(repeated(Hex.octets("01 00"), MANY));
            peer.awaitEnd();
        }
    },
    PINGS_UNREAD {
        @Override
        void call(BadVisit visit) {
            visit.welcome().send(repeated(Hex.octets("04 07 04 50 49 4e 47 00 00"), MANY));
        }
    },
    UNKNOWN_COMMANDS {
        @Override
        void call(BadVisit visit) {
            visit.welcome().send(repeated(Hex.octets("04 02 01 58"), MANY));
        }
    },
    RESETS {
        @Override
        void call(BadVisit visit) {
            byte[] ready = RawPeer.ready("PUSH", "");
            byte[] both = Arrays.copyOf(RawPeer.greeting(), RawPeer.greeting().length + ready.length);
            System.arraycopy(ready, 0, both, both.length - ready.length, ready.length);
            for (int i = 0; i < CROWD; i++) {
                RawPeer peer = visit.silent(visit.anyPort());
                peer.send(cut(visit, both));
                peer.reset();
            }
        }
    },
    /** Asks for 4 MiB of answers in all. */
    NEVER_READS {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.silent(visit.targets().clients(), MOST);
            peer.handshake("DEALER", "");
            for (int i = 0; i < 32; i++) {
                peer.sendMessage(new byte[0], new byte[128 << 10]);
            }
            pause();
        }
    },
    ASKS_AND_GOES {
        @Override
        void call(BadVisit visit) {
            for (int i = 0; i < CROWD; i++) {
                visit.welcome(visit.targets().clients(), i % 2 == 0 ? "REQ" : "DEALER")
                        .sendMessage("", "and gone");
            }
        }
    },
    /** A task, if it gets one, is lost with it. */
    FETCHES_AND_GOES {
        @Override
        void call(BadVisit visit) {
            visit.welcome(visit.targets().workers(), "REQ").sendMessage("", "requesting task");
            pause();
        }
    },
    FORGES_ANSWERS {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcome(visit.targets().answers(), "PUSH");
            for (int i = 0; i < CROWD; i++) {
                byte[] id = new byte[16];
                visit.random().nextBytes(id);
                peer.sendMessage(id, "forged".getBytes(US_ASCII));
            }
        }
    },
    /** Some of the names are known, none of the passwords is right. */
    GUESSES_PASSWORDS {
        @Override
        void call(BadVisit visit) {
            for (int i = 0; i < GUESSES; i++) {
                String name = visit.random().nextInt(2) == 0 ? GoodCrowd.PLAIN_USER : "guest";
                visit.silent(visit.targets().plain())
                        .send(SoakTargets.plainHello(
                                name, "guess-" + visit.random().nextInt()));
            }
            pause();
        }
    },
    /** Of ZMTP 2.0, where nobody is asked and where everybody is. */
    OLD_AND_RANDOM {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcomeOld(visit.targets().clients());
            peer.sendMessage("", "of ZMTP 2.0, and gone");
            peer.send(visit.octets(MOST));
            visit.welcomeOld(visit.targets().plain());
        }
    },
    /** Announces heartbeats, and answers none: stopped, as far as the broker can see. */
    FALLS_SILENT {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.silent(visit.targets().workers());
            byte[] greeting = RawPeer.greeting();
            greeting[MINOR_VERSION] = 1;
            peer.send(greeting);
            peer.send(RawPeer.ready("DEALER", ""));
            peer.sendMessage("", "requesting task");
            peer.awaitEnd();
        }
    },
    /** Stops in the middle of its request, goes on, stops before it reads the answer, and goes on. */
    STOPS_AND_GOES_ON {
        @Override
        void call(BadVisit visit) {
            RawPeer peer = visit.welcome(visit.targets().clients(), "DEALER");
            byte[] request = Hex.octets("01 00 00 64" + " 61".repeat(100));
            int first = visit.random().nextInt(request.length);
            peer.send(Arrays.copyOf(request, first));
            pause();
            peer.send(Arrays.copyOfRange(request, first, request.length));
            pause();
            peer.receive();
        }
    },
    /** Half of them do not open. */
    CURVE_HELLOS {
        @Override
        void call(BadVisit visit) {
            for (int i = 0; i < HELLOS; i++) {
                byte[] hello = visit.targets().hello().clone();
                if (i % 2 == 0) {
                    hello[hello.length - 1 - visit.random().nextInt(80)] ^= 1;
                }
                visit.silent(visit.targets().curve()).send(hello);
            }
            pause();
        }
    };

    private static final int MOST = 4096;
    private static final int MANY = 20_000;
    private static final int CROWD = 10;
    private static final int HELLOS = 50;
    private static final int GUESSES = 3;

    /** Where it stands in a greeting. */
    private static final int MINOR_VERSION = 11;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Comes, and does it. Fails with an {@link java.io.UncheckedIOException} where the broker closes in the middle of it. */
    abstract void call(BadVisit visit);

    private static byte[] cut(BadVisit visit, byte[] octets) {
        return Arrays.copyOf(octets, visit.random().nextInt(octets.length));
    }

    private static byte[] repeated(byte[] octets, int times) {
        var all = new ByteArrayOutputStream(octets.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(octets);
        }
        return all.toByteArray();
    }

    /** Stays a little, and reads nothing. */
    private static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
