package io.zmtpbroker.broker.dispatch;

/**
 * What the dispatcher holds at one moment.
 *
 * @param waiting requests in the queues of their services
 * @param parked requests set aside ahead of the queues, because their client was held back when their turn came
 * @param running requests handed out and not yet answered, those whose worker has gone a moment ago included
 * @param queuedOctets what all open requests are charged with
 * @param clients clients that have not gone
 * @param workers workers that have not gone
 * @param idleWorkers workers with credit
 */
public record DispatchSnapshot(
        int waiting, int parked, int running, long queuedOctets, int clients, int workers, int idleWorkers) {}
