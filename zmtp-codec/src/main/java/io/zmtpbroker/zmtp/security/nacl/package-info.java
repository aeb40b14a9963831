/**
 * The boxes of NaCl, as CURVE needs them, and nothing of ZMTP. {@link io.zmtpbroker.zmtp.security.nacl.Nacl} is the seam:
 * another library needs an implementation of it and of {@link io.zmtpbroker.zmtp.security.nacl.NaclBox}, no more. One is
 * made of Bouncy Castle's Curve25519, XSalsa20 and Poly1305 and always there. The other calls libsodium, by JNA, on machines
 * that have both.
 */
@NullMarked
package io.zmtpbroker.zmtp.security.nacl;

import org.jspecify.annotations.NullMarked;
