// Package evidence keeps the files that parents send: photos of payslips and
// letters, and documents. A file is taken only when it is what it may be (JPEG,
// PNG or PDF, by its bytes and never by its name), small enough, and found free
// of viruses by a clamd scanner, when one is set up.
//
// What a photo tells beside the picture is left out: where and when it was
// taken and by what (Exif, XMP, IPTC, comments, what follows the picture). How
// it is to be turned stays. A PDF is kept as it is.
//
// Files are sealed with AES-256-GCM under a key of their own, and kept in a
// folder that no web server sees, under names that say nothing. Who may open
// one is the caller's to say and this package's to check.
//
// The formats: JPEG is ITU-T T.81 annex B and Exif 2.32, PNG is W3C PNG (Third
// Edition), PDF is ISO 32000-1. It does not read what is in a file.
package evidence
