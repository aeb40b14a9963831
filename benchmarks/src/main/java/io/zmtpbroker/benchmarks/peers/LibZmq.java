package io.zmtpbroker.benchmarks.peers;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;

/** What we use of libzmq. A {@code size_t} is a long: 64-bit machines only. */
public interface LibZmq extends Library {

    /** Socket types and options, as zmq.h has them. */
    int DEALER = 5;

    int ROUTER = 6;
    int BACKLOG = 19;
    int SNDHWM = 23;
    int RCVHWM = 24;
    int LAST_ENDPOINT = 32;

    /** Loads the library. Throws an {@link UnsatisfiedLinkError} where there is none. */
    static LibZmq load() {
        return Native.load("zmq", LibZmq.class);
    }

    /** The version of the library, such as {@code 4.3.4}. */
    default String version() {
        var major = new IntByReference();
        var minor = new IntByReference();
        var patch = new IntByReference();
        zmq_version(major, minor, patch);
        return major.getValue() + "." + minor.getValue() + "." + patch.getValue();
    }

    /** See zmq_version(3). */
    void zmq_version(IntByReference major, IntByReference minor, IntByReference patch);

    /** See zmq_ctx_new(3). */
    Pointer zmq_ctx_new();

    /** See zmq_socket(3). */
    Pointer zmq_socket(Pointer context, int type);

    /** See zmq_setsockopt(3). */
    int zmq_setsockopt(Pointer socket, int option, IntByReference value, long length);

    /** See zmq_getsockopt(3). */
    int zmq_getsockopt(Pointer socket, int option, byte[] value, LongByReference length);

    /** See zmq_bind(3). */
    int zmq_bind(Pointer socket, String endpoint);

    /** See zmq_proxy(3). */
    int zmq_proxy(Pointer frontend, Pointer backend, Pointer capture);
}
