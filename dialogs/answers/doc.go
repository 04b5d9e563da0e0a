// Package answers reads what people write as values: yes and no, one of
// several choices, amounts of money and how often, dates, nights, numbers,
// telephone numbers, email addresses and free text. People write English and
// Welsh, on telephones, with slips, and both languages are always understood.
//
// A reader takes account of every word: one that it does not know, two amounts
// where one was asked, or a "not" in front makes it refuse, and the question
// is asked again. What was worked out from a vague word ("about 400", "last
// Friday") is read with Confirm, and the person is asked whether it is right.
//
// Reading is pure and deterministic: today's date comes with the Context.
// Telephone numbers follow the national numbering plans (ITU-T E.164), email
// addresses the part of RFC 5321 that real mailboxes use, and internationalised
// domains RFC 5890. What a value means for a case, whether it lies within what
// a question allows, and how a question is put are left to package dialogs.
package answers
