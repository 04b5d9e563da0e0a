package console

var conversationWords = words{}
