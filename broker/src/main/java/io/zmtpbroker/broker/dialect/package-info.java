/**
 * The protocols of clients and workers: messages to dispatcher events, and back. One class a dialect; none knows another.
 */
@NullMarked
package io.zmtpbroker.broker.dialect;

import org.jspecify.annotations.NullMarked;
