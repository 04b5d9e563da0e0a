// Package accounts keeps the accounts of a case: what falls due on its payment
// plan and when, what was received of it, and where each parent stands. A plan
// is for 52 weeks (Child Support (Collection and Enforcement) Regulations 1992
// regs 4 and 5); what is owed to several is paid to each in proportion (section
// 29 of the Child Support Act 1991), less the collection fees (Child Support
// Fees Regulations 2014 reg 7).
//
// It is pure. The arithmetic of ledgers and plans is the calculation's; whom to
// tell, and when, is for others to say.
package accounts
