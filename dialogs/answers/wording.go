package answers

// wording is one sentence in both languages.
type wording struct{ english, welsh string }

// own is what a code says beyond what its kind asks for; empty for a code that
// has nothing to add.
func (e *Error) own() wording {
	switch e.Code {
	case TwoValues:
		return e.Kind.oneOnly()
	case TwoMeanings:
		return wording{
			"I cannot tell which amount that is. Write it in figures, like 410 or 4.10.",
			"Ni allaf ddweud pa swm yw hwnnw. Ysgrifennwch ef mewn ffigurau, fel 410 neu 4.10.",
		}
	case TooLong:
		if e.Kind != KindCaseReference { // whose words say how long it is
			return wording{
				"That is too long. Write less.",
				"Mae hynny'n rhy hir. Ysgrifennwch lai.",
			}
		}
	case TooShort:
		if e.Kind != KindCaseReference {
			return wording{
				"That is too short. Write more.",
				"Mae hynny'n rhy fyr. Ysgrifennwch fwy.",
			}
		}
	case UnknownPeriod:
		return e.Kind.howOften()
	case NoDay:
		return wording{
			"Give the day too, like 3 November.",
			"Rhowch y diwrnod hefyd, fel 3 Tachwedd.",
		}
	case NoSuchDate:
		return wording{
			"The calendar has no such date. Write it like 3 November 2026.",
			"Nid yw'r dyddiad hwnnw ar y calendr. Ysgrifennwch ef fel 3 Tachwedd 2026.",
		}
	case NoPostcode:
		return wording{
			"Give the postcode too, at the end.",
			"Rhowch y cod post hefyd, ar y diwedd.",
		}
	case NoStreet:
		return wording{
			"Give the house and street too, then the postcode.",
			"Rhowch y tŷ a'r stryd hefyd, yna'r cod post.",
		}
	}
	return wording{}
}

// oneOnly asks for one value where there were two.
func (k Kind) oneOnly() wording {
	switch k {
	case KindMoney:
		return wording{
			"I read more than one amount. Give one, like 410 a week.",
			"Gwelais fwy nag un swm. Rhowch un, fel 410 yr wythnos.",
		}
	case KindDate:
		return wording{
			"I read more than one date. Give one, like 3 November.",
			"Gwelais fwy nag un dyddiad. Rhowch un, fel 3 Tachwedd.",
		}
	}
	return wording{
		"I read more than one answer. Give one.",
		"Gwelais fwy nag un ateb. Rhowch un.",
	}
}

// howOften asks for a period that can be reckoned with.
func (k Kind) howOften() wording {
	if k == KindNights {
		return wording{
			"Say how many nights a week, fortnight or year.",
			"Dywedwch sawl noson yr wythnos, y bythefnos neu'r flwyddyn.",
		}
	}
	return wording{
		"Say how much a week, fortnight, month or year.",
		"Dywedwch faint yr wythnos, y bythefnos, y mis neu'r flwyddyn.",
	}
}

// asks tells what an answer of the kind looks like.
func (k Kind) asks() wording {
	switch k {
	case KindYesNo:
		return wording{
			"Answer yes or no.",
			"Atebwch ie neu na.",
		}
	case KindChoice:
		return wording{
			"Choose one of the answers offered.",
			"Dewiswch un o'r atebion a gynigir.",
		}
	case KindChoices:
		return wording{
			"Choose one or more of the answers offered, like 1 and 3.",
			"Dewiswch un neu fwy o'r atebion a gynigir, fel 1 a 3.",
		}
	case KindNumber:
		return wording{
			"Write a number, like 3.",
			"Ysgrifennwch rif, fel 3.",
		}
	case KindMoney:
		return wording{
			"Write an amount in pounds, like 410 a week.",
			"Ysgrifennwch swm mewn punnoedd, fel 410 yr wythnos.",
		}
	case KindPeriod:
		return wording{
			"Say how often: every week, fortnight, 4 weeks, month or year.",
			"Dywedwch pa mor aml: bob wythnos, pythefnos, 4 wythnos, mis neu flwyddyn.",
		}
	case KindDate:
		return wording{
			"Write a date, like 3 November 2026.",
			"Ysgrifennwch ddyddiad, fel 3 Tachwedd 2026.",
		}
	case KindNights:
		return wording{
			"Say how many nights and how often, like 2 nights a week.",
			"Dywedwch sawl noson a pha mor aml, fel 2 noson yr wythnos.",
		}
	}
	return k.asksOfPerson()
}

// asksOfPerson is asks for what a person is reached or found by.
func (k Kind) asksOfPerson() wording {
	switch k {
	case KindPhone:
		return wording{
			"Write a phone number, like 07700 900123.",
			"Ysgrifennwch rif ffôn, fel 07700 900123.",
		}
	case KindEmail:
		return wording{
			"Write an email address, like name@example.com.",
			"Ysgrifennwch gyfeiriad e-bost, fel enw@example.com.",
		}
	case KindName:
		return wording{
			"Write a first name and a last name.",
			"Ysgrifennwch enw cyntaf ac enw olaf.",
		}
	case KindAddress:
		return wording{
			"Write the address with its postcode, like 12 High Street, Leeds, LS1 1AA.",
			"Ysgrifennwch y cyfeiriad gyda'i god post, fel 12 Stryd Fawr, Bangor, LL57 1AA.",
		}
	case KindPostcode:
		return wording{
			"Write a UK postcode, like LS1 1AA.",
			"Ysgrifennwch god post yn y DU, fel LL57 1AA.",
		}
	case KindNationalInsurance:
		return wording{
			"Write a National Insurance number: 2 letters, 6 numbers and a letter.",
			"Ysgrifennwch rif Yswiriant Gwladol: 2 lythyren, 6 rhif a llythyren.",
		}
	case KindCaseReference:
		return wording{
			"Write the 12 numbers of the reference on our letters.",
			"Ysgrifennwch y 12 rhif o'r cyfeirnod ar ein llythyrau.",
		}
	}
	return wording{
		"Write your answer in a few words.",
		"Ysgrifennwch eich ateb mewn ychydig eiriau.",
	}
}
