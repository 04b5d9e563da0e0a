// Package network is the model behind dialogs/understanding: it scores a text
// for each label of each of its heads. An embedding bag over the text's words,
// pairs of words and runs of characters, weighed by TF-IDF, is kept in two bits a
// number and summed by an operator of our own; spaGO's ReLU and affine functions do the
// rest. A network is one flat file, made by dialogs/understanding/training. What
// scores mean, and when they are too low to mean anything, is left to
// dialogs/understanding.
package network
