/** What the program itself does. */
@NullMarked
package io.zmtpbroker.benchmarks;

import org.jspecify.annotations.NullMarked;
