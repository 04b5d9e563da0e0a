package gateway

import (
	"strings"

	"parley/gateway/directory"
	"parley/templates"
)

// say names what the heart itself says, outside any dialog. None of it names
// the service, an amount or a person, so it may go to anyone discreetly.
type say int

const (
	sayUnknown say = iota
	sayMenu
	sayReadBy
	sayHandedOver
	sayTooMany
	sayStopped
	sayWatched
	sayDanger
	saySelfHarm
	sayOffer
	sayThreat
)

var standingWords = map[templates.Language]map[say]string{
	templates.English: {
		sayUnknown:    "Thank you for your message. We could not match this number to our records. Please call the number on our letters.",
		sayMenu:       "Thank you. To tell us that your pay has changed, reply PAY. To reach a person, reply PERSON.",
		sayReadBy:     "Thank you. We have your message. A person will read it and contact you by ((date)).",
		sayHandedOver: "Thank you. A person will contact you by ((date)).",
		sayTooMany:    "Thank you. We have your messages. Please wait a while before you send more.",
		sayStopped:    "You will get no more texts from us. We may still need to write to you.",
		sayWatched:    "Thank you. We have your message.",
		sayDanger:     "Thank you for telling us. A person will read this, but not always at once. If anyone is in danger now, call 999.",
		saySelfHarm:   "Thank you for telling us. A person will read this, but not always at once. If anyone is in danger now, call 999. You can call Samaritans on 116 123 at any time.",
		sayOffer:      "Reply 1 for support numbers.",
		sayThreat:     "Thank you. We have your message.",
	},
	templates.Welsh: {
		sayUnknown:    "Diolch am eich neges. Ni allem gysylltu'r rhif hwn â'n cofnodion. Ffoniwch y rhif ar ein llythyrau.",
		sayMenu:       "Diolch. I ddweud bod eich cyflog wedi newid, atebwch CYFLOG. I gael person, atebwch RHYWUN.",
		sayReadBy:     "Diolch. Mae eich neges gennym. Bydd person yn ei darllen ac yn cysylltu â chi erbyn ((date)).",
		sayHandedOver: "Diolch. Bydd person yn cysylltu â chi erbyn ((date)).",
		sayTooMany:    "Diolch. Mae eich negeseuon gennym. Arhoswch ychydig cyn anfon mwy.",
		sayStopped:    "Ni chewch ragor o negeseuon testun gennym. Efallai y bydd angen i ni ysgrifennu atoch o hyd.",
		sayWatched:    "Diolch. Mae eich neges gennym.",
		sayDanger:     "Diolch am ddweud wrthym. Bydd person yn darllen hwn, ond nid ar unwaith bob tro. Os oes rhywun mewn perygl nawr, ffoniwch 999.",
		saySelfHarm:   "Diolch am ddweud wrthym. Bydd person yn darllen hwn, ond nid ar unwaith bob tro. Os oes rhywun mewn perygl nawr, ffoniwch 999. Gallwch ffonio'r Samariaid ar 116 123 unrhyw bryd.",
		sayOffer:      "Atebwch 1 am rifau cymorth.",
		sayThreat:     "Diolch. Mae eich neges gennym.",
	},
}

// words returns standing words with a date filled in.
func (s say) words(language templates.Language, date string) string {
	if language != templates.Welsh {
		language = templates.English
	}
	return strings.Replace(standingWords[language][s], "((date))", date, 1)
}

// helplines are the domestic abuse helplines of each nation, free and open all
// day, and Samaritans.
var helplines = map[directory.Nation]string{
	directory.England:         "0808 2000 247",
	directory.Wales:           "0808 80 10 800",
	directory.Scotland:        "0800 027 1234",
	directory.NorthernIreland: "0808 802 1414",
}

// supportNumbers answers "1" after the answer to danger.
func supportNumbers(language templates.Language, nation directory.Nation) string {
	number, ok := helplines[nation]
	if !ok {
		number = helplines[directory.England]
	}
	if language == templates.Welsh {
		return "Cymorth am ddim, ddydd a nos: " + number + ". Samariaid: 116 123. Mewn perygl o ffôn symudol: ffoniwch 999, gwrandewch, yna pwyswch 55 pan ofynnir."
	}
	return "Free support, day and night: " + number + ". Samaritans: 116 123. In danger, from a mobile: call 999, listen, then press 55 when asked."
}
