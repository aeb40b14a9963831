package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.PasswordChecks.Outcome;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords are checked when the test runs the work, and as often as is left to run. */
@SuppressWarnings("NullAway.Init") // set before each test
class PasswordChecksTest {

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final PasswordChecks checks = new PasswordChecks(work::add);
    private PlainUsers users;

    @BeforeEach
    void writeUsers(@TempDir Path directory) throws Exception {
        PasswordHash hash = PasswordHash.of(octets("secret"), 10_000, new SecureRandom());
        users = PlainUsers.read(
                Files.writeString(directory.resolve("users"), new PlainUser("alice", hash, AccessRole.ALL) + "\n"));
    }

    @Test
    void doesNotCheckWhereItIsAskedAndRemembersWhatWasRight() {
        CompletableFuture<Outcome> first = check("alice", "secret");
        assertThat(first).isNotDone();

        runAll();

        assertThat(first).isCompletedWithValue(Outcome.RIGHT);
        assertThat(check("alice", "secret")).isCompletedWithValue(Outcome.RIGHT);
        assertThat(work).isEmpty();
    }

    @Test
    void answersTheSameQuestionOnceForAllThatAskAtATime() {
        CompletableFuture<Outcome> first = check("alice", "secret");
        CompletableFuture<Outcome> second = check("alice", "secret");
        CompletableFuture<Outcome> other = check("alice", "wrong");

        assertThat(work).hasSize(2);
        runAll();

        assertThat(first).isCompletedWithValue(Outcome.RIGHT);
        assertThat(second).isCompletedWithValue(Outcome.RIGHT);
        assertThat(other).isCompletedWithValue(Outcome.WRONG);
    }

    @Test
    void remembersNothingThatWasWrong() {
        check("alice", "wrong");
        runAll();

        assertThat(check("alice", "wrong")).isNotDone();
        assertThat(work).hasSize(1);
    }

    @Test
    void checksNamesThatNobodyHasJustTheSame() {
        CompletableFuture<Outcome> nobody = check("nobody", "secret");

        assertThat(nobody).isNotDone();
        runAll();

        assertThat(nobody).isCompletedWithValue(Outcome.WRONG);
        assertThat(users.nobody().iterations()).isEqualTo(10_000);
    }

    @Test
    void doesNotTakeTheNameAndThePasswordForAnotherPairWithTheSameOctets() {
        check("alice", "secret");
        runAll();

        assertThat(check("alic", "esecret")).isNotDone();
    }

    @Test
    void keepsItsOwnCopyOfThePassword() {
        byte[] password = octets("secret");
        CompletableFuture<Outcome> outcome = checks.check("", users, new ZmtpCredentials.Plain("alice", password));
        Arrays.fill(password, (byte) 0);
        runAll();

        assertThat(outcome).isCompletedWithValue(Outcome.RIGHT);
    }

    @Test
    void saysThatItIsBusyAndCanBeAskedAgain() {
        PasswordChecks full = new PasswordChecks(task -> {
            if (!work.isEmpty()) {
                throw new RejectedExecutionException();
            }
            work.add(task);
        });
        CompletableFuture<Outcome> first = full.check("", users, shown("x", "y"));

        assertThat(full.check("", users, shown("alice", "secret"))).isCompletedWithValue(Outcome.BUSY);
        runAll();
        assertThat(first).isCompletedWithValue(Outcome.WRONG);
        CompletableFuture<Outcome> again = full.check("", users, shown("alice", "secret"));
        runAll();
        assertThat(again).isCompletedWithValue(Outcome.RIGHT);
    }

    @Test
    void goesOnWhenTheSystemGivesThreadsAgain() {
        AtomicInteger threads = new AtomicInteger();
        PasswordChecks lacking = new PasswordChecks(task -> {
            if (threads.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            work.add(task);
        });

        assertThat(lacking.check("", users, shown("alice", "secret"))).isCompletedWithValue(Outcome.BUSY);
        CompletableFuture<Outcome> again = lacking.check("", users, shown("alice", "secret"));
        runAll();

        assertThat(again).isCompletedWithValue(Outcome.RIGHT);
    }

    @Test
    void isNotFullForOthersWhenOneAddressAsksForNamesThatNobodyHas() {
        List<CompletableFuture<Outcome>> flood = new ArrayList<>();
        for (int i = 0; i < 2 * PasswordChecks.MAX_WAITING; i++) {
            flood.add(checks.check("10.0.0.1", users, shown("nobody-" + i, "x")));
        }
        assertThat(flood.get(flood.size() - 1)).isCompletedWithValue(Outcome.BUSY);

        CompletableFuture<Outcome> alice = checks.check("10.0.0.2", users, shown("alice", "secret"));
        assertThat(alice).isNotDone();
        work.remove().run();
        work.remove().run();

        assertThat(alice).as("the second turn is its").isCompletedWithValue(Outcome.RIGHT);
        runAll();
        assertThat(flood).allMatch(CompletableFuture::isDone);
    }

    @Test
    void countsAllAddressesOfACustomerOfVersion6AsOne() {
        for (int i = 0; i < PasswordChecks.MAX_WAITING; i++) {
            checks.check("2001:db8:0:1:0:0:0:" + i, users, shown("nobody-" + i, "x"));
        }

        assertThat(checks.check("2001:db8:0:1:a:b:c:d", users, shown("x", "y"))).isCompletedWithValue(Outcome.BUSY);
        assertThat(checks.check("2001:db8:0:2:a:b:c:d", users, shown("x", "y"))).isNotDone();
    }

    @Test
    void doesNotCheckForThoseWhoHaveGone() {
        List<CompletableFuture<Outcome>> gone = new ArrayList<>();
        for (int i = 0; i < PasswordChecks.MAX_WAITING; i++) {
            gone.add(check("alice", "wrong-" + i));
        }

        gone.forEach(each -> each.cancel(false));
        CompletableFuture<Outcome> alice = check("alice", "secret");
        work.remove().run();

        assertThat(alice).as("nothing was before it").isCompletedWithValue(Outcome.RIGHT);
        runAll();
    }

    @Test
    void doesNotPileUpWorkForThoseWhoComeAndGo() {
        for (int i = 0; i < 10 * PasswordChecks.MAX_WAITING; i++) {
            check("alice", "wrong-" + i).cancel(false);
        }

        assertThat(work).hasSizeLessThanOrEqualTo(PasswordChecks.MAX_WAITING);
    }

    @Test
    void checksOnForOthersWhoAskTheSame() {
        CompletableFuture<Outcome> first = check("alice", "secret");
        CompletableFuture<Outcome> second = check("alice", "secret");

        first.cancel(false);
        runAll();

        assertThat(second).isCompletedWithValue(Outcome.RIGHT);
    }

    @Test
    void tellsAFailureToThoseWhoAskedAndNotToItsThread() {
        PlainUser broken = new PlainUser("x", PasswordHash.ofNobody(0, new SecureRandom()), AccessRole.ALL);

        CompletableFuture<Outcome> answer = checks.check("", new PlainUsers(Map.of("x", broken)), shown("x", "y"));
        runAll();

        assertThat(answer).isCompletedExceptionally();
    }

    private CompletableFuture<Outcome> check(String name, String password) {
        return checks.check("10.0.0.1", users, shown(name, password));
    }

    private static ZmtpCredentials.Plain shown(String name, String password) {
        return new ZmtpCredentials.Plain(name, octets(password));
    }

    private void runAll() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
