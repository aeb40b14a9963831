/** The comparison compares what it says, and finds what is wrong. */
@NullMarked
package io.zmtpbroker.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
