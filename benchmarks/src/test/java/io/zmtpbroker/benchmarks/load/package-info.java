/** The load finds every reply that is not the right one. */
@NullMarked
package io.zmtpbroker.benchmarks.load;

import org.jspecify.annotations.NullMarked;
