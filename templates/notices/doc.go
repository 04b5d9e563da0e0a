// Package notices holds the notices that the service sends of itself: what each
// says by text, by email and by letter, in English and Welsh, and in the form
// for somebody who must be contacted discreetly. One folder holds one notice:
//
//	payment-due/notice.yaml   what it is, whom it is for and what it needs
//	payment-due/en.md         its words
//	payment-due/cy.md         the same in Welsh
//
// Words are Markdown with ((placeholders)) and ((flag??words said only when the
// flag is set)), as content designers know them from GOV.UK Notify; the words of
// a flag may hold placeholders too. The Markdown is read when a notice is loaded:
// a value can never be read as markup, as a placeholder or as a link.
//
// What a notice tells of the other parent it declares, and it is no more than the
// Child Support Maintenance Calculation Regulations 2012 say (reg 25(1)).
//
// It renders. When a notice is due, whether it may be sent and by which channel
// is for the gateway to say.
package notices
