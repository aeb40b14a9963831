/**
 * The application as a library: its configuration, and the broker that binds, serves and closes.
 */
@NullMarked
package io.zmtpbroker.broker;

import org.jspecify.annotations.NullMarked;
