package calculation

// Benefit names a benefit, pension or allowance for which the flat rate is
// paid (CR 44). SomeBenefit stands for one that is not named.
type Benefit string

// SomeBenefit is a benefit that counts and was not named.
const SomeBenefit Benefit = "yes"

// NilCircumstance names a circumstance in which the nil rate applies
// (CR 45(1)). Being a university student is not one.
type NilCircumstance string

// SomeCircumstance is a circumstance that counts and was not named.
const SomeCircumstance NilCircumstance = "yes"

// ownBenefits are those of CR 44(1): the paying parent gets them. Bereavement
// allowance is repealed in CR 44 but still in the official leaflet, and kept.
var ownBenefits = map[Benefit]words{
	"contribution_based_jobseekers_allowance":       {"contribution-based Jobseeker's Allowance", "Lwfans Ceisio Gwaith ar sail cyfraniadau"},
	"new_style_jobseekers_allowance":                {"New Style Jobseeker's Allowance", "Lwfans Ceisio Gwaith Dull Newydd"},
	"contributory_employment_and_support_allowance": {"contributory Employment and Support Allowance", "Lwfans Cyflogaeth a Chymorth ar sail cyfraniadau"},
	"new_style_employment_and_support_allowance":    {"New Style Employment and Support Allowance", "Lwfans Cyflogaeth a Chymorth Dull Newydd"},
	"state_pension":                   {"State Pension", "Pensiwn y Wladwriaeth"},
	"incapacity_benefit":              {"Incapacity Benefit", "Budd-dal Analluogrwydd"},
	"training_allowance":              {"a training allowance", "lwfans hyfforddi"},
	"armed_forces_compensation":       {"an Armed Forces Compensation Scheme payment", "taliad Cynllun Iawndal y Lluoedd Arfog"},
	"war_disablement_pension":         {"War Disablement Pension", "Pensiwn Anabledd Rhyfel"},
	"war_widows_pension":              {"a war widow's, widower's or surviving civil partner's pension", "pensiwn gweddw rhyfel neu bartner sifil sy'n goroesi"},
	"bereavement_allowance":           {"Bereavement Allowance", "Lwfans Profedigaeth"},
	"maternity_allowance":             {"Maternity Allowance", "Lwfans Mamolaeth"},
	"carers_allowance":                {"Carer's Allowance", "Lwfans Gofalwr"},
	"carer_support_payment":           {"Carer Support Payment", "Taliad Cymorth Gofalwr"},
	"severe_disablement_allowance":    {"Severe Disablement Allowance", "Lwfans Anabledd Difrifol"},
	"industrial_injuries_benefit":     {"Industrial Injuries Benefit", "Budd-dal Anafiadau Diwydiannol"},
	"widowed_mothers_allowance":       {"Widowed Mother's Allowance", "Lwfans Mam Weddw"},
	"widowed_parents_allowance":       {"Widowed Parent's Allowance", "Lwfans Rhiant Gweddw"},
	"widows_pension":                  {"Widow's Pension", "Pensiwn Gweddw"},
	"foreign_social_security_benefit": {"a social security benefit from another country", "budd-dal nawdd cymdeithasol o wlad arall"},
}

// householdBenefits are those of CR 44(2): the paying parent or a partner
// gets them. Income support and income-based Jobseeker's Allowance have left
// the leaflet but not the regulation.
var householdBenefits = map[Benefit]words{
	"income_support":                                  {"Income Support", "Cymhorthdal Incwm"},
	"income_based_jobseekers_allowance":               {"income-based Jobseeker's Allowance", "Lwfans Ceisio Gwaith ar sail incwm"},
	"income_related_employment_and_support_allowance": {"income-related Employment and Support Allowance", "Lwfans Cyflogaeth a Chymorth ar sail incwm"},
	"pension_credit":                                  {"Pension Credit", "Credyd Pensiwn"},
	"universal_credit_no_earned_income":               {"Universal Credit, and has no earnings", "Credyd Cynhwysol, ac nid oes enillion"},
	SomeBenefit:                                       {"a benefit that counts for the flat rate", "budd-dal sy'n cyfrif ar gyfer y gyfradd unffurf"},
}

var nilCircumstances = map[NilCircumstance]words{
	"child":                              {"is under 16, or under 20 and in full-time education up to A level", "o dan 16, neu o dan 20 ac mewn addysg lawnamser hyd at Safon Uwch"},
	"prisoner":                           {"is in prison", "yn y carchar"},
	"sentenced_hospital_patient":         {"is in hospital under a sentence", "yn yr ysbyty o dan ddedfryd"},
	"young_person_on_benefit":            {"is 16 or 17 and gets, or has a partner who gets, a benefit that counts", "yn 16 neu 17 ac yn cael, neu â phartner sy'n cael, budd-dal sy'n cyfrif"},
	"young_person_on_universal_credit":   {"is 16 or 17 and gets Universal Credit with no earnings", "yn 16 neu 17 ac yn cael Credyd Cynhwysol heb enillion"},
	"young_person_on_training_allowance": {"gets a work-based training allowance for young people", "yn cael lwfans hyfforddiant seiliedig ar waith i bobl ifanc"},
	"care_home_resident":                 {"lives in a care home or independent hospital, with help to pay for it", "yn byw mewn cartref gofal neu ysbyty annibynnol, gyda help i dalu amdano"},
	SomeCircumstance:                     {"is in a situation in which nothing is paid", "mewn sefyllfa lle na thelir dim"},
}

func (b Benefit) known() bool { return b.words() != words{} }

func (b Benefit) words() words {
	if w, ok := ownBenefits[b]; ok {
		return w
	}
	return householdBenefits[b]
}

// household tells whether the benefit is one of CR 44(2). One that was not
// named may be, and half the flat rate is not withheld for want of a name.
func (b Benefit) household() bool { return householdBenefits[b] != words{} }

func (n NilCircumstance) known() bool { return n.words() != words{} }

func (n NilCircumstance) words() words { return nilCircumstances[n] }
