package console

// canned is a reply that caseworkers send often, in both languages. None names
// the service, an amount or anybody: all can be sent to somebody who is
// contacted discreetly.
type canned struct {
	Name        string
	English, Cy string
}

// In is the reply in a language.
func (c canned) In(language string) string {
	if language == "cy" {
		return c.Cy
	}
	return c.English
}

var cannedReplies = []canned{
	{"hello", "Hello, I am a caseworker. I have read what you wrote, so you need not say it again.", "Helo, gweithiwr achos ydw i. Rwyf wedi darllen yr hyn a ysgrifennoch, felly nid oes angen ei ddweud eto."},
	{"moment", "One moment please, I am looking into this for you.", "Un eiliad os gwelwch yn dda, rwy'n edrych i mewn i hyn i chi."},
	{"safe", "Is it safe to talk now? If not, say when it is.", "A yw'n ddiogel siarad nawr? Os nad ydyw, dywedwch pryd y bydd."},
	{"call", "It may be easier to talk. When may we call you?", "Efallai y byddai'n haws siarad. Pryd gawn ni eich ffonio?"},
	{"more", "Could you tell me a little more about that?", "Allech chi ddweud ychydig mwy wrthyf am hynny?"},
	{"thanks", "Thank you, that is all I need for now.", "Diolch, dyna'r cyfan sydd ei angen arnaf am y tro."},
	{"back", "Thank you. Some short questions follow, which finish this.", "Diolch. Daw ychydig o gwestiynau byr i orffen hyn."},
}
