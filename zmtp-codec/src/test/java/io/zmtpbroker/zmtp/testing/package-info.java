/** What the tests of all modules share: leak checks, octets in hexadecimal, and every way to cut octets into pieces. */
@NullMarked
package io.zmtpbroker.zmtp.testing;

import org.jspecify.annotations.NullMarked;
