// Package understanding reads what people write as intents and danger. This is
// its first form: reviewed lists of phrases in English and Welsh. Those of
// danger would rather see it where there is none than miss it; those of intents
// would rather miss one than take an answer for a matter of its own. What they
// do not know is the intent "none". Values (money, dates) are read by
// dialogs/answers.
package understanding
