package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/webhooks"
)

// settings are read from the environment. Each can also be given as the name
// of a file that holds it, in a variable of the same name with _FILE after it.
type settings struct {
	Address         string            `env:"PARLEY_ADDRESS" envDefault:"127.0.0.1:8080" help:"Where to listen."`
	PublicURL       string            `env:"PARLEY_PUBLIC_URL" help:"Where the outside reaches us. Webhooks are checked against it. Default: http:// and the address."`
	DataDir         string            `env:"PARLEY_DATA_DIR" envDefault:"data" help:"The folder of the embedded database."`
	DatabaseURL     string            `env:"PARLEY_DATABASE_URL" help:"postgres://… Default: an SQLite file in the data folder."`
	RedisURL        string            `env:"PARLEY_REDIS_URL" help:"redis://… Default: in this process."`
	SecretKey       string            `env:"PARLEY_SECRET_KEY" help:"At least 32 characters, the same on every node. Seals what is stored. Needed."`
	OtherSecretKeys []string          `env:"PARLEY_OTHER_SECRET_KEYS" envSeparator:"|" help:"Secret keys that open what was sealed under them, while the secret key is being replaced; a | between them. See parley keys rotate --help."`
	LookupKey       string            `env:"PARLEY_LOOKUP_KEY" help:"The key of the hashes by which people, words and PINs are known again. It stays when the secret key is replaced. Default: derived from the secret key."`
	APITokens       map[string]string `env:"PARLEY_API_TOKENS" help:"Who may call the API: name:token pairs with commas between."`
	TwilioAccount   string            `env:"PARLEY_TWILIO_ACCOUNT_SID" help:"Twilio's account SID. Without it there are no text messages."`
	TwilioToken     string            `env:"PARLEY_TWILIO_AUTH_TOKEN" help:"Its auth token."`
	TwilioFrom      string            `env:"PARLEY_TWILIO_FROM" help:"The number, or messaging service, that people get texts from."`
	VoiceFrom       string            `env:"PARLEY_TWILIO_VOICE_FROM" help:"The number that people call. Default: nobody answers the telephone."`
	TwilioDiscreet  string            `env:"PARLEY_TWILIO_DISCREET_FROM" help:"The number that people get texts from who are contacted discreetly: its thread never names the service. Default: the same."`
	TwilioAPIURL    string            `env:"PARLEY_TWILIO_API_URL" help:"Where Twilio's API is. Default: Twilio's own. Point it at an emulator."`
	TwilioKeywords  string            `env:"PARLEY_TWILIO_KEYWORDS" envDefault:"twilio" help:"Who answers STOP, START and HELP: twilio or parley."`
	ServiceName     string            `env:"PARLEY_SERVICE_NAME" envDefault:"Child maintenance" help:"What web chat is called, except to people who are contacted discreetly."`
	ServiceNameCY   string            `env:"PARLEY_SERVICE_NAME_CY" envDefault:"Cynhaliaeth plant" help:"The same in Welsh."`
	ChatOrigins     []string          `env:"PARLEY_CHAT_ORIGINS" help:"Sites whose pages may hold web chat, like https://www.example, with commas between."`
	ChatExit        string            `env:"PARLEY_CHAT_EXIT_URL" help:"Where Exit this page leads. Default: the BBC's weather."`
	ClientHeader    string            `env:"PARLEY_CLIENT_HEADER" help:"The header in which the load balancer names the client, like X-Forwarded-For. Default: none, the connection tells."`
	EvidenceDir     string            `env:"PARLEY_EVIDENCE_DIR" help:"The folder of files that parents send; nodes share one. Default: evidence in the data folder."`
	Clamd           string            `env:"PARLEY_CLAMD" help:"The virus scanner clamd: host:port, or the path of its socket. Default: files are not scanned."`
	MailDomain      string            `env:"PARLEY_MAIL_DOMAIN" help:"The domain of our email addresses."`
	MailRelay       string            `env:"PARLEY_SMTP_RELAY" help:"host:port of the server that takes our email. Without it there is no email."`
	MailUser        string            `env:"PARLEY_SMTP_USER" help:"Who we are to the relay. Default: it knows us otherwise."`
	MailPassword    string            `env:"PARLEY_SMTP_PASSWORD" help:"The password for it."`
	MailPlaintext   bool              `env:"PARLEY_SMTP_PLAINTEXT" envDefault:"false" help:"No STARTTLS with the relay: only for one on the same machine."`
	MailListen      string            `env:"PARLEY_SMTP_LISTEN" help:"Where to take email by SMTP. Default: nowhere."`
	MailLMTP        string            `env:"PARLEY_LMTP_LISTEN" help:"Where to take email by LMTP from a mail server of our own. Default: nowhere."`
	MailFront       string            `env:"PARLEY_LMTP_FRONT" help:"The authserv-id of that server, whose word on SPF is believed."`
	MailCertificate string            `env:"PARLEY_MAIL_CERTIFICATE" help:"PEM certificates for STARTTLS of the mail server. Default: it is not offered."`
	MailKey         string            `env:"PARLEY_MAIL_CERTIFICATE_KEY" help:"The PEM key that belongs to it."`
	DKIMKey         string            `env:"PARLEY_DKIM_KEY" help:"The PEM key that signs our email. Default: the relay signs."`
	DKIMSelector    string            `env:"PARLEY_DKIM_SELECTOR" help:"The selector under which the DNS has its public half."`
	NotifyKey       string            `env:"PARLEY_NOTIFY_API_KEY" help:"A GOV.UK Notify API key: texts that Twilio does not take go by Notify. Default: by Twilio alone."`
	NotifyTemplate  string            `env:"PARLEY_NOTIFY_TEMPLATE" help:"The id of Notify's template whose text is ((message))."`
	NotifySender    string            `env:"PARLEY_NOTIFY_SENDER" help:"The id of the sender there. Default: the service's own."`
	NotifyCallback  string            `env:"PARLEY_NOTIFY_CALLBACK_TOKEN" help:"The bearer token of its delivery receipts, which come to PARLEY_PUBLIC_URL/notify/sms/status."`
	NotifyURL       string            `env:"PARLEY_NOTIFY_API_URL" help:"Where Notify's API is. Default: Notify's own."`
	SMSRate         int               `env:"PARLEY_SMS_RATE" envDefault:"0" help:"Texts a second, of all nodes together. 0: as fast as they are taken."`
	EmailRate       int               `env:"PARLEY_EMAIL_RATE" envDefault:"0" help:"Emails a second, of all nodes together. 0: as fast as they are taken."`
	LettersDir      string            `env:"PARLEY_LETTERS_DIR" help:"The folder in which letters are left for who prints them; nodes share one. Default: there are no letters."`
	LettersSender   []string          `env:"PARLEY_LETTERS_SENDER" envSeparator:"|" help:"What stands at the top of a letter: who writes, the return address, the number to call; a | between lines."`
	LettersSenderCY []string          `env:"PARLEY_LETTERS_SENDER_CY" envSeparator:"|" help:"The same in Welsh."`
	Notices         []string          `env:"PARLEY_NOTICES" help:"Notices that are sent though the rules have them off, like payment-due-today, with commas between."`
	GraceDays       int               `env:"PARLEY_GRACE_DAYS" envDefault:"3" help:"Days after a payment is due in which nothing is said of it."`
	LeastAmount     calculation.Money `env:"PARLEY_LEAST_AMOUNT" envDefault:"5.00" help:"Pounds: what is unpaid and less than this is not asked for."`
	PayKey          string            `env:"PARLEY_PAY_KEY" help:"A GOV.UK Pay API key. Default: nobody pays by card here."`
	PaySecret       string            `env:"PARLEY_PAY_WEBHOOK_SECRET" help:"The signing secret of its webhook, which calls PARLEY_PUBLIC_URL/pay/webhook."`
	PayURL          string            `env:"PARLEY_PAY_URL" help:"Where GOV.UK Pay's API is. Default: GOV.UK Pay's own."`
	Teams           string            `env:"PARLEY_TEAMS" help:"The file that says who works where. Default: work waits unrouted, and there is no console."`
	OIDCIssuer      string            `env:"PARLEY_OIDC_ISSUER" help:"The OpenID Connect provider that signs staff in to /console/. Default: nobody can."`
	OIDCClient      string            `env:"PARLEY_OIDC_CLIENT_ID" help:"Who we are to it. It leads back to PARLEY_PUBLIC_URL/console/signed-in."`
	OIDCSecret      string            `env:"PARLEY_OIDC_CLIENT_SECRET" help:"The secret for it."`
	IncomeURL       string            `env:"PARLEY_INCOME_URL" help:"An income service in the manner of HMRC's. Default: none, the case record serves."`
	IncomeID        string            `env:"PARLEY_INCOME_CLIENT_ID" help:"Its OAuth client id."`
	IncomeSecret    string            `env:"PARLEY_INCOME_CLIENT_SECRET" help:"Its OAuth client secret."`
	Webhooks        webhooks.Settings `env:"PARLEY_WEBHOOKS" help:"The endpoints that hear of what happens, as YAML or JSON: see docs/webhooks.md. Default: none."`
	OpenHours       directory.Hours   `env:"PARLEY_OPEN_HOURS" envDefault:"08:00-20:00" help:"When we may begin or remind, Europe/London. 00:00-24:00: at any hour."`
	AnyDay          bool              `env:"PARLEY_ANY_DAY" envDefault:"false" help:"Whether we may also begin on Sundays and bank holidays."`
	InboundLimit    int               `env:"PARLEY_INBOUND_LIMIT" envDefault:"60" help:"How many messages one sender may send in an hour."`
	Sends           int               `env:"PARLEY_SENDS" envDefault:"32" help:"How many messages this node sends at once, by each channel."`
	Connections     int               `env:"PARLEY_DATABASE_CONNECTIONS" envDefault:"16" help:"Connections to PostgreSQL. Twice as many turns are made at once."`
	LogLevel        slog.Level        `env:"PARLEY_LOG_LEVEL" envDefault:"info" help:"debug, info, warn or error."`
	ShutdownTimeout time.Duration     `env:"PARLEY_SHUTDOWN_TIMEOUT" envDefault:"20s" help:"How long to finish what is under way when stopping."`
}

