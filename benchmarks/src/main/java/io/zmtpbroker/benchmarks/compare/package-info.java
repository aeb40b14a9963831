/** Brokers as processes, loaded in turn, and what they cost beside each other: a table, JSON and a picture. */
@NullMarked
package io.zmtpbroker.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
