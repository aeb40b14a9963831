package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, with which roles, and for how long. */
class AccessTest {

    private static final CurvePublicKey ALICE = CurveKeyPair.generate().publicKey();
    private static final CurvePublicKey BOB = CurveKeyPair.generate().publicKey();

    @TempDir
    private Path directory;

    @Test
    void letsInKeysThatAreOnTheListAndSaysWhichIsNot() throws Exception {
        CurveAllowFile source = new CurveAllowFile(keys(ALICE.z85() + " alice client"));

        ZmtpAuthenticationAnswer in = answer(source, new ZmtpCredentials.Curve(ALICE));
        ZmtpAuthenticationAnswer out = answer(source, new ZmtpCredentials.Curve(BOB));

        assertThat(in.status()).isEqualTo(Status.SUCCESS);
        assertThat(in.user().id()).isEqualTo("alice");
        assertThat(AccessRole.of(in.user())).containsExactly(AccessRole.CLIENT);
        assertThat(out.status()).isEqualTo(Status.AUTHENTICATION_FAILURE);
        assertThat(out.text()).isEqualTo("key " + BOB.z85() + " is not on the list");
    }

    @Test
    void letsInUsersWithTheirPasswordsAndTellsTheLogWhatWasWrong() throws Exception {
        PlainUsersFile source =
                new PlainUsersFile(users("alice", "secret", "worker"), new PasswordChecks(Runnable::run));

        assertThat(answer(source, plain("alice", "secret")).user().id()).isEqualTo("alice");
        assertThat(answer(source, plain("alice", "other")).text()).isEqualTo("wrong password of user 'alice'");
        assertThat(answer(source, plain("secret", "alice")).text()).isEqualTo("unknown user");
        assertThat(answer(source, new ZmtpCredentials.Anonymous()).status()).isEqualTo(Status.AUTHENTICATION_FAILURE);
    }

    @Test
    void asksThoseToComeAgainWhoFindItBusy() throws Exception {
        PlainUsersFile source = new PlainUsersFile(users("alice", "secret", "worker"), new PasswordChecks(task -> {
            throw new RejectedExecutionException();
        }));

        assertThat(answer(source, plain("alice", "secret")).status()).isEqualTo(Status.TEMPORARY_ERROR);
    }

    @Test
    void keepsThoseOutOfAnEndpointWhoHaveNoRoleThere() throws Exception {
        CurveAllowFile source =
                new CurveAllowFile(keys(ALICE.z85() + " alice client", BOB.z85() + " bob client,worker"));
        RoleGate workers = new RoleGate(source, Set.of(AccessRole.WORKER));

        assertThat(answer(workers, new ZmtpCredentials.Curve(BOB)).status()).isEqualTo(Status.SUCCESS);
        assertThat(answer(new RoleGate(source, AccessRole.ALL), new ZmtpCredentials.Curve(ALICE))
                        .status())
                .isEqualTo(Status.SUCCESS);
        assertThat(answer(workers, new ZmtpCredentials.Curve(ALICE)))
                .isEqualTo(ZmtpAuthenticationAnswer.refusal(
                        Status.AUTHENTICATION_FAILURE, "user 'alice' has not the role worker"));
    }

    @Test
    void readsTheRolesThatAnAuthenticatorGives() {
        assertThat(AccessRole.of(user(""))).isEqualTo(AccessRole.ALL);
        assertThat(AccessRole.of(user("worker"))).containsExactly(AccessRole.WORKER);
        assertThat(AccessRole.of(user("client,worker"))).isEqualTo(AccessRole.ALL);
        assertThat(AccessRole.of(user("root"))).isEmpty();
    }

