package console

var figuresWords = words{}
