/**
 * What the broker counts.
 */
@NullMarked
package io.zmtpbroker.broker.observe;

import org.jspecify.annotations.NullMarked;
