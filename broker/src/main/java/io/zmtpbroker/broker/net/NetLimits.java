package io.zmtpbroker.broker.net;

import io.zmtpbroker.zmtp.ZmtpLimits;

/**
 * How much of everything there may be.
 *
 * @param zmtp what one peer may send
 * @param connections how many may be connected
 * @param memory what may be held for them
 */
public record NetLimits(ZmtpLimits zmtp, ConnectionLimits connections, MemoryLimits memory) {}
