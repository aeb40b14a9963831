package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.PasswordChecks.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
        CompletableFuture<Outcome> outcome = checks.check(users, octets("alice"), users.find("alice"), password);
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
        CompletableFuture<Outcome> first = full.check(users, octets("x"), null, octets("y"));
        var alice = Objects.requireNonNull(users.find("alice"));

        assertThat(full.check(users, octets("alice"), alice, octets("secret"))).isCompletedWithValue(Outcome.BUSY);
        runAll();
        assertThat(first).isCompletedWithValue(Outcome.WRONG);
        CompletableFuture<Outcome> again = full.check(users, octets("alice"), alice, octets("secret"));
        runAll();
        assertThat(again).isCompletedWithValue(Outcome.RIGHT);
    }

    private CompletableFuture<Outcome> check(String name, String password) {
        return checks.check(users, octets(name), users.find(name), octets(password));
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
