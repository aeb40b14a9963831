package io.zmtpbroker.broker.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether passwords are right, on threads of its own: a check takes some tenths of a second of a processor.
 *
 * <ul>
 *   <li>A password that was right is remembered until its user's line is read again: workers that all come back at once cost
 *       one check, or none.
 *   <li>The same question asked twice at a time is answered once.
 *   <li>A name that nobody has is checked as well, against nothing: how long the answer takes does not tell who exists.
 *   <li>The line is short. Who finds it full may come again: nothing was found out about him.
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

    private static final int MAX_WAITING = 64;
    private static final long IDLE_SECONDS = 10;

    private final PasswordSeal seal = new PasswordSeal(new SecureRandom());
    private final Executor executor;
    private final Map<Question, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();

    /**
     * @param user null for a name that nobody has
     * @param sealed the name and the password, as {@link PasswordSeal} writes them
     */
    private record Question(@Nullable PlainUser user, ByteBuffer sealed) {}

    PasswordChecks() {
        this(pool());
    }

    PasswordChecks(Executor executor) {
        this.executor = executor;
    }

    /** Half of the processors at most: the dispatch loop needs one, too. Its threads end by themselves. */
    private static Executor pool() {
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "passwords-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Checks a password. Does not block.
     *
     * @param users where the name is looked up
     * @param password copied
     * @return completes on any thread
     */
    CompletableFuture<Outcome> check(PlainUsers users, byte[] name, @Nullable PlainUser user, byte[] password) {
        byte[] sealed = seal.seal(name, password);
        if (user != null && user.wasRight(sealed)) {
            return CompletableFuture.completedFuture(Outcome.RIGHT);
        }
        Question question = new Question(user, ByteBuffer.wrap(sealed));
        var answer = new CompletableFuture<Outcome>();
        CompletableFuture<Outcome> same = running.putIfAbsent(question, answer);
        if (same != null) {
            return same;
        }
        byte[] copy = password.clone();
        try {
            executor.execute(() -> answer(question, users, copy, answer));
        } catch (RejectedExecutionException e) {
            Arrays.fill(copy, (byte) 0);
            running.remove(question);
            answer.complete(Outcome.BUSY);
        }
        return answer;
    }

    private void answer(Question question, PlainUsers users, byte[] password, CompletableFuture<Outcome> answer) {
        try {
            PlainUser user = question.user();
            boolean right = (user == null ? users.nobody() : user.hash()).matches(password);
            if (user != null && right) {
                user.rememberRight(question.sealed().array());
            }
            running.remove(question);
            answer.complete(user != null && right ? Outcome.RIGHT : Outcome.WRONG);
        } catch (RuntimeException | Error e) {
            running.remove(question);
            answer.completeExceptionally(e);
            throw e;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }
}
