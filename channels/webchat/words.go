package webchat

import (
	"fmt"

	"parley/templates"
)

// words are what the pages say themselves, in English and in Welsh. What a
// conversation says comes from its dialog.
var words = map[string][2]string{
	"title":   {"Messages", "Negeseuon"},
	"error":   {"Error", "Gwall"},
	"skip":    {"Skip to main content", "Neidio i'r prif gynnwys"},
	"exit":    {"Exit this page", "Gadael y dudalen hon"},
	"problem": {"There is a problem", "Mae problem"},

	"start":          {"Start a chat", "Dechrau sgwrs"},
	"start-body":     {"You can ask a question, tell us about a change or speak to a person.", "Gallwch ofyn cwestiwn, rhoi gwybod am newid neu siarad â pherson."},
	"safe-heading":   {"Before you start", "Cyn i chi ddechrau"},
	"safe-device":    {"This chat may show in the history of this device. If somebody else looks at it, use a device that they cannot reach.", "Gall y sgwrs hon ymddangos yn hanes y ddyfais hon. Os oes rhywun arall yn edrych arni, defnyddiwch ddyfais na allant ei chyrraedd."},
	"safe-exit":      {"Select \"Exit this page\" at any time to leave quickly. It ends the chat and opens a weather page. With a keyboard, press Shift 3 times.", "Dewiswch \"Gadael y dudalen hon\" unrhyw bryd i adael yn gyflym. Mae'n dod â'r sgwrs i ben ac yn agor tudalen dywydd. Gyda bysellfwrdd, pwyswch Shift 3 gwaith."},
	"safe-kept":      {"We keep what you write. Your browser forgets it when you exit.", "Rydym yn cadw'r hyn rydych yn ei ysgrifennu. Bydd eich porwr yn ei anghofio pan fyddwch yn gadael."},
	"safe-danger":    {"In danger now? Call 999.", "Mewn perygl nawr? Ffoniwch 999."},
	"start-language": {"Which language would you like to use?", "Pa iaith hoffech chi ei defnyddio?"},
	"ended":          {"Your chat has ended. You can start a new one.", "Mae eich sgwrs wedi dod i ben. Gallwch ddechrau un newydd."},
	"no-cookie":      {"Your browser did not let us begin here. Open the chat in a page of its own.", "Ni adawodd eich porwr i ni ddechrau yma. Agorwch y sgwrs mewn tudalen ar wahân."},
	"own-page":       {"Open the chat in its own page", "Agor y sgwrs yn ei thudalen ei hun"},

	"link":        {"Continue your chat", "Parhau â'ch sgwrs"},
	"link-body":   {"The link that you followed works once, on this device.", "Mae'r ddolen a ddilynoch yn gweithio unwaith, ar y ddyfais hon."},
	"continue":    {"Continue", "Parhau"},
	"link-used":   {"This link does not work any more", "Nid yw'r ddolen hon yn gweithio mwyach"},
	"link-used-1": {"It works once, for a day. Perhaps it was followed before.", "Mae'n gweithio unwaith, am ddiwrnod. Efallai iddi gael ei dilyn o'r blaen."},
	"link-used-2": {"To get another, answer the message that it came in. You can also start a new chat.", "I gael un arall, atebwch y neges y daeth ynddi. Gallwch hefyd ddechrau sgwrs newydd."},

	"so-far":      {"Messages so far", "Negeseuon hyd yma"},
	"new":         {"New messages", "Negeseuon newydd"},
	"you":         {"You said", "Dywedoch chi"},
	"we":          {"We said", "Dywedom ni"},
	"sent-file":   {"You sent a file: %s", "Anfonoch ffeil: %s"},
	"waiting":     {"We have your message. Our answer will show here.", "Mae gennym eich neges. Bydd ein hateb yn ymddangos yma."},
	"look-again":  {"Look for an answer", "Edrych am ateb"},
	"write":       {"Write a message", "Ysgrifennu neges"},
	"write-hint":  {"You can ask or tell us something else. When you are done, select \"Exit this page\".", "Gallwch ofyn neu ddweud rhywbeth arall. Pan fyddwch wedi gorffen, dewiswch \"Gadael y dudalen hon\"."},
	"menu":        {"See what you can do here", "Gweld beth allwch ei wneud yma"},
	"send":        {"Send", "Anfon"},
	"own-words":   {"Say it in your own words", "Dweud hyn yn eich geiriau eich hun"},
	"answer":      {"Your answer", "Eich ateb"},
	"person":      {"Speak to a person", "Siarad â pherson"},
	"back":        {"Back", "Yn ôl"},
	"left-one":    {"About 1 question left after this one", "Cwestiynau ar ôl hwn: tua 1"},
	"left":        {"About %d questions left after this one", "Cwestiynau ar ôl hwn: tua %d"},
	"keep":        {"Keep a copy of your messages", "Cadw copi o'ch negeseuon"},
	"keep-warn":   {"The copy stays on this device. Do not keep it if somebody who looks at this device should not read it.", "Bydd y copi'n aros ar y ddyfais hon. Peidiwch â'i gadw os na ddylai rhywun sy'n edrych ar y ddyfais hon ei ddarllen."},
	"keep-button": {"Download the copy", "Lawrlwytho'r copi"},
	"return":      {"Go back to your messages", "Mynd yn ôl at eich negeseuon"},
	"moved-on":    {"That question was answered before. This is where we are now.", "Atebwyd y cwestiwn hwnnw o'r blaen. Dyma lle rydym ni nawr."},

	"change":      {"Change", "Newid"},
	"all-right":   {"All is right", "Mae popeth yn gywir"},
	"amount":      {"Amount in pounds", "Swm mewn punnoedd"},
	"how-often":   {"How often", "Pa mor aml"},
	"nights":      {"Number of nights", "Nifer o nosweithiau"},
	"day":         {"Day", "Diwrnod"},
	"month":       {"Month", "Mis"},
	"year":        {"Year", "Blwyddyn"},
	"line-1":      {"Address line 1", "Llinell cyfeiriad 1"},
	"line-2":      {"Address line 2 (optional)", "Llinell cyfeiriad 2 (dewisol)"},
	"town":        {"Town or city", "Tref neu ddinas"},
	"postcode":    {"Postcode", "Cod post"},
	"at-most":     {"You can write up to %d characters.", "Gallwch ysgrifennu hyd at %d nod."},
	"select-all":  {"Select all that apply.", "Dewiswch bob un sy'n berthnasol."},
	"file-hint":   {"A photo (JPEG, PNG or HEIC) or a PDF, up to 10 MB.", "Llun (JPEG, PNG neu HEIC) neu PDF, hyd at 10 MB."},
	"send-file":   {"Send the file", "Anfon y ffeil"},
	"secret":      {"Your PIN or passphrase", "Eich PIN neu gyfrinymadrodd"},
	"secret-hint": {"We never ask for it by text or email.", "Nid ydym byth yn gofyn amdano drwy neges destun nac e-bost."},

	"want-choice":    {"Select an answer", "Dewiswch ateb"},
	"want-amount":    {"Enter an amount", "Rhowch swm"},
	"want-date":      {"Enter a date", "Rhowch ddyddiad"},
	"want-answer":    {"Enter an answer", "Rhowch ateb"},
	"want-message":   {"Write a message first", "Ysgrifennwch neges yn gyntaf"},
	"want-file":      {"Choose a file", "Dewiswch ffeil"},
	"want-secret":    {"Enter your PIN or passphrase", "Rhowch eich PIN neu gyfrinymadrodd"},
	"too-long":       {"Your answer must be 4,000 characters or fewer", "Rhaid i'ch ateb fod yn 4,000 nod neu lai"},
	"wrong-secret":   {"That is not right. Check your PIN or passphrase and try again", "Nid yw hynny'n gywir. Gwiriwch eich PIN neu gyfrinymadrodd a rhowch gynnig arall arni"},
	"blocked":        {"There were too many wrong tries. Try again in an hour, or speak to a person", "Bu gormod o gynigion anghywir. Rhowch gynnig arall arni mewn awr, neu siaradwch â pherson"},
	"file-large":     {"The file must be smaller than 10 MB", "Rhaid i'r ffeil fod yn llai na 10 MB"},
	"file-kind":      {"The file must be a photo (JPEG, PNG or HEIC) or a PDF", "Rhaid i'r ffeil fod yn llun (JPEG, PNG neu HEIC) neu'n PDF"},
	"file-bad":       {"We could not read the file. Try another photo of it", "Ni allem ddarllen y ffeil. Rhowch gynnig ar lun arall ohoni"},
	"file-infected":  {"The file has a virus. Choose another", "Mae firws yn y ffeil. Dewiswch un arall"},
	"too-many":       {"You have sent many messages. Wait a minute and try again", "Rydych wedi anfon llawer o negeseuon. Arhoswch funud a rhowch gynnig arall arni"},
	"not-taken":      {"Sorry, that did not reach us. Try again", "Mae'n ddrwg gennym, ni chyrhaeddodd hynny. Rhowch gynnig arall arni"},
	"broken":         {"Sorry, the chat is not working", "Mae'n ddrwg gennym, nid yw'r sgwrs yn gweithio"},
	"broken-body":    {"What you told us is safe. Try again in a few minutes.", "Mae'r hyn a ddywedoch wrthym yn ddiogel. Rhowch gynnig arall arni ymhen ychydig funudau."},
	"not-ours":       {"Sorry, that form was not from this chat", "Mae'n ddrwg gennym, nid oedd y ffurflen honno o'r sgwrs hon"},
	"not-found":      {"There is no such page", "Nid oes tudalen o'r fath"},
	"to-chat":        {"Go to the chat", "Mynd i'r sgwrs"},
	"pay-offer":      {"Pay %s by card", "Talu %s â cherdyn"},
	"pay-heading":    {"Pay %s by card", "Talu %s â cherdyn"},
	"pay-body":       {"You will go to GOV.UK Pay. We do not see your card.", "Byddwch yn mynd i GOV.UK Pay. Nid ydym yn gweld eich cerdyn."},
	"pay-now":        {"Pay now", "Talu nawr"},
	"pay-continue":   {"Continue to GOV.UK Pay", "Parhau i GOV.UK Pay"},
	"pay-nothing":    {"There is nothing to pay by card here", "Nid oes dim i'w dalu â cherdyn yma"},
	"pay-away":       {"Sorry, you cannot pay by card at the moment. You have not been charged", "Mae'n ddrwg gennym, ni allwch dalu â cherdyn ar hyn o bryd. Nid oes tâl wedi'i godi arnoch"},
	"pay-paid":       {"Thank you. Your payment was made", "Diolch. Gwnaed eich taliad"},
	"pay-unpaid":     {"Your payment was not made. You have not been charged", "Ni wnaed eich taliad. Nid oes tâl wedi'i godi arnoch"},
	"pay-going":      {"We do not know yet if your payment was made. We will look again soon", "Nid ydym yn gwybod eto a wnaed eich taliad. Byddwn yn edrych eto'n fuan"},
	"leaving":        {"Loading", "Yn llwytho"},
	"sending":        {"Sending", "Yn anfon"},
	"sent":           {"Sent", "Anfonwyd"},
	"failed":         {"Not sent", "Heb ei anfon"},
	"try-again":      {"Try again", "Rhoi cynnig arall arni"},
	"connecting":     {"Connecting again. Your messages are kept.", "Yn cysylltu eto. Mae eich negeseuon yn cael eu cadw."},
	"typing":         {"An answer is being written", "Mae ateb yn cael ei ysgrifennu"},
	"exit-once":      {"Press Shift 2 more times to exit.", "Pwyswch Shift 2 waith arall i adael."},
	"exit-twice":     {"Press Shift once more to exit.", "Pwyswch Shift unwaith eto i adael."},
	"other-language": {"Cymraeg", "English"},
}

// scriptWords are those that the page's script says.
var scriptWords = []string{"you", "we", "sending", "sent", "failed", "try-again", "connecting", "typing", "so-far", "want-answer", "not-taken"}

// say is a page's word in a language. The error is a slip in a template.
func say(l templates.Language, key string, args ...any) (string, error) {
	both, ok := words[key]
	if !ok {
		return "", fmt.Errorf("there is no word %q", key)
	}
	text := both[0]
	if l == templates.Welsh {
		text = both[1]
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return text, nil
}

// Words that every dialog takes.
var (
	sayBack   = map[templates.Language]string{templates.English: "BACK", templates.Welsh: "YN ÔL"}
	sayPerson = map[templates.Language]string{templates.English: "PERSON", templates.Welsh: "RHYWUN"}
	sayChange = map[templates.Language]string{templates.English: "CHANGE", templates.Welsh: "NEWID"}
	sayRight  = map[templates.Language]string{templates.English: "OK", templates.Welsh: "IAWN"}
	sayHello  = map[templates.Language]string{templates.English: "Hello", templates.Welsh: "Helo"}
	// saySwitch asks for the other language.
	saySwitch = map[templates.Language]string{templates.English: "CYMRAEG", templates.Welsh: "ENGLISH"}
)
