/// The rules of the house, held by the build.
package dev.guestlist.rules;
