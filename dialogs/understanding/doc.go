// Package understanding reads what people write as intents and danger. This is
// its first form: reviewed lists of words in English and Welsh, which know few
// intents and would rather see danger where there is none than miss it. What
// it does not know is the intent "none". Values (money, dates) are read by
// dialogs/answers.
package understanding