const (
	prefix     = "PARLEY_"
	fileSuffix = "_FILE"
)

// readEnvironment reads the settings of a command that opens the store.
func readEnvironment() (settings, error) {
	set, err := readSettings(os.Environ())
	if err == nil {
		err = set.needSecret()
	}
	return set, err
}

// readSettings reads the environment, given as "NAME=value" pairs. A PARLEY_
// variable that is no setting is an error: it is most likely a slip.
func readSettings(environment []string) (settings, error) {
	values := map[string]string{}
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, prefix+"TEST_") {
			continue
		}
		if of, ok := strings.CutSuffix(name, fileSuffix); ok {
			content, err := os.ReadFile(value)
			if err != nil {
				return settings{}, fmt.Errorf("reading %s: %w", name, err)
			}
			name, value = of, strings.TrimRight(string(content), "\r\n")
		}
		if !isSetting(name) {
			return settings{}, fmt.Errorf("there is no setting %s: parley serve --help lists them", name)
		}
		values[name] = value
	}
	s, err := env.ParseAsWithOptions[settings](env.Options{Environment: values})
	if err != nil {
		return s, fmt.Errorf("reading settings: %w", err)
	}
	if s.PublicURL == "" {
		s.PublicURL = "http://" + s.Address
	}
	return s, s.check()
}

