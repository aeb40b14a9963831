/**
 * The shell around the dispatcher: listeners, connections, the one event loop, gathered writes, limits and back-pressure.
 */
@NullMarked
package io.zmtpbroker.broker.net;

import org.jspecify.annotations.NullMarked;
