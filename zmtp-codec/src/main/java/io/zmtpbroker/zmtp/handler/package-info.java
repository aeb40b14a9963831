/**
 * ZMTP on a Netty channel. {@link io.zmtpbroker.zmtp.handler.ZmtpPipeline} installs what a connection needs; the handlers
 * only turn Netty's events into calls of the pure parts, and what those decide into writes. Nothing here logs: a violation
 * passes through the pipeline as an exception, and the application counts and logs it.
 */
@NullMarked
package io.zmtpbroker.zmtp.handler;

import org.jspecify.annotations.NullMarked;
