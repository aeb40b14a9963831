/**
 * The rules of ROUTER, REP and PULL as 28/REQREP and 30/PIPELINE have them: envelopes, and what a connection offers to
 * the dialect that speaks on it.
 */
@NullMarked
package io.zmtpbroker.broker.socket;

import org.jspecify.annotations.NullMarked;
