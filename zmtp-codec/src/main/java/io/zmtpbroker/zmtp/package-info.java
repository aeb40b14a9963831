/**
 * The values of ZMTP 3.1 (37/ZMTP): socket types, routing ids, metadata, messages, limits and the errors that end a
 * connection. Nothing here reads or writes a channel; everything is immutable, apart from the reference count of a
 * {@link io.zmtpbroker.zmtp.ZmtpMessage}.
 */
@NullMarked
package io.zmtpbroker.zmtp;

import org.jspecify.annotations.NullMarked;
