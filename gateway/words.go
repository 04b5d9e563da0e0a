package gateway

import (
	"strings"

	"parley/templates"
)

// say names what the heart itself says, outside any dialog. None of it names
// the service, an amount or a person, so it may go to anyone discreetly; but for
// sayPaid.
type say int

const (
	sayUnknown say = iota
	sayReadBy
	sayHandedOver
	sayTooMany
	sayStopped
	sayWatched
	sayPaid // to somebody confirmed alone: it has an amount
)

var standingWords = map[templates.Language]map[say]string{
	templates.English: {
		sayUnknown:    "Thank you for your message. We could not match this number to our records. Please call the number on our letters.",
		sayReadBy:     "Thank you. We have your message. A person will read it and contact you by ((date)).",
		sayHandedOver: "Thank you. A person will contact you by ((date)).",
		sayTooMany:    "Thank you. We have your messages. Please wait a while before you send more.",
		sayStopped:    "You will get no more texts from us. We may still need to write to you.",
		sayWatched:    "Thank you. We have your message.",
		sayPaid:       "Thank you. Your payment of ((amount)) was made.",
	},
	templates.Welsh: {
		sayUnknown:    "Diolch am eich neges. Ni allem gysylltu'r rhif hwn â'n cofnodion. Ffoniwch y rhif ar ein llythyrau.",
		sayReadBy:     "Diolch. Mae eich neges gennym. Bydd person yn ei darllen ac yn cysylltu â chi erbyn ((date)).",
		sayHandedOver: "Diolch. Bydd person yn cysylltu â chi erbyn ((date)).",
		sayTooMany:    "Diolch. Mae eich negeseuon gennym. Arhoswch ychydig cyn anfon mwy.",
		sayStopped:    "Ni chewch ragor o negeseuon testun gennym. Efallai y bydd angen i ni ysgrifennu atoch o hyd.",
		sayWatched:    "Diolch. Mae eich neges gennym.",
		sayPaid:       "Diolch. Gwnaed eich taliad o ((amount)).",
	},
}

// words returns standing words with a date filled in.
func (s say) words(language templates.Language, date string) string {
	if language != templates.Welsh {
		language = templates.English
	}
	return strings.Replace(standingWords[language][s], "((date))", date, 1)
}
