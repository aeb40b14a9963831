/** JMH benchmarks: a class a question, the question in its first sentence. */
@NullMarked
package io.zmtpbroker.benchmarks;

import org.jspecify.annotations.NullMarked;
