package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a decoder delivers, and can keep slices of it to see that nobody touches them later. */
final class Recorder implements MessageDecoder.Sink {
    private final List<String> events = new ArrayList<>();
    private final List<ByteBuf> slices = new ArrayList<>();
    private final boolean retain;

    private Recorder(boolean retain) {
        this.retain = retain;
    }

    static Recorder copying() {
        return new Recorder(false);
    }

    /** Reads the octets of what was delivered not before {@link #events()} is called. */
    static Recorder retaining() {
        return new Recorder(true);
    }

    static String message(String hex) {
        return "message " + Hex.of(Hex.octets(hex));
    }

    static String command(String hex) {
        return "command " + Hex.of(Hex.octets(hex));
    }

    @Override
    public void onMessage(ByteBuf message) {
        record("message ", message);
    }

    @Override
    public void onCommand(ByteBuf body) {
        record("command ", body);
    }

    private void record(String kind, ByteBuf octets) {
        if (retain) {
            events.add(kind);
            slices.add(octets.retainedSlice());
        } else {
            events.add(kind + Hex.of(octets));
        }
        octets.skipBytes(octets.readableBytes() / 2); // a sink may do so
    }

    /** Kinds and octets, in order; releases what was kept. */
    List<String> events() {
        for (int i = 0; i < slices.size(); i++) {
            events.set(i, events.get(i) + Hex.of(slices.get(i)));
            slices.get(i).release();
        }
        slices.clear();
        return events;
    }
}
