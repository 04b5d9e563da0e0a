// Package training makes networks for dialogs/understanding from labelled texts:
// TF-IDF features, an embedding bag, ReLU, dropout and one softmax a head, with
// spaGO's operators and Adam (Kingma and Ba, 2015), stopped early on a
// development split. One seed and the same texts give the same bytes, where
// spaGO is built without machine code (-tags purego,noasm,safe). It knows
// nothing of what the labels mean.
package training
