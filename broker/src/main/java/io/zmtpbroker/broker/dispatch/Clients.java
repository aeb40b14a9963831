package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are here, and those that have gone but left open requests.
 *
 * @param <P> what a request carries
 */
final class Clients<P extends ReferenceCounted> {

    private final IntrusiveList<Client<P>> all = new IntrusiveList<>();
    private int here;

    /** How many have not gone. */
    int here() {
        return here;
    }

    @Nullable
    Client<P> first() {
        return all.first();
    }

    @Nullable
    Client<P> after(Client<P> client) {
        return all.after(client.place);
    }

    void add(Client<P> client) {
        all.addLast(client.place);
        here++;
    }

    /** Takes up again a client that had gone, and is heard of nevertheless. */
    void keep(Client<P> client) {
        if (!client.place.isLinked()) {
            all.addLast(client.place);
        }
    }

    void comeBack(Client<P> client) {
        client.gone = false;
        here++;
        keep(client);
    }

    void leave(Client<P> client) {
        client.gone = true;
        here--;
        client.forgetIfDone();
    }
}
