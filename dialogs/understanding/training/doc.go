// Package training makes networks for dialogs/understanding from labelled texts:
// TF-IDF features, an embedding bag that also has what published vectors know of
// English words, ReLU, dropout and one softmax a head, with spaGO's operators and
// Adam (Kingma and Ba, 2015). One seed and the same texts give the same bytes,
// where spaGO is built without machine code (-tags purego,noasm,safe). It knows
// nothing of what the labels mean.
package training
