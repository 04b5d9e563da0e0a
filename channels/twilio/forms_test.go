package twilio_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parley/channels/twilio"
)

const (
	token  = "12345"
	public = "https://gateway.example/below"
	path   = "/twilio/sms"
)

func forms(tb testing.TB) *twilio.Forms {
	tb.Helper()
	account, _, err := twilio.Account{SID: "AC1", AuthToken: token, PublicURL: public + "/"}.Checked()
	if err != nil {
		tb.Fatal(err)
	}
	return twilio.NewForms(account)
}

// signature is what Twilio says of a form: the HMAC-SHA1 of the URL with the
// names and values after it, in order of the names.
func signature(key, target string, form url.Values) string {
	var b strings.Builder
	b.WriteString(target)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		b.WriteString(name + form.Get(name))
	}
	mac := hmac.New(sha1.New, []byte(key))
	mac.Write([]byte(b.String()))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// post makes a request to the path, with a query, a body and a signature.
func post(query, body, signed string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "https://elsewhere.example"+path+query, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", signed)
	return r
}

func TestAFormIsBelievedOnlyFromTwilio(t *testing.T) {
	form := url.Values{"MessageSid": {"SM123"}, "From": {"+447700900101"}, "Body": {"Ŵy a ½"}}
	cut := url.Values{"MessageSid": {"SM12"}, "3": {""}, "From": {"+447700900101"}, "Body": {"Ŵy a ½"}}
	right := signature(token, public+path, form)
	for name, c := range map[string]struct {
		request *http.Request
		change  func(*http.Request)
		want    int
	}{
		"from Twilio":                  {post("", form.Encode(), right), nil, 0},
		"with a query":                 {post("?message=m-1", form.Encode(), signature(token, public+path+"?message=m-1", form)), nil, 0},
		"with another query":           {post("?message=m-2", form.Encode(), signature(token, public+path+"?message=m-1", form)), nil, 403},
		"with another account's token": {post("", form.Encode(), signature("54321", public+path, form)), nil, 403},
		"for another path":             {post("", form.Encode(), signature(token, public+"/other", form)), nil, 403},
		"for the host it says":         {post("", form.Encode(), signature(token, "https://elsewhere.example"+path, form)), nil, 403},
		"not signed":                   {post("", form.Encode(), ""), nil, 403},
		"cut up differently":           {post("", cut.Encode(), signature(token, public+path, cut)), nil, 403},
		"a name that is empty":         {post("", "=x", signature(token, public+path, url.Values{"": {"x"}})), nil, 403},
		"in JSON":                      {post("", "{}", right), func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, 415},
		"of no kind":                   {post("", form.Encode(), right), func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		"not a form":                   {post("", "Body=%zz", right), nil, 400},
		"too large":                    {post("", "Body="+strings.Repeat("a", 64<<10), right), nil, 413},
	} {
		if c.change != nil {
			c.change(c.request)
		}
		fields, refused := forms(t).Read(httptest.NewRecorder(), c.request, path)
		if refused != c.want || refused == 0 && fields["Body"] != "Ŵy a ½" || refused != 0 && fields != nil {
			t.Errorf("%s: %d with %v, want %d", name, refused, fields, c.want)
		}
	}
}

func TestAnAccountIsChecked(t *testing.T) {
	good := twilio.Account{SID: "AC1", AuthToken: token, PublicURL: public}
	for name, change := range map[string]func(*twilio.Account){
		"no SID":                 func(a *twilio.Account) { a.SID = "" },
		"a SID with a path":      func(a *twilio.Account) { a.SID = "AC1/../AC2" },
		"no token":               func(a *twilio.Account) { a.AuthToken = "" },
		"no public URL":          func(a *twilio.Account) { a.PublicURL = "" },
		"a public URL of a file": func(a *twilio.Account) { a.PublicURL = "file:///etc" },
		"an API with a query":    func(a *twilio.Account) { a.APIURL = "https://api.example/?a=b" },
		"an API with a password": func(a *twilio.Account) { a.APIURL = "https://u:p@api.example" },
	} {
		a := good
		change(&a)
		if _, _, err := a.Checked(); err == nil {
			t.Errorf("%s: is taken", name)
		}
	}
	checked, api, err := good.Checked()
	if err != nil || api.String() != "https://api.twilio.com" || checked.PublicURL != public {
		t.Errorf("%+v %v %v", checked, api, err)
	}
}

// Whoever does not know the token is not believed, whatever they send.
func FuzzRead(f *testing.F) {
	f.Add("", "Body=hi", "c2lnbmF0dXJl")
	f.Add("message=m-1", "=&=&&", "")
	f.Add("%zz", "Body=%zz", "....")
	reader := forms(f)
	f.Fuzz(func(t *testing.T, query, body, signed string) {
		r := post("", body, signed)
		r.URL.RawQuery = query
		if fields, refused := reader.Read(httptest.NewRecorder(), r, path); refused == 0 || fields != nil {
			t.Errorf("believed: %q", fields)
		}
	})
}

func Example() {
	account, _, err := twilio.Account{SID: "AC1", AuthToken: "12345", PublicURL: "https://gateway.example"}.Checked()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := httptest.NewRequest(http.MethodPost, "/twilio/sms", strings.NewReader("Body=hello"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", "made up")
	_, refused := twilio.NewForms(account).Read(httptest.NewRecorder(), r, "/twilio/sms")
	fmt.Println(refused)
	// Output: 403
}
