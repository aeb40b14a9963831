/**
 * The program in benchmarks.jar, and the JMH benchmarks that it runs: each {@code …Benchmark} is a question, which is its first
 * sentence. What they measure is made in {@code fixture}.
 */
@NullMarked
package io.zmtpbroker.benchmarks;

import org.jspecify.annotations.NullMarked;
