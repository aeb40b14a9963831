/** What must not grow: counted, or compared within one run, so that a busy machine changes nothing. */
@NullMarked
package io.zmtpbroker.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
