package io.zmtpbroker.broker.access;

import io.zmtpbroker.broker.fairness.FairQueue;
import io.zmtpbroker.broker.fairness.PeerNetwork;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether passwords are right, on threads of its own: a check takes some tenths of a second of a processor.
 *
 * <ul>
 *   <li>A password that was right is remembered until its user's password is another: workers that all come back at once cost
 *       one check, or none.
 *   <li>The same question asked twice at a time is answered once.
 *   <li>A name that nobody has is checked as well, against nothing: how long the answer takes does not tell who exists.
 *   <li>The line is short, and addresses take turns in it. Who finds no room may come again: nothing was found out about him.
 *   <li>Who does not wait any more (has cancelled what he was given) is not checked.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class PasswordChecks {

    /** What became of a check. */
    enum Outcome {
        /** It is the user's password. */
        RIGHT,
        /** It is not, or there is no such user. */
        WRONG,
        /** It was not looked at. */
        BUSY
    }

    static final int MAX_WAITING = 64;

    private final PasswordSeal seal = new PasswordSeal(new SecureRandom());
    private final Executor executor;

    // Guarded by this object, as the askers of checks are.
    private final FairQueue<Optional<PeerNetwork>, Check> waiting = new FairQueue<>(MAX_WAITING);
    private final Map<Question, Check> open = new HashMap<>();

    /** How often {@link #runNext} is going to be run: at least as often as there are checks that wait. */
    private int summoned;

    /**
     * What is asked.
     *
     * @param user null for a name that nobody has
     * @param sealed the name and the password, as {@link PasswordSeal} writes them
     */
    private record Question(@Nullable PlainUser user, ByteBuffer sealed) {}

    /** A question that waits, or is being answered, and who wants to know. */
    private static final class Check {
        final Optional<PeerNetwork> place;
        final PlainUsers users;
        final Question question;
        final byte[] password;
        final List<CompletableFuture<Outcome>> askers = new ArrayList<>(1);

        Check(Optional<PeerNetwork> place, PlainUsers users, Question question, byte[] password) {
            this.place = place;
            this.users = users;
            this.question = question;
            this.password = password;
        }
    }

    PasswordChecks() {
        this(PasswordThreads.start());
    }

    PasswordChecks(Executor executor) {
        this.executor = executor;
    }

    /**
     * Checks a password. Does not block.
     *
     * @param address of who shows it; empty for those who have none
     * @param users where the name is looked up
     * @param shown name and password, which is copied
     * @return completes on any thread; of this caller alone, who may cancel it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what is done at the end is done to the answer itself
    CompletableFuture<Outcome> check(String address, PlainUsers users, ZmtpCredentials.Plain shown) {
        PlainUser user = users.find(shown.user());
        byte[] sealed = seal.seal(shown.user().getBytes(StandardCharsets.UTF_8), shown.password());
        if (user != null && user.wasRight(sealed)) {
            return CompletableFuture.completedFuture(Outcome.RIGHT);
        }
        var question = new Question(user, ByteBuffer.wrap(sealed));
        var answer = new CompletableFuture<Outcome>();
        Check displaced = null;
        Check check;
        synchronized (this) {
            check = open.get(question);
            if (check == null) {
                check = new Check(
                        PeerNetwork.of(address),
                        users,
                        question,
                        shown.password().clone());
                open.put(question, check);
                displaced = waiting.add(check.place, check);
            }
            check.askers.add(answer);
        }
        if (displaced != null) {
            end(displaced, Outcome.BUSY);
        }
        summon(check);
        Check asked = check;
        answer.whenComplete((outcome, failure) -> {
            if (answer.isCancelled()) {
                withdraw(asked, answer);
            }
        });
        return answer;
    }

    /** Has one more thread look for what waits, if there are too few. */
    private void summon(Check newest) {
        synchronized (this) {
            if (summoned >= waiting.size()) {
                return;
            }
            summoned++;
        }
        try {
            executor.execute(this::runNext);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter when the system gives no more threads
            synchronized (this) {
                summoned--;
                waiting.remove(newest.place, newest);
            }
            end(newest, Outcome.BUSY);
        }
    }

    private void runNext() {
        Check next;
        synchronized (this) {
            summoned--;
            next = waiting.poll();
        }
        if (next == null) {
            return; // its askers have gone
        }
        try {
            end(next, answer(next));
        } catch (RuntimeException | Error e) { // told to those who asked, who say so in the log
            close(next).forEach(asker -> asker.completeExceptionally(e));
        }
    }

    private static Outcome answer(Check check) {
        PlainUser user = check.question.user();
        if (!check.users.isRight(user, check.password) || user == null) {
            return Outcome.WRONG;
        }
        user.rememberRight(check.question.sealed().array());
        return Outcome.RIGHT;
    }

    private void end(Check check, Outcome outcome) {
        close(check).forEach(asker -> asker.complete(outcome));
    }

    /** Nobody can ask this any more; returns those who did. */
    private synchronized List<CompletableFuture<Outcome>> close(Check check) {
        Arrays.fill(check.password, (byte) 0);
        open.remove(check.question, check);
        return List.copyOf(check.askers);
    }

    private synchronized void withdraw(Check check, CompletableFuture<Outcome> asker) {
        check.askers.removeIf(each -> each == asker);
        if (check.askers.isEmpty() && waiting.remove(check.place, check)) {
            close(check);
        }
    }
}
