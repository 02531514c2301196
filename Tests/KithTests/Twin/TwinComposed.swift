import Foundation

/// The code points of a text's composed form (NFC).
func composedScalars(_ text: String) -> [Unicode.Scalar] {
  Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
}
