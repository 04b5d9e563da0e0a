package console

import (
	"errors"

	"parley/gateway"
	"parley/templates"
)

// suggests are replies that fit where a conversation stands: what its dialog
// would ask, what it would say to help, and one to what was said last. As all
// others they are only put into the box.
func (c *Console) suggests(r *request, view gateway.ConversationView, lines []line) ([]canned, error) {
	waits, err := c.config.Conversation.Conversations.Suggest(r.Context(), view.ID, r.Staff.ID)
	if err != nil && !errors.Is(err, gateway.ErrNotOpen) {
		return nil, err
	}
	var list []canned
	for _, one := range []canned{
		{"question", waits.Question[templates.English], waits.Question[templates.Welsh]},
		{"help", waits.Help[templates.English], waits.Help[templates.Welsh]},
		replyTo[intentOf(lines)],
	} {
		if one.English != "" && one.Cy != "" {
			list = append(list, one)
		}
	}
	return list, nil
}

// intentOf is what the person's last message that is about anything was about,
// as staff have corrected it.
func intentOf(lines []line) string {
	for i := len(lines) - 1; i >= 0; i-- {
		switch one := lines[i]; {
		case one.Who != "person" || one.ID == "":
		case len(one.Label.Intents) > 0:
			return one.Label.Intents[0]
		case one.Reading.Intent != "" && one.Reading.Intent != "none":
			return one.Reading.Intent
		}
	}
	return ""
}

// replyTo are first replies to what messages are about. As those of
// cannedReplies they name nothing that somebody else must not read.
var replyTo = map[string]canned{
	"report-income-change": aboutPay, "lost-job": aboutPay, "new-job": aboutPay, "self-employment": aboutPay, "benefits-change": aboutPay,
	"change-address": byCall, "change-contact-details": byCall, "change-bank-details": byCall, "close-case": byCall, "representative": byCall,
	"payment-query": afterProof, "calculation-query": afterProof,
	"overnight-stays":    {"nights", "Thank you. Since when is it so, and is anything in writing?", "Diolch. Ers pryd mae hynny, ac a oes rhywbeth yn ysgrifenedig?"},
	"missed-payment":     {"missing", "Thank you for telling me. On which day was it due, and has any of it come since?", "Diolch am ddweud wrthyf. Ar ba ddiwrnod roedd yn ddyledus, ac a oes rhan ohono wedi dod ers hynny?"},
	"cannot-pay":         {"cannot", "Thank you for telling me. What could you manage, and from when?", "Diolch am ddweud wrthyf. Beth allech chi ei fforddio, ac o bryd?"},
	"payment-made":       {"made", "Thank you. On which day did you send it, and how?", "Diolch. Ar ba ddiwrnod y gwnaethoch ei anfon, a sut?"},
	"challenge-decision": {"challenge", "You can ask us to look at it again. Which part do you think is wrong?", "Gallwch ofyn i ni edrych arno eto. Pa ran sydd o'i lle yn eich barn chi?"},
	"complaint":          {"sorry", "I am sorry that you have to complain. What went wrong, and what would put it right?", "Mae'n ddrwg gennyf fod yn rhaid i chi gwyno. Beth aeth o'i le, a beth fyddai'n ei unioni?"},
	"progress-update":    {"looking", "I am looking at where it stands, and will write to you here.", "Rwy'n edrych ar ble mae pethau, a byddaf yn ysgrifennu atoch yma."},
	"speak-to-person":    {"here", "I am a person, and I am here now. How can I help?", "Person ydw i, ac rwyf yma nawr. Sut alla i helpu?"},
	"death":              {"condolence", "I am sorry to hear that. There is no hurry. What would help you most now?", "Mae'n ddrwg gennyf glywed hynny. Nid oes brys. Beth fyddai'n eich helpu fwyaf nawr?"},
	"send-evidence":      {"evidence", "A photo or a PDF is fine. Which would be easier for you: on a web page, or by email?", "Mae llun neu PDF yn iawn. Pa un fyddai'n haws i chi: ar dudalen we, neu drwy e-bost?"},
}

var (
	aboutPay   = canned{"pay", "Thank you for telling me. From which day did that change?", "Diolch am ddweud wrthyf. O ba ddiwrnod y newidiodd hynny?"}
	byCall     = canned{"by-call", "Thank you. I can only do that by telephone. When may I call you?", "Diolch. Dim ond dros y ffôn y gallaf wneud hynny. Pryd gaf i eich ffonio?"}
	afterProof = canned{"proof", "I will look at that for you. I can tell you more once you have shown who you are. When may I call you?", "Byddaf yn edrych ar hynny i chi. Gallaf ddweud mwy pan fyddwch wedi dangos pwy ydych chi. Pryd gaf i eich ffonio?"}
)
