/**
 * Clients and workers that load a broker, and check each reply: all of them on one event loop, or on two, so that the load costs
 * no more than the broker that it is to measure.
 */
@NullMarked
package io.zmtpbroker.benchmarks.load;

import org.jspecify.annotations.NullMarked;
