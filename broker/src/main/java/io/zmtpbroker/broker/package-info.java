/**
 * The application: its command line, its configuration, and the broker that binds, serves and closes.
 */
@NullMarked
package io.zmtpbroker.broker;

import org.jspecify.annotations.NullMarked;
