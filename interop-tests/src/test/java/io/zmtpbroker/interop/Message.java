package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A whole message as its frames, compared by content. The arrays are not copied: nobody changes them. */
final class Message {
    private static final int SHOWN_OCTETS = 40;

    private final List<byte[]> frames;

    private Message(List<byte[]> frames) {
        this.frames = List.copyOf(frames);
    }

    static Message of(String... texts) {
        return new Message(
                Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList());
    }

    static Message of(List<byte[]> frames) {
        return new Message(frames);
    }

    static Message ofOctets(byte[]... frames) {
        return new Message(List.of(frames));
    }

    int size() {
        return frames.size();
    }

    byte[] frame(int index) {
        return frames.get(index);
    }

    List<byte[]> frames() {
        return frames;
    }

    String text(int index) {
        return new String(frames.get(index), UTF_8);
    }

    /** This message behind further frames. */
    Message behind(Message front) {
        var all = new ArrayList<>(front.frames);
        all.addAll(frames);
        return new Message(all);
    }

    /** The frames from an index on. */
    Message from(int index) {
        return new Message(frames.subList(index, frames.size()));
    }

    /** The frames before an index. */
    Message until(int index) {
        return new Message(frames.subList(0, index));
    }

    /** One empty frame: what a client gets when every attempt failed. */
    boolean isFailure() {
        return frames.size() == 1 && frames.get(0).length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message
                && frames.size() == message.frames.size()
                && IntStream.range(0, frames.size())
                        .allMatch(index -> Arrays.equals(frames.get(index), message.frames.get(index)));
    }

    @Override
    public int hashCode() {
        return frames.stream().mapToInt(Arrays::hashCode).reduce(1, (hash, frame) -> 31 * hash + frame);
    }

    @Override
    public String toString() {
        return frames.stream().map(Message::shown).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shown(byte[] frame) {
        byte[] start = Arrays.copyOf(frame, Math.min(frame.length, SHOWN_OCTETS));
        String text = new String(start, ISO_8859_1);
        boolean printable = text.chars().allMatch(octet -> octet >= 0x20 && octet < 0x7f);
        String content = printable ? '"' + text + '"' : HexFormat.of().formatHex(start);
        return frame.length > SHOWN_OCTETS ? content + "... (" + frame.length + " octets)" : content;
    }
}
