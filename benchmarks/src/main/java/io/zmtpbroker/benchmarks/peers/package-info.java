/** The brokers that ours is compared with, each the main class of a process of its own. */
@NullMarked
package io.zmtpbroker.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