    @Test
    void ofAKeyHoldsUntilItsLineIsGoneOrSaysLess() throws Exception {
        Path file = keys(ALICE.z85() + " alice client,worker", BOB.z85() + " bob client");
        Access access = Access.builder().curveAllow(file).build();
        ZmtpUser alice = answer(new CurveAllowFile(file), new ZmtpCredentials.Curve(ALICE))
                .user();
        ZmtpUser bob =
                answer(new CurveAllowFile(file), new ZmtpCredentials.Curve(BOB)).user();

        keys(ALICE.z85() + " alice client,worker", BOB.z85() + " bob client,worker");
        access.readAgain();
        assertThat(access.isValid(alice)).isTrue();
        assertThat(access.isValid(bob)).as("more than it had").isTrue();

        keys(ALICE.z85() + " alice worker", BOB.z85() + " robert client");
        access.readAgain();
        assertThat(access.isValid(alice)).as("a role less").isFalse();
        assertThat(access.isValid(bob)).as("somebody else's key").isFalse();

        keys(BOB.z85() + " bob client");
        access.readAgain();
        assertThat(access.isValid(alice)).isFalse();
        assertThat(access.isValid(ZmtpUser.ANONYMOUS)).as("of another endpoint").isTrue();
    }

    @Test
    void ofAUserHoldsUntilItsPasswordIsAnother() throws Exception {
        Path file = users("alice", "secret", "worker");
        Access access = Access.builder().plainUsers(file).build();
        ZmtpUser alice = answer(new PlainUsersFile(file, new PasswordChecks(Runnable::run)), plain("alice", "secret"))
                .user();
        assertThat(access.isValid(alice)).isTrue();

        users("alice", "secret", "worker"); // the same password, but salted anew
        access.readAgain();

        assertThat(access.isValid(alice)).isFalse();
    }

    @Test
    void ofABrokenFileStaysWhatItWas() throws Exception {
        Path keys = keys(ALICE.z85() + " alice client");
        Path users = users("alice", "secret", "worker");
        Path secret = directory.resolve("secret");
        CurveKeyPair first = CurveKeyPair.generate();
        CurveKeyPair second = CurveKeyPair.generate();
        KeyPairFile.write(secret, first, false);
        Access access = Access.builder()
                .plainUsers(users)
                .curveSecretFile(secret)
                .curveAllow(keys)
                .build();
        assertThat(access.descriptions())
                .containsExactly("public key " + first.publicKey().z85(), "1 user of " + users, "1 key of " + keys);

        Files.writeString(users, "# nobody\nalice\n");
        Files.writeString(keys, ALICE.z85() + " alice client\n" + BOB.z85() + " bob worker\n");
        KeyPairFile.write(secret, second, true);
        AccessReport report = access.readAgain();

        assertThat(report.problems())
                .containsExactly(users + ":2: a line is 'name hash roles', 3 words; this one has 1");
        assertThat(report.loaded())
                .containsExactly("public key " + second.publicKey().z85(), "1 user of " + users, "2 keys of " + keys);
    }

    @Test
    void ofAFileThatWasEmptiedStaysWhatItWas() throws Exception {
        Path keys = keys(ALICE.z85() + " alice client");
        Path users = users("alice", "secret", "worker");
        Access access = Access.builder().plainUsers(users).curveAllow(keys).build();

        Files.writeString(users, "");
        Files.writeString(keys, "# nobody\n");
        AccessReport report = access.readAgain();

        assertThat(report.problems())
                .containsExactly(users + ": there is no user in it", keys + ": there is no key in it");
        assertThat(report.loaded()).containsExactly("1 user of " + users, "1 key of " + keys);
    }

    @Test
    void remembersRightPasswordsThatAreTheSameWhenAFileIsReadAgain() throws Exception {
        ArrayDeque<Runnable> work = new ArrayDeque<>();
        Path file = users("alice", "secret", "worker");
        PlainUsersFile source = new PlainUsersFile(file, new PasswordChecks(work::add));
        CompletableFuture<ZmtpAuthenticationAnswer> first = ask(source, plain("alice", "secret"));
        work.remove().run();
        assertThat(first.join().status()).isEqualTo(Status.SUCCESS);

        Files.writeString(file, Files.readString(file).replace("worker", "client"));
        source.readAgain();
        CompletableFuture<ZmtpAuthenticationAnswer> same = ask(source, plain("alice", "secret"));
        assertThat(AccessRole.of(same.join().user())).containsExactly(AccessRole.CLIENT);

        users("alice", "secret", "worker"); // salted anew
        source.readAgain();
        assertThat(ask(source, plain("alice", "secret"))).isNotDone();
    }