func (s settings) check() error {
	if s.Sends < 1 || s.InboundLimit < 1 || s.Connections < 1 {
		return errors.New("PARLEY_SENDS, PARLEY_INBOUND_LIMIT and PARLEY_DATABASE_CONNECTIONS must be at least 1")
	}
	return nil
}

// postgres reports whether the database is PostgreSQL, else SQLite.
func (s settings) postgres() bool { return s.DatabaseURL != "" }

// perSecond is how fast each channel may send.
func (s settings) perSecond() map[directory.Channel]int {
	rates := map[directory.Channel]int{}
	for channel, rate := range map[directory.Channel]int{directory.SMS: s.SMSRate, directory.Email: s.EmailRate} {
		if rate > 0 {
			rates[channel] = rate
		}
	}
	return rates
}

// needSecret is the check that only commands which open the store make.
func (s settings) needSecret() error {
	if len(s.SecretKey) < 32 {
		return errors.New("PARLEY_SECRET_KEY must be set, to 32 characters or more")
	}
	if slices.ContainsFunc(s.OtherSecretKeys, func(key string) bool { return len(key) < 32 }) || s.LookupKey != "" && len(s.LookupKey) < 32 {
		return errors.New("PARLEY_OTHER_SECRET_KEYS and PARLEY_LOOKUP_KEY must have 32 characters or more each")
	}
	return nil
}

func isSetting(name string) bool {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[settings]()) {
		if field.Tag.Get("env") == name {
			return true
		}
	}
	return false
}

// settingsHelp lists every setting with its default.
func settingsHelp() string {
	var b strings.Builder
	for _, field := range reflect.VisibleFields(reflect.TypeFor[settings]()) {
		fmt.Fprintf(&b, "  %s\n      %s", field.Tag.Get("env"), field.Tag.Get("help"))
		if d := field.Tag.Get("envDefault"); d != "" {
			b.WriteString(" Default: " + d + ".")
		}
		b.WriteByte('\n')
	}
	return b.String()
}
