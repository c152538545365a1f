package dev.guestlist.model;

/// Where the key of the vault lies, the strongest first.
public enum KeyPlace {
  /// the system's own store of secrets, opened with the person's sign-in to this computer
  KEYCHAIN,
  /// nowhere: it is worked out from a passphrase that the person types in
  PASSPHRASE,
  /// a file beside the data; whoever copies the folder has both
  KEY_FILE,
  /// the memory of this program; what it sealed is lost when the program closes
  UNTIL_CLOSED
}
