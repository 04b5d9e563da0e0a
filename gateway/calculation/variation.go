package calculation

// Variation is one ground for a variation that was agreed to.
type Variation struct {
	Ground Ground
	Amount Pay
}

// Ground names a ground for a variation.
type Ground string
