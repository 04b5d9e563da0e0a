package console

var caseWords = words{}
