package io.zmtpbroker.benchmarks.peers;

/** What a broker prints on standard output when it listens: the lines of ours, so that one reader does for all. */
final class Announcement {

    private Announcement() {}

    @SuppressWarnings("SystemOut") // the other process reads it
    static void print(String clients, String workers) {
        System.out.println("clients listening on " + clients);
        System.out.println("workers listening on " + workers);
        System.out.println("ready");
        System.out.flush();
    }
}
