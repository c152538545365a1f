/// The words of the subject, as records and sealed types, valid from birth.
///
/// Imports nothing but Java: every other folder may use these words, and they know none of them.
@NullMarked
package dev.guestlist.model;

import org.jspecify.annotations.NullMarked;