    @Test
    void whoHasGoneIsNotCheckedAnyMore() throws Exception {
        ArrayDeque<Runnable> work = new ArrayDeque<>();
        PlainUsersFile users = new PlainUsersFile(users("alice", "secret", "worker"), new PasswordChecks(work::add));
        RoleGate gate = new RoleGate(users, AccessRole.ALL);
        for (int i = 0; i < PasswordChecks.MAX_WAITING; i++) {
            ask(gate, plain("alice", "wrong-" + i)).cancel(false);
        }

        CompletableFuture<ZmtpAuthenticationAnswer> alice = ask(gate, plain("alice", "secret"));
        work.remove().run();

        assertThat(alice.join().status()).isEqualTo(Status.SUCCESS);
    }

    /** The user's line alone decides what costs more; a wrong password of either takes as long as that of nobody. */
    @Test
    void howLongARefusalTakesDoesNotTellWhoExistsNorWhoseHashIsCheap() throws Exception {
        String cheap = new PlainUser("cheap", hash("secret", 10_000), AccessRole.ALL).toString();
        String costly = new PlainUser("costly", hash("secret", 400_000), AccessRole.ALL).toString();
        PlainUsers users = PlainUsers.read(Files.writeString(directory.resolve("users"), cheap + "\n" + costly + "\n"));
        processorNanos(users, "costly"); // compiled from here on

        long ofCostly = processorNanos(users, "costly");
        long ofCheap = processorNanos(users, "cheap");
        long ofNobody = processorNanos(users, "nobody");

        assertThat(ofCheap).isBetween(ofCostly / 2, ofCostly * 2);
        assertThat(ofNobody).isBetween(ofCostly / 2, ofCostly * 2);
    }

    private static long processorNanos(PlainUsers users, String name) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(users.isRight(users.find(name), "wrong".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        CurveKeyPair pair = CurveKeyPair.generate();

        assertThat(Access.NONE.missingFor(Mechanism.NULL)).isEmpty();
        assertThat(Access.NONE.missingFor(Mechanism.PLAIN)).contains("a users file (--plain-users)");
        assertThat(Access.NONE.missingFor(Mechanism.CURVE)).contains("a key pair (--curve-secret-file)");
        assertThat(Access.builder()
                        .curveKeys(pair)
                        .build()
                        .missingFor(Mechanism.CURVE)
                        .orElseThrow())
                .contains("--curve-allow any");
        assertThat(Access.builder().curveKeys(pair).curveAllowAny().build().missingFor(Mechanism.CURVE))
                .isEmpty();
        assertThatThrownBy(() -> Access.NONE.mechanism(Mechanism.PLAIN, AccessRole.ALL))
                .isInstanceOf(IllegalStateException.class);
    }

    private Path keys(String... lines) throws Exception {
        return Files.write(directory.resolve("keys"), List.of(lines));
    }

    private Path users(String name, String password, String roles) throws Exception {
        PlainUser user = new PlainUser(name, hash(password, 10_000), AccessRole.parse(roles));
        return Files.writeString(directory.resolve("users"), user + "\n");
    }

    private static PasswordHash hash(String password, int iterations) {
        return PasswordHash.of(password.getBytes(StandardCharsets.UTF_8), iterations, new SecureRandom());
    }

    private static ZmtpUser user(String roles) {
        Metadata metadata = roles.isEmpty()
                ? Metadata.EMPTY
                : Metadata.builder().add(AccessRole.PROPERTY, roles).build();
        return new ZmtpUser("alice", metadata);
    }

    private static ZmtpCredentials plain(String name, String password) {
        return new ZmtpCredentials.Plain(name, password.getBytes(StandardCharsets.UTF_8));
    }

    private static ZmtpAuthenticationAnswer answer(ZmtpAuthenticator authenticator, ZmtpCredentials credentials) {
        return ask(authenticator, credentials).join();
    }

    private static CompletableFuture<ZmtpAuthenticationAnswer> ask(
            ZmtpAuthenticator authenticator, ZmtpCredentials credentials) {
        var request = new ZmtpAuthenticationRequest("", "127.0.0.1", RoutingId.EMPTY, credentials);
        return authenticator.authenticate(request).toCompletableFuture();
    }
}
