package io.zmtpbroker.broker.dispatch;

import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/** A payload with a name. Releasing it once too often throws. */
final class Payload extends AbstractReferenceCounted {

    private final String name;

    Payload(String name) {
        this.name = name;
    }

    boolean isReleased() {
        return refCnt() == 0;
    }

    @Override
    protected void deallocate() {}

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
