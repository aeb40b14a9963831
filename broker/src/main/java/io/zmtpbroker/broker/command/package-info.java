/**
 * The command line: what a user types becomes a {@link io.zmtpbroker.broker.BrokerConfig}, and a broker runs as a process until a
 * signal ends it. Options that belong together are a class of arguments each.
 */
@NullMarked
package io.zmtpbroker.broker.command;

import org.jspecify.annotations.NullMarked;
