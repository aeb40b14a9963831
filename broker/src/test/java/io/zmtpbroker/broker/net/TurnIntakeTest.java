package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** Who is read within a turn, and who when it has ended. */
class TurnIntakeTest {

    private static final int ENOUGH = (int) TurnIntake.ENOUGH_OCTETS;

    private int turnsBegun;
    private final TurnIntake intake = new TurnIntake(() -> turnsBegun++);
    private final Connection first = new Connection();
    private final Connection second = new Connection();

    @Test
    void everybodyIsReadUntilThereIsEnough() {
        first.brings(ENOUGH / 2);
        second.brings(ENOUGH / 2);

        assertThat(first.isRead()).isTrue();
        assertThat(second.isRead()).isTrue();
        assertThat(turnsBegun).isZero();
    }

    @Test
    void whoBringsMoreThanEnoughRestsUntilTheTurnHasEnded() {
        first.brings(ENOUGH);
        second.brings(1);

        assertThat(first.isRead()).isTrue();
        assertThat(second.isRead()).isFalse();
        assertThat(turnsBegun).isOne();
        intake.endTurn();
        assertThat(second.isRead()).isTrue();
    }

    @Test
    void theNextTurnHasItsOwnMeasure() {
        first.brings(ENOUGH);
        intake.endTurn();

        first.brings(ENOUGH);

        assertThat(first.isRead()).isTrue();
    }

    @Test
    void aGateThatIsClosedStaysClosedWhenTheTurnHasEnded() {
        first.brings(ENOUGH);
        first.gate.close(ReadGate.Reason.PEER_SLOW);
        first.brings(1);

        intake.endTurn();

        assertThat(first.isRead()).isFalse();
        first.gate.open(ReadGate.Reason.PEER_SLOW);
        assertThat(first.isRead()).isTrue();
    }

    @Test
    void aGateThatOpensDoesNotEndTheRest() {
        first.brings(ENOUGH + 1);
        first.gate.close(ReadGate.Reason.PEER_SLOW);

        first.gate.open(ReadGate.Reason.PEER_SLOW);

        assertThat(first.isRead()).isFalse();
        intake.endTurn();
        assertThat(first.isRead()).isTrue();
    }

    @Test
    void eachBufferAsksForTheNextUnlessNobodyWantsIt() {
        int before = first.asked;
        first.brings(1);
        assertThat(first.asked).isEqualTo(before + 1);

        first.channel.config().setAutoRead(false);
        first.brings(1);
        assertThat(first.asked).isEqualTo(before + 1);
    }

    private final class Connection {

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final ReadGate gate = new ReadGate(channel);
        private int asked;

        Connection() {
            channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    asked++;
                    context.read();
                }
            });
            channel.pipeline().addLast(new RingReading(intake, gate));
        }

        void brings(int octets) {
            channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(new byte[octets]));
            channel.releaseInbound();
        }

        boolean isRead() {
            return channel.config().isAutoRead();
        }
    }
}
