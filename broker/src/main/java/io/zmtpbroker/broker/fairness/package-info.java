/** Who is one and the same as far as limits go, and how those who are not take turns. */
@NullMarked
package io.zmtpbroker.broker.fairness;

import org.jspecify.annotations.NullMarked;
