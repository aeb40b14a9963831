package io.zmtpbroker.zmtp.testing;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The octets that an object still holds: those of every array and direct buffer that can be reached through fields of our own
 * classes and of Bouncy Castle's. Static fields and sources of random octets are left out.
 */
public final class Reachable {
    private static final List<String> WALKED = List.of("io.zmtpbroker.", "org.bouncycastle.");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private final List<byte[]> found = new ArrayList<>();

    private Reachable() {}

    /** Copies, one for each array or buffer; numbers count as little-endian. */
    public static List<byte[]> octets(Object root) {
        Reachable walk = new Reachable();
        walk.meet(root);
        while (!walk.open.isEmpty()) {
            walk.visit(walk.open.remove());
        }
        return walk.found;
    }

    /** Whether some octets stand somewhere in what an object holds. */
    public static boolean holds(Object root, byte[] octets) {
        String wanted = Hex.of(octets);
        return octets(root).stream().anyMatch(held -> Hex.of(held).contains(wanted));
    }

    private void meet(@Nullable Object object) {
        if (object != null && seen.add(object)) {
            open.add(object);
        }
    }

    private void visit(Object object) {
        if (object instanceof byte[] octets) {
            found.add(octets.clone());
        } else if (object instanceof int[] words) {
            ByteBuffer octets =
                    ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            octets.asIntBuffer().put(words);
            found.add(octets.array());
        } else if (object instanceof ByteBuffer buffer) {
            byte[] octets = new byte[buffer.capacity()];
            buffer.duplicate().clear().get(octets);
            found.add(octets);
        } else if (!(object instanceof SecureRandom)) {
            visitFields(object);
        }
    }

    private void visitFields(Object object) {
        for (Class<?> type = object.getClass(); isWalked(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    meet(valueOf(field, object));
                }
            }
        }
    }

    private static boolean isWalked(@Nullable Class<?> type) {
        return type != null && WALKED.stream().anyMatch(type.getName()::startsWith);
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        field.setAccessible(true);
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
