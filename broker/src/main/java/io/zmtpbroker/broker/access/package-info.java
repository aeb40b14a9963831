/**
 * Who may do what: credentials in files that can be read again, passwords that are checked apart from the dispatch loop, and
 * the roles of users. Asked by {@code net} when a connection comes in, and again when the files were read anew.
 */
@NullMarked
package io.zmtpbroker.broker.access;

import org.jspecify.annotations.NullMarked;
