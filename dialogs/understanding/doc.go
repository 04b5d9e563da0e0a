// Package understanding reads what people write, in English and Welsh: what it
// is about, whether it speaks of danger, and its language. A network learnt from
// the texts in corpus does so, and for danger reviewed phrases that nothing
// overrules. When it is not sure, it says so: the intent is "none", or there is
// doubt, or a worry for a person to look at. How well it does is measured in
// docs/understanding.md. Values (money, dates) are read by dialogs/answers, and
// what follows from a reading is left to the gateway.
package understanding
