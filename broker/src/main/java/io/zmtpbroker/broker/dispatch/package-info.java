/**
 * The pure core of the broker: requests, workers, credit, attempts and deadlines.
 *
 * <p>{@link io.zmtpbroker.broker.dispatch.Dispatcher} takes events and the time, and calls small ports for its effects. It
 * opens no socket, reads no clock, starts no thread and logs nothing: it counts. Everything here is confined to one thread.
 */
@NullMarked
package io.zmtpbroker.broker.dispatch;

import org.jspecify.annotations.NullMarked;
