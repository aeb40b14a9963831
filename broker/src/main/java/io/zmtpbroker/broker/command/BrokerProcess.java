package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.AccessReload;
import io.zmtpbroker.broker.Broker;
import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.access.Access;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker as a process: it says where it listens, and ends in order when a signal comes. */
final class BrokerProcess {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    private final Broker broker;
    private final Access access;
    private final HangUps hangUps;

    BrokerProcess(Broker broker, BrokerConfig config, HangUps hangUps) {
        this.broker = broker;
        this.access = config.access();
        this.hangUps = hangUps;
    }

    /** Prints where the broker listens, and waits for the end. */
    int serve(PrintWriter out) throws InterruptedException {
        broker.onFailure(new SuddenEnd());
        showCredentials();
        hangUps.call(this::reload);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        broker.endpoints().forEach(out::println);
        out.println("ready");
        out.flush();
        new CountDownLatch(1).await(); // the shutdown hook ends the process
        return 0;
    }

    private void showCredentials() {
        if (!access.descriptions().isEmpty()) {
            LOG.info("credentials: {}", String.join(", ", access.descriptions()));
        }
        if (access.hasFiles() && !hangUps.areHandled()) {
            LOG.warn("SIGHUP cannot be used here: to have files read again the broker must be started again");
        }
    }

    private void reload() {
        if (!access.hasFiles()) {
            LOG.info("SIGHUP: there are no files to read again");
            return;
        }
        AccessReload reload;
        try {
            reload = broker.reloadCredentials();
        } catch (RejectedExecutionException e) {
            LOG.info("SIGHUP came too late: the broker has stopped");
            return;
        }
        reload.problems().forEach(problem -> LOG.warn("not read again, what was read before still holds: {}", problem));
        LOG.info(
                "credentials now: {}; connections closed that lost theirs: {}",
                String.join(", ", reload.loaded()),
                reload.closedConnections());
    }

    /**
     * Runs as the shutdown hook of the JVM, since that is where SIGTERM and SIGINT arrive. By itself the JVM would then exit
     * with 128 and the signal's number, though the end is one in order: so the hook, which is the last thing to run, exits.
     */
    private void stop() {
        LOG.info("stopping");
        LOG.info(
                "stopped; {}",
                broker.stop().join().entrySet().stream()
                        .filter(counter -> counter.getValue() != 0)
                        .map(counter -> counter.getKey() + " " + counter.getValue())
                        .collect(Collectors.joining(", ")));
        Runtime.getRuntime().halt(0);
    }
}
