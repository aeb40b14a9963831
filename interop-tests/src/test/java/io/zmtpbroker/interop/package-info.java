/**
 * The broker against real peers: JeroMQ in this process, libzmq through pyzmq, the broker's jar as a process.
 *
 * <p>Two kinds of peers. {@link io.zmtpbroker.interop.PeerSocket}s are played step by step by a test, the same way for
 * both libraries. Crowds ({@link io.zmtpbroker.interop.ClientPlan}, {@link io.zmtpbroker.interop.WorkerPlan}) run on
 * their own and are counted at the end. What no library would send is framed by hand ({@code RawPeer} of the codec's test support).
 *
 * <p>Two classes run at a time. What takes the whole machine, or would be disturbed, has the tag {@code alone}.
 */
@NullMarked
package io.zmtpbroker.interop;

import org.jspecify.annotations.NullMarked;
