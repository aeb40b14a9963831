package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.security.CurvePublicKey;

/**
 * Who good peers of a soak are.
 *
 * @param broker whom those of CURVE come to, with any key
 * @param plain a client that the file of users has
 */
record SoakUsers(CurvePublicKey broker, PeerUser plain) {}
