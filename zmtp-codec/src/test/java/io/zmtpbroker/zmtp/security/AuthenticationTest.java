package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.AUTHENTICATION;
import static io.zmtpbroker.zmtp.ZmtpViolation.AUTHENTICATOR_BUSY;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 27/ZAP, through each mechanism. */
@ExtendWith(LeakCheck.class)
class AuthenticationTest {
    private static final Metadata METADATA =
            Metadata.builder().add("role", "worker").build();
    private static final String READY_DEALER = "04 29 05 52 45 41 44 59 0b 53 6f 63 6b 65 74 2d 54 79 70 65 "
            + "00 00 00 06 44 45 41 4c 45 52 08 49 64 65 6e 74 69 74 79 00*4 ";
    private static final String READY_DEALER_ME =
            READY_DEALER.replace("04 29", "04 2b").replace("00*4", "00 00 00 02 6d 65");

    /** A mechanism whose server asks, and what its client says until the question. */
    private enum Asked {
        NULL("ff 00*7 01 7f 03 01 4e 55 4c 4c 00*16 00 00*31 " + READY_DEALER) {
            @Override
            ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
                return ZmtpMechanisms.anonymous(authenticator);
            }
        },
        PLAIN("ff 00*7 01 7f 03 01 50 4c 41 49 4e 00*15 00 00*31 04 0a 05 48 45 4c 4c 4f 01 61 01 62") {
            @Override
            ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
                return ZmtpMechanisms.plainServer(authenticator);
            }
        },
        CURVE(CurveVectors.GREETING_OF_CLIENT + CurveVectors.HELLO + CurveVectors.INITIATE) {
            @Override
            ZmtpMechanismFactory server(ZmtpAuthenticator authenticator) {
                return CurveVectors.server(authenticator, Nacl.bouncyCastle());
            }
        };

        final String octets;

        Asked(String octets) {
            this.octets = octets;
        }

        abstract ZmtpMechanismFactory server(ZmtpAuthenticator authenticator);
    }

    private final List<ZmtpAuthenticationRequest> requests = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void asksOnceWithWhatIsKnown(Asked mechanism) {
        Conversation server =
                Conversation.accepting(mechanism.server(answering(success()).inDomain("test")));

        server.say(mechanism.octets);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.mechanism()).isEqualTo(mechanism.name());
            assertThat(request.domain()).isEqualTo("test");
            assertThat(request.address()).isEqualTo("127.0.0.1");
            assertThat(request.routingId().isEmpty()).isTrue();
            if (request.credentials() instanceof ZmtpCredentials.Curve curve) {
                assertThat(curve.clientKey()).isEqualTo(CurveVectors.CLIENT.publicKey());
            }
        });
        server.close();
    }

    @Test
    void tellsTheApplicationWhoItIs() {
        for (Asked mechanism : new Asked[] {Asked.NULL, Asked.CURVE}) {
            Conversation server = Conversation.accepting(mechanism.server(answering(success())));

            server.say(mechanism.octets);

            assertThat(server.handshake.peer().orElseThrow().user()).isEqualTo(new ZmtpUser("alice", METADATA));
            server.close();
        }
    }

    @Test
    void isToldTheRoutingIdWhereItIsKnown() {
        Conversation server = Conversation.accepting(ZmtpMechanisms.anonymous(answering(success())));

        server.say(Asked.NULL.octets.replace(READY_DEALER, READY_DEALER_ME));

        assertThat(requests).singleElement().satisfies(request -> assertThat(request.routingId())
                .hasToString("6d65"));
    }

    @ParameterizedTest
    @CsvSource({"AUTHENTICATION_FAILURE, 34 30 30", "INTERNAL_ERROR, 35 30 30"})
    void tellsTheReasonOfWhatIsForGood(Status status, String reason) {
        for (Asked mechanism : Asked.values()) {
            Conversation server = Conversation.accepting(mechanism.server(answering(refusal(status))));

            assertThat(server.violation(mechanism.octets)).isEqualTo(AUTHENTICATION);
            assertThat(server.shell.sent()).endsWith(hex("04 0a 05 45 52 52 4f 52 03" + reason));
            assertThat(server.handshake.peer()).isEmpty();
            server.close();
        }
    }

    @Test
    void givesTheLogTheTextOfARefusalAndThePeerOnlyItsStatus() {
        for (Asked mechanism : Asked.values()) {
            Conversation server = Conversation.accepting(mechanism.server(answering(CompletableFuture.completedFuture(
                    ZmtpAuthenticationAnswer.refusal(Status.AUTHENTICATION_FAILURE, "gone fishing")))));

            assertThat(server.failure(mechanism.octets)).hasMessage("the authenticator says 400: gone fishing");
            assertThat(server.shell.sent()).endsWith(hex("04 0a 05 45 52 52 4f 52 03 34 30 30"));
            server.close();
        }
    }

    static List<Arguments> silent() {
        return List.of(
                silent(AUTHENTICATOR_BUSY, request -> refusal(Status.TEMPORARY_ERROR)),
                silent(AUTHENTICATION, request -> {
                    throw new IllegalStateException("password is secret");
                }),
                silent(
                        AUTHENTICATION,
                        request -> CompletableFuture.failedFuture(new IllegalStateException("password is secret"))),
                silent(AUTHENTICATION, request -> CompletableFuture.completedFuture(null)),
                silent(AUTHENTICATION, AuthenticationTest::nothing));
    }

    private static Arguments silent(ZmtpViolation violation, ZmtpAuthenticator authenticator) {
        return Arguments.of(violation, authenticator);
    }

    @SuppressWarnings("NullAway") // what others' code may do
    private static CompletionStage<ZmtpAuthenticationAnswer> nothing(ZmtpAuthenticationRequest request) {
        return null;
    }

    @ParameterizedTest
    @MethodSource("silent")
    void saysNothingWhereThereIsNoAnswerOrItIsNotForGood(ZmtpViolation violation, ZmtpAuthenticator authenticator) {
        for (Asked mechanism : Asked.values()) {
            Conversation server = Conversation.accepting(mechanism.server(authenticator));

            ZmtpProtocolException failure = server.failure(mechanism.octets);

            assertThat(failure.violation()).isEqualTo(violation);
            assertThat(failure).message().doesNotContain("secret");
            assertThat(server.shell.sent())
                    .doesNotContain(hex("45 52 52 4f 52"))
                    .doesNotContain(hex("52 45 41 44 59"));
            assertThat(server.handshake.peer()).isEmpty();
            server.close();
        }
    }

    @Test
    void keepsAnOpenQuestionFromLettingAnybodyIn() {
        for (Asked mechanism : Asked.values()) {
            Conversation server = Conversation.accepting(mechanism.server(request -> new CompletableFuture<>()));

            server.say(mechanism.octets);

            assertThat(server.handshake.peer()).isEmpty();
            server.close();
        }
    }

    @Test
    void asksBeforeReadyWhereNullConnects() {
        CompletableFuture<ZmtpAuthenticationAnswer> answer = new CompletableFuture<>();
        Conversation client = Conversation.connecting(ZmtpMechanisms.anonymous(request -> answer));
        String greeting = Asked.NULL.octets.replace(READY_DEALER, "");
        String readyRouter = READY_DEALER.replace("44 45 41 4c 45 52", "52 4f 55 54 45 52");

        assertThat(client.say(greeting)).doesNotContain(hex("52 45 41 44 59"));
        answer.complete(ZmtpAuthenticationAnswer.success("server"));
        assertThat(client.say("")).isEqualTo(hex(READY_DEALER));
        client.say(readyRouter);

        assertThat(client.handshake.peer().orElseThrow().user().id()).isEqualTo("server");
    }

    @Test
    void anyCurveKeyIsForCurveAlone() {
        for (Asked mechanism : new Asked[] {Asked.NULL, Asked.PLAIN}) {
            Conversation server = Conversation.accepting(mechanism.server(ZmtpAuthenticator.anyCurveKey()));

            assertThat(server.violation(mechanism.octets)).isEqualTo(AUTHENTICATION);
        }
    }

    @Test
    void successIsNoRefusal() {
        assertThatIllegalArgumentException().isThrownBy(() -> ZmtpAuthenticationAnswer.refusal(Status.SUCCESS));
    }

    private ZmtpAuthenticator answering(CompletionStage<ZmtpAuthenticationAnswer> answer) {
        return request -> {
            requests.add(request);
            return answer;
        };
    }

    private static CompletionStage<ZmtpAuthenticationAnswer> success() {
        return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success("alice", METADATA));
    }

    private static CompletionStage<ZmtpAuthenticationAnswer> refusal(Status status) {
        return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.refusal(status));
    }
}
