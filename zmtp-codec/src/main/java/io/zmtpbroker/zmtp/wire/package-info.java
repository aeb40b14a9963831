/**
 * Octets to values and back, as pure functions and small state machines over buffers: the greeting, frames, messages,
 * commands and metadata of 37/ZMTP. Only {@code netty-buffer} is used; there is no channel, no clock and no thread here.
 * Where 37/ZMTP's prose ends a command name with a null octet and its grammar puts a length before it, the grammar is
 * followed, as libzmq and JeroMQ do.
 */
@NullMarked
package io.zmtpbroker.zmtp.wire;

import org.jspecify.annotations.NullMarked;
