/**
 * Security mechanisms as state machines without I/O (37/ZMTP, "Security Mechanisms"): they are told of commands and answer
 * through a {@link io.zmtpbroker.zmtp.security.ZmtpMechanismPort}. Here are NULL, PLAIN and CURVE ({@link
 * io.zmtpbroker.zmtp.security.ZmtpMechanisms}), the authenticator that they ask, and what all share: what an end
 * says of itself, and how it judges what the other end says.
 */
@NullMarked
package io.zmtpbroker.zmtp.security;

import org.jspecify.annotations.NullMarked;
