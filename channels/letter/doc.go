// Package letter writes letters as PDF files for a print supplier: A4, black
// on white, with the address where the window of a DL envelope shows it
// (BS 4264), in English or Welsh, and in large print for those who need it
// (RNIB's Clear Print guidelines: 12 point at least, 16 or more for large
// print).
//
// Each letter is a file in a folder, the outbox, and a line of the outbox's
// manifest, which names nobody. Fetching, printing and posting them is the
// supplier's work, and clearing the folder that of whoever runs the service.
// Nobody answers on this channel: what people write back comes by post.
//
// A letter is never printed with a hole in it: one that cannot be printed as it
// should be, because the font lacks a character or the address does not fit in
// the window, is refused, and a person sees to it.
package letter
