package simulator_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"parley/internal/servertest"
	"parley/internal/simulator"
)

// browse opens the telephones in a Chromium.
func browse(t *testing.T, tel *telephones) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(servertest.Chromium(t)),
		chromedp.NoSandbox, // a container's root has no other way
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(t.Errorf))
	t.Cleanup(cancel)
	do(t, ctx, chromedp.Navigate(tel.url+"/simulator/"))
	ctx, cancel = context.WithTimeout(ctx, 30*time.Second)
	t.Cleanup(cancel)
	do(t, ctx, chromedp.WaitReady(`.thread[aria-busy="false"]`))
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func read[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }

func TestTelephonesInABrowser(t *testing.T) {
	tel := newTelephones(t)
	ctx := browse(t, tel)
	const first, second = `.person:nth-child(1) `, `.person:nth-child(2) `
	api, _ := tel.api(token, 0)

	// One parent types, and the text reaches the gateway.
	do(t, ctx, chromedp.SendKeys(first+"textarea", "my pay went down\r"))
	if got := tel.gateway.next(t).form.Get("Body"); got != "my pay went down" {
		t.Errorf("the gateway was told %q", got)
	}
	// Its answer appears on that telephone and not on the other.
	if _, err := api.CreateMessage(tel.gateway.message(sam, "How much are you paid now?")); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.WaitVisible(first+".bubble.theirs:not(.on-its-way)"))
	mine := oneLine(read(t, ctx, chromedp.Text(first+".bubble.mine")))
	theirs := oneLine(read(t, ctx, chromedp.Text(first+".bubble.theirs")))
	others := read(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("`+second+`.bubble").length`))
	if want := "Sent: my pay went down 10:00 · Received · 1 part, GSM-7"; mine != want {
		t.Errorf("own bubble says %q, want %q", mine, want)
	}
	if want := "Received: How much are you paid now? 10:00 · Delivered · 1 part, GSM-7"; theirs != want {
		t.Errorf("answer says %q, want %q", theirs, want)
	}
	if others != 0 {
		t.Errorf("the other telephone shows %d texts", others)
	}

	// A caseworker starts a conversation; one that fails says why.
	do(t, ctx,
		chromedp.Click(first+"form[data-start] button"),
		chromedp.WaitVisible(first+".notice:not(:empty)"),
		chromedp.Click(second+"form[data-start] button"),
		chromedp.WaitVisible(second+".notice:not(:empty)"),
	)
	notice := read(t, ctx, chromedp.Text(second+".notice"))
	if notice != "The conversation did not start: a conversation is open" {
		t.Errorf("notice says %q", notice)
	}
}

// Nothing is lost at 320 CSS pixels (WCAG 2.2 success criterion 1.4.10), and
// every control has a name (4.1.2).
func TestTelephonesOnASmallScreen(t *testing.T) {
	tel := newTelephones(t, func(c *simulator.TwilioConfig) { c.Keep = 10 })
	ctx := browse(t, tel)
	do(t, ctx, chromedp.EmulateViewport(320, 640))
	width := read(t, ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
	nameless := read(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("select, textarea, input, button")]
		.filter((control) => !(control.labels?.length || control.textContent.trim()))
		.map((control) => control.outerHTML)`))
	if width > 320 {
		t.Errorf("the page is %d pixels wide", width)
	}
	if len(nameless) > 0 {
		t.Errorf("controls without a name: %q", nameless)
	}
}
