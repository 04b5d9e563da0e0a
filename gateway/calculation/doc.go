// Package calculation is the statutory child maintenance calculation of Great
// Britain's 2012 scheme, with the payment plan, the fees and the ledger that
// follow from it. It is pure: no clock, no I/O, no floating point.
//
// It follows Part I of Schedule 1 to the Child Support Act 1991 (cited as
// "Sch 1"), the Child Support Maintenance Calculation Regulations 2012 (SI
// 2012/2677, "CR"), the Child Support Fees Regulations 2014 (SI 2014/612,
// "FR") and the Child Support (Collection and Enforcement) Regulations 1992
// (SI 1992/1989, "C&E"). Each rule group has a file of its own and calculate
// names them in the order of the Act.
//
// Where the sources are silent, this was chosen:
//
//   - Fractions are exact throughout. Each receiving parent's amount is rounded
//     once, half a penny upwards, and the total is the sum of those amounts.
//   - A month is a twelfth of a year: a monthly income is × 12 ÷ 365 × 7.
//   - An income that was decided elsewhere (Income.Given) stands in place of
//     the choice between historic and current income.
//   - Pension contributions come off historic and current income alike, before
//     the two are compared.
//   - 175 nights is in the highest band of shared care.
//   - Local-authority care comes after shared care, on what is left for that
//     child. A child for whom nothing is left that way has no part in the £7
//     floor.
//
// It leaves to others where facts come from, who may see a result, and the
// schemes of 1993 and 2003.
package calculation
